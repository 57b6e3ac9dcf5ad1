//! The one line in a consumer's test file.

/// Makes a `main` that registers every case of `specs` as a test of its own name, run against `target`.
///
/// Inside the arguments, `specs` means [`register::specs`](crate::register::specs) and `target` means
/// [`register::target`](crate::register::target); any expression of the right type will do.
#[macro_export]
macro_rules! main {
    (specs = $specs:expr, target = $target:expr $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            use $crate::register::{specs, target};
            $crate::register::run(&$specs, $target)
        }
    };
}
