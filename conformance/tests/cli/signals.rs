//! Ctrl-C and SIGTERM: reports are written, and nothing that was started stays.

use std::net::TcpStream;
use std::process::Child;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::backend::silent_after_listing;
use crate::program::{Ended, Place, ended};

/// How often it is looked for something that comes soon: each look takes a while by itself.
const LOOKS: usize = 1_000_000;

/// A target that a script starts in the background, as scripts of many emulators do; it tells its port in the file `port`.
fn wrapped(rest: &str) -> String {
    format!(
        "name: own\nabout: A server behind a script.\nfeatures: [sqs.standard]\naccount: \"000000000000\"\ncommand:\n  program: sh\n  \
         args: [\"-c\", \"echo ${{port}} > port; {} serve --port ${{port}} & wait\"]\n{rest}",
        env!("CARGO_BIN_EXE_redeliver")
    )
}

/// Looks until it is so.
#[track_caller]
fn soon(what: &str, is_so: impl Fn() -> bool) {
    assert!(
        (0..LOOKS).any(|_| {
            std::thread::yield_now();
            is_so()
        }),
        "{what}: never"
    );
}

/// The port that the script told.
fn port(place: &Place) -> u16 {
    let told = || std::fs::read_to_string(place.path("port")).ok()?.trim().parse::<u16>().ok();
    soon("a port is told", || told().is_some());
    told().unwrap()
}

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[track_caller]
fn assert_ended(place: &Place, ended: &Ended, code: i32) {
    assert_eq!(ended.code, Some(code), "{ended:?}");
    let port = port(place);
    soon("the server is gone", || TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn sigterm_and_ctrl_c_write_reports_and_end_what_was_started() {
    for (signal, code, told) in [(Signal::TERM, 143, "(ended by SIGTERM)"), (Signal::INT, 130, "(interrupted)")] {
        let place = Place::new();
        place.write("own.yaml", &wrapped(""));
        let child = place
            .start("run --specs specs --target own.yaml sqs/message --report json=out.json --report junit=out.xml");
        // The case has created its queue and waits for an hour.
        let address = format!("127.0.0.1:{}", port(&place));
        soon("a queue is there", || {
            crate::served::try_get(&address, "/_redeliver/state").is_some_and(|state| state.contains("arn:aws:sqs:"))
        });
        send(&child, signal);
        let ended = ended(child.wait_with_output().unwrap());
        assert_ended(&place, &ended, code);
        assert!(ended.stdout.contains(told), "{}", ended.stdout);
        let report = place.json("out.json");
        assert_eq!((&report["interrupted"], &report["cases"][0]["verdict"]), (&json!(true), &json!("could-not-run")));
        assert!(place.read("out.xml").contains(r#"name="interrupted" value="true""#));
    }
}

#[test]
fn sigterm_while_the_target_starts_ends_it_too() {
    let place = Place::new();
    place.write("own.yaml", &wrapped("  ready: { log: never printed, within: 1h }\n"));
    let child = place.start("run --specs specs --target own.yaml --report json=out.json");
    port(&place);
    send(&child, Signal::TERM);
    let ended = ended(child.wait_with_output().unwrap());
    assert_ended(&place, &ended, 143);
    let report = place.json("out.json");
    assert_eq!((&report["interrupted"], &report["totals"]["skipped"]), (&json!(true), &json!(3)));
}

#[test]
fn second_ctrl_c_ends_at_once_and_leaves_nothing_running() {
    let place = Place::new();
    let (url, unanswered) = silent_after_listing();
    place.write("own.yaml", &wrapped(&format!("endpoints: {{ sqs: \"{url}\" }}\n")));
    let child = place.start("run --specs specs --target own.yaml sqs/message --report json=out.json");
    unanswered.recv().unwrap();
    send(&child, Signal::INT);
    // Now the case looks for the queue that it may have created.
    unanswered.recv().unwrap();
    send(&child, Signal::INT);
    let ended = ended(child.wait_with_output().unwrap());
    assert_ended(&place, &ended, 130);
    assert_eq!(place.read("out.json"), "");
}

#[test]
fn chaos_leaves_neither_its_endpoint_nor_its_consumer() {
    for (times, code) in [(1, 143), (2, 143)] {
        let place = Place::new();
        place.write("scenario.yaml", "faults_for: 0\ndrain_within: 2\n");
        place.write("consumer.sh", "echo \"${AWS_ENDPOINT_URL##*:}\" > port.new\nmv port.new port\nexec sleep 600\n");
        let child = place.start("chaos --scenario scenario.yaml --crashes 0 --seeds 50 -- sh consumer.sh");
        let port = port(&place);
        for _ in 0..times {
            send(&child, Signal::TERM);
        }
        let ended = ended(child.wait_with_output().unwrap());
        assert_eq!(ended.code, Some(code), "{ended:?}");
        soon("the endpoint is gone", || TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
