import java.util.Objects;
import java.util.function.Supplier;

/** Ends the run at the first difference, and tells each step that is done. */
final class Expect {
    private Expect() {}

    static void same(String what, Object expected, Object seen) {
        if (!Objects.equals(expected, seen)) {
            System.out.printf("FAILED: %s%n  expected: %s%n  seen:     %s%n", what, expected, seen);
            System.exit(1);
        }
    }

    static <T> T step(String name, Supplier<T> done) {
        T result = done.get();
        System.out.println("ok " + name);
        return result;
    }

    static void step(String name, Runnable done) {
        done.run();
        System.out.println("ok " + name);
    }
}
