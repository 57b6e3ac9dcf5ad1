//! `redeliver proxy` before `redeliver serve`: what it can't do is said before it listens, and what it does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;

use super::program::Place;

/// A command that listens, stopped at the end.
pub(crate) struct Listening {
    process: Child,
    /// Host and port.
    pub(crate) address: String,
}

impl Listening {
    pub(crate) fn start(place: &Place, arguments: &str) -> Self {
        let mut process = place.start(&format!("{arguments} --port 0"));
        let mut first = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let url = first.strip_prefix("redeliver is listening on ").unwrap_or_else(|| panic!("{first}"));
        let address = url.trim_end().split("://").nth(1).unwrap().to_owned();
        Self { process, address }
    }

    /// What a GET is answered, a request of the query protocol.
    fn ask(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// The reply to the second send of `a` is lost.
const SCHEDULE: &str = r#"{"schedule":"1.0","seed":7,"faults":[
    {"rule":"send-reply-lost","at":{"call":"sqs:SendMessage","resource":"q","key":"a","nth":2}}]}"#;

#[test]
fn options_that_make_no_sense_are_refused_with_their_remedy_before_anything_is_asked() {
    let place = Place::new();
    place.write(
        "plan.yaml",
        "plan: \"1.0\"\nabout: A mistake.\nrules:\n  - { rule: service-errror, probability: 1.0 }\n",
    );
    place.write("schedule.json", "{\"schedule\":\"1.0\"");
    place.write(
        "consumer.json",
        r#"{"schedule":"1.0","seed":7,"faults":[{"rule":"crash","at":{"consumer":"c","poll":1}}]}"#,
    );
    place.write("empty.pem", "nothing\n");
    place.write("credentials", "[default]\naws_access_key_id = AKIA\n");
    let cases = [
        ("--upstream 127.0.0.1:9324", "`127.0.0.1:9324` is no address of a backend: write scheme, host and port"),
        ("--upstream http://h/q", "`http://h/q` is no address of a backend"),
        ("--upstream http://h --upstream-ca empty.pem", "`http://h` is plain HTTP"),
        ("--upstream https://h --upstream-ca none.pem", "`none.pem` cannot be used as `--upstream-ca`: No such file"),
        ("--upstream https://h --upstream-ca empty.pem", "there is no certificate in it: give the PEM file"),
        ("--upstream http://h --credentials AKIA:s3cret", "write `env`, `env:NAME`, `profile` or `profile:NAME`"),
        ("--upstream http://h --credentials env:NOT_SET_HERE", "the environment variable `NOT_SET_HERE` is not set"),
        ("--upstream http://h --chaos plan.yaml", "unknown rule `service-errror`"),
        ("--upstream http://h --chaos schedule.json", "schedule"),
        ("--upstream http://h --chaos none.yaml", "cannot read `none.yaml`"),
        ("--upstream http://h --chaos at_leats_once", "there is no preset `at_leats_once`"),
        ("--upstream http://h --seed x", "invalid value 'x' for '--seed <N>'"),
        ("--chaos at_least_once", "--upstream <URL>"),
    ];
    for (arguments, told) in cases {
        let ended = place.redeliver(&format!("proxy {arguments}"));
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments}: {}", ended.stderr);
        assert!(ended.stderr.contains(told), "{arguments}: `{told}` is missing in\n{}", ended.stderr);
        assert!(!ended.stderr.contains("s3cret"), "{}", ended.stderr);
    }
}

#[test]
fn faults_of_a_schedule_happen_once_more() {
    let place = Place::new();
    place.write("schedule.json", SCHEDULE);
    let backend = Listening::start(&place, "serve");
    let proxy = format!("proxy --upstream http://{} --chaos schedule.json", backend.address);
    let proxy = Listening::start(&place, &proxy);
    assert!(proxy.ask("/?Action=CreateQueue&QueueName=q").starts_with("HTTP/1.0 200"));
    let send = "/000000000000/q?Action=SendMessage&MessageBody=a";
    let answers =
        [proxy.ask(send), proxy.ask(send), proxy.ask(send)].map(|answer| answer.lines().next().map(str::to_owned));
    assert_eq!(answers, [Some("HTTP/1.0 200 OK".to_owned()), None, Some("HTTP/1.0 200 OK".to_owned())]);
    let told = proxy.ask("/_redeliver/chaos");
    assert!(told.contains(r#""missed":[]"#) && told.contains(r#""rule":"send-reply-lost""#), "{told}");
}

#[test]
fn authority_that_the_backend_needs_is_named() {
    let place = Place::new();
    let backend = Listening::start(&place, "serve --tls --tls-out ca.pem");
    let port = backend.address.rsplit(':').next().unwrap();
    let proxy = format!("proxy --upstream https://127.0.0.1:{port}");
    let trusting = Listening::start(&place, &format!("{proxy} --upstream-ca ca.pem"));
    assert!(trusting.ask("/?Action=ListQueues").starts_with("HTTP/1.0 200"));
    let other = Listening::start(&place, "serve --tls --tls-out other.pem");
    let ended = place.redeliver(&format!("{proxy} --upstream-ca other.pem"));
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains("that vouches for it by `--upstream-ca`"), "{}", ended.stderr);
    drop(other);
}

#[test]
fn help_names_every_option() {
    let help = Place::new().redeliver("proxy --help").stdout;
    let lines: Vec<_> = help.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(lines.join("\n"));
}
