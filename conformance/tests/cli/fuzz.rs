//! `redeliver fuzz`: a difference of a real backend becomes a spec that shows it, and mistakes are told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Child;

use super::backend::nobody;
use super::program::{Place, verdicts};

/// What the backend says in place of the code that the reference has; of the same length.
const CODES: (&str, &str) = ("ReceiptHandleIsInvalid", "ReceiptHandleIsUnknown");

/// A served reference behind something that changes one code in its answers.
struct Altered {
    server: Child,
    url: String,
}

impl Altered {
    fn start(place: &Place) -> Self {
        let mut server = place.start("serve --port 0");
        let mut first = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim_end().strip_prefix("redeliver is listening on http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(&address).unwrap());
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                std::thread::spawn(move || pass(from, to, false));
                std::thread::spawn(move || pass(server, client, true));
            }
        });
        Self { server, url }
    }
}

impl Drop for Altered {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Passes bytes on until one side is done. Answers are small, so a code is never cut in two.
fn pass(mut from: TcpStream, mut to: TcpStream, alters: bool) {
    let mut bytes = vec![0; 65536];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        let text = String::from_utf8_lossy(&bytes[..length]);
        let altered = if alters { text.replace(CODES.0, CODES.1) } else { text.into_owned() };
        if to.write_all(altered.as_bytes()).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Write);
}

#[test]
fn a_difference_becomes_a_spec_that_lints_and_that_the_target_alone_fails() {
    let place = Place::new();
    let altered = Altered::start(&place);
    let url = &altered.url;
    // Nothing that stands in these specs is about receipt handles.
    let arguments = format!("fuzz --target {url} --service sqs --specs specs --seeds 12 --jobs 1 --out found");
    let ended = place.redeliver(&arguments);
    assert_eq!(ended.code, Some(1), "{}{}", ended.stdout, ended.stderr);
    let found: Vec<_> = ended.stdout.lines().filter_map(|line| line.strip_prefix("differs ")).collect();
    assert!(!found.is_empty() && found.iter().all(|name| name.contains("receipt-handl")), "{found:?}");
    let lint = place.redeliver("lint found");
    assert_eq!(lint.code, Some(0), "{}{}", lint.stdout, lint.stderr);
    let run = place.redeliver("run --specs found");
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    let run = place.redeliver(&format!("run --specs found --target {url} --report json=run.json"));
    assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
    let report = place.json("run.json");
    let verdicts: Vec<_> = verdicts(&report).into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(verdicts, vec!["failed"; found.len()]);
    // What those say now is stated.
    let again =
        place.redeliver(&arguments.replace("--specs specs", "--specs found").replace("--out found", "--out new"));
    assert_eq!(again.code, Some(0), "{}{}", again.stdout, again.stderr);
    assert!(again.stdout.starts_with("0 differences that no spec states, "), "{}", again.stdout);
}

#[test]
fn the_reference_differs_in_nothing_from_itself() {
    let ended = Place::new().redeliver("fuzz --target reference --service sqs --seeds 5");
    let told = "0 differences that no spec states, 0 that 0 cases state; 5 programs, ";
    assert_eq!((ended.code, ended.stdout.starts_with(told)), (Some(0), true), "{}{}", ended.stdout, ended.stderr);
}

#[test]
fn mistakes_are_told_with_their_remedy_and_nothing_is_called() {
    let place = Place::new();
    place.write("taken", "a file");
    let gone = nobody();
    let cases = [
        ("fuzz --target motto --service sqs", 2, "did you mean `moto`?"),
        ("fuzz --target reference --service sms", 2, "[possible values: sqs, sns, kinesis]"),
        ("fuzz --target elasticmq --service sns", 2, "`elasticmq` does not have `sns`: it has sqs"),
        ("fuzz --target reference --service sqs --for soon", 2, "soon"),
        ("fuzz --target reference --service sqs --steps 0", 2, "--steps"),
        ("fuzz --target reference --service sqs --specs specs --out taken", 2, "cannot write `taken/sqs/fuzz`"),
        ("fuzz --target reference --service sqs --specs nowhere", 3, "nowhere"),
        (&format!("fuzz --target {gone} --service sqs --specs specs"), 4, gone.as_str()),
    ];
    for (arguments, code, told) in cases {
        let ended = place.redeliver(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(code), ""), "{arguments}: {}", ended.stderr);
        assert!(ended.stderr.contains(told), "{arguments}: {}", ended.stderr);
    }
}
