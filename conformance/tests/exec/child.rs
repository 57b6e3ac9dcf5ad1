//! Targets that are programs: started, waited for, stopped, and dying at the wrong moment.

use std::net::TcpListener;

use redeliver_conformance::exec::{Cancel, run_case};
use redeliver_conformance::finding::Finding;
use redeliver_conformance::target::{Manifest, Options, Target, TargetProblem};

use crate::fake::{Reply, serve};
use crate::given::case;

/// Set for a child process, to the port that it has to serve.
const PORT: &str = "REDELIVER_TEST_PORT";

fn manifest(command: &str) -> Manifest {
    let text = format!("name: own\nabout: Own.\nfeatures: [sqs.standard]\ncommand:\n{command}");
    Manifest::parse(&text, "own.yaml").unwrap()
}

/// This test program itself, as a server.
fn server() -> Manifest {
    let program = std::env::current_exe().unwrap();
    manifest(&format!(
        "  program: {}\n  args: [\"child::a_program_serves_until_it_dies\", --exact, --nocapture]\n  \
         environment: {{ {PORT}: \"${{port}}\" }}\n  ready: {{ http: /, within: 60s }}\n",
        program.display()
    ))
}

fn unreachable(manifest: Manifest) -> String {
    match Target::open(manifest, &Options::default()) {
        Err(TargetProblem::Unreachable(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_missing_program_is_told_with_the_way_to_get_it() {
    let text = unreachable(manifest("  program: no-such-server\n  install: pip install it\n"));
    assert!(text.starts_with("cannot start `no-such-server`: "), "{text}");
    assert!(text.ends_with("\nto install it: pip install it"), "{text}");
}

#[test]
#[cfg(unix)]
fn a_program_that_ends_at_once_is_told_with_what_it_printed() {
    let text = unreachable(manifest("  program: sh\n  args: [\"-c\", \"echo no more room >&2; exit 3\"]\n"));
    assert!(text.starts_with("`sh` ended with exit status: 3"), "{text}");
    assert!(text.contains("\nit never became ready"), "{text}");
}

#[test]
#[cfg(unix)]
fn a_program_that_never_becomes_ready_is_given_up_and_killed() {
    let text = unreachable(manifest(
        "  program: sh\n  args: [\"-c\", \"echo $$; exec sleep 60\"]\n  ready: { within: 300ms }\n",
    ));
    assert!(text.starts_with("`sh` did not become ready within 0.3 s: "), "{text}");
    let pid = text.lines().nth(1).unwrap().trim();
    let alive = std::path::Path::new("/proc").join(pid).exists();
    assert!(!alive, "process {pid} is still there");
}

/// As a child process: a server that dies at the first `ReceiveMessage`. As a test: such a server as a target.
#[test]
fn a_program_serves_until_it_dies() {
    if let Ok(port) = std::env::var(PORT) {
        let listener = TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
        return serve(&listener, |operation| match operation {
            "createqueue" => Reply::ok(r#"{"QueueUrl":"http://q"}"#),
            "receivemessage" => {
                eprintln!("last words");
                std::process::exit(4)
            }
            _ => Reply::ok("{}"),
        });
    }
    let target = Target::open(server(), &Options::default()).unwrap();
    assert!(target.check().is_ok());
    let case = case(
        "      - call: sqs:CreateQueue\n        with: { QueueName: q }\n        save: { url: /QueueUrl }\n      \
         - call: sqs:ReceiveMessage\n        with: { QueueUrl: \"${url}\" }\n",
    );
    let run = run_case(&target, &case, &Cancel::new());
    let Finding::CouldNotRun { reason, unreachable: true } = &run.finding else { panic!("{run:?}") };
    assert!(reason.contains("ended with exit status: 4") && reason.contains("last words"), "{reason}");
    assert!(matches!(target.check(), Err(TargetProblem::Unreachable(_))));
    target.close();
}
