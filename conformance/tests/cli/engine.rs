//! Containers that cannot be used, by an engine that answers as Docker does: no image, a port that is taken, no engine at all, and a signal
//! while one starts. With a real engine, `conformance/docker/targets` tries the rest.

use std::process::Child;
use std::sync::mpsc::{Receiver, channel};

use rustix::process::{Pid, Signal, kill_process};

use crate::backend::{answering, nobody};
use crate::program::{Ended, Place, ended, verdicts};

const CONTAINER: &str = r#"name: contained
about: A container.
container: { image: "redeliver-none:1", port: 4566, host-port: 4567, install: docker build it, ready: { within: 5s } }
features: [sqs.standard]
account: "000000000000"
"#;

/// An engine that has the image or not, and starts containers like this; it tells whose removal it is asked for, and each call that it lets hang.
fn engine(has_image: bool, start: Option<Vec<u8>>) -> (String, Receiver<String>, Receiver<()>) {
    let (sender, removed) = channel();
    let (url, hanging) = answering(move |head| {
        let line = head.lines().next().unwrap_or_default();
        if line.starts_with("delete /containers/") {
            let name = line.split(['/', '?']).nth(2).unwrap_or_default().to_owned();
            let _ = sender.send(name);
            return Some(json("204 No Content", ""));
        }
        if line.contains("/containers/create?") && has_image {
            return Some(json("201 Created", r#"{"Id":"abc","Warnings":[]}"#));
        }
        if line.starts_with("post /containers/abc/start") {
            return start.clone();
        }
        Some(json("404 Not Found", r#"{"message":"repository does not exist"}"#))
    });
    (url.replace("http://", "tcp://"), removed, hanging)
}

fn json(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("connection: close\r\ncontent-type: application/json\r\ncontent-length: {length}");
    format!("HTTP/1.1 {status}\r\n{head}\r\n\r\n{body}").into_bytes()
}

fn start(place: &Place, engine: &str) -> Child {
    place.write("contained.yaml", CONTAINER);
    place.start_with("run --specs specs --target contained.yaml --report json=out.json", &[("DOCKER_HOST", engine)])
}

#[track_caller]
fn assert_could_not_run(place: &Place, ended: &Ended, told: &[&str]) {
    assert_eq!(ended.code, Some(4), "{ended:?}");
    for part in told {
        assert!(ended.stderr.contains(part), "no `{part}` in {}", ended.stderr);
    }
    let report = place.json("out.json");
    let verdicts = verdicts(&report);
    assert!(verdicts.len() == 3 && verdicts.iter().all(|(_, verdict)| *verdict == "could-not-run"), "{report:#}");
}

#[test]
fn an_image_that_cannot_be_had_is_the_cause() {
    let place = Place::new();
    let (engine, removed, _) = engine(false, None);
    let ended = ended(start(&place, &engine).wait_with_output().unwrap());
    let told = ["the image `redeliver-none:1` is not here and cannot be pulled: ", "to get it: docker build it"];
    assert_could_not_run(&place, &ended, &told);
    assert!(removed.recv().unwrap().starts_with("redeliver-"));
}

#[test]
fn a_port_that_is_taken_is_the_cause_and_the_container_is_removed() {
    let place = Place::new();
    let taken = r#"{"message":"Bind for 127.0.0.1:4567 failed: port is already allocated"}"#;
    let (engine, removed, _) = engine(true, Some(json("500 Internal Server Error", taken)));
    let ended = ended(start(&place, &engine).wait_with_output().unwrap());
    let told = ["a port of `redeliver-none:1` is taken: ", "127.0.0.1:4567", "leave `host-port` out of its manifest"];
    assert_could_not_run(&place, &ended, &told);
    assert!(removed.recv().unwrap().starts_with("redeliver-"));
}

#[test]
fn an_engine_that_is_not_there_is_the_cause() {
    let place = Place::new();
    let ended = ended(start(&place, &nobody().replace("http://", "tcp://")).wait_with_output().unwrap());
    assert_could_not_run(&place, &ended, &["no Docker engine answers: ", "start one, or name one in `DOCKER_HOST`"]);
}

#[test]
fn sigterm_while_a_container_starts_removes_it() {
    let place = Place::new();
    let (engine, removed, hanging) = engine(true, None);
    let child = start(&place, &engine);
    hanging.recv().unwrap();
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    let ended = ended(child.wait_with_output().unwrap());
    assert_eq!(ended.code, Some(143), "{ended:?}");
    assert!(removed.recv().unwrap().starts_with("redeliver-"));
    assert_eq!(place.json("out.json")["interrupted"], true);
}
