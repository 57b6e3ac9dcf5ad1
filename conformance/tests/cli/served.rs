//! `redeliver serve`, and the target of that kind: the reference over real sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;

use super::program::{Place, ended};

/// Cases whose time is virtual on the reference, in process or served.
const TIMED: &str = r#"spec: "1.0"
about: Waiting costs nothing.
guarantee: polling
requires: [sqs.standard]
cases:
  - name: long-poll-ends-with-its-time
    evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html" }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        save: { url: /QueueUrl }
      - call: sqs:ReceiveMessage
        with: { QueueUrl: "${url}", WaitTimeSeconds: 20 }
        ok: { Messages: { $absent: true } }
  - name: long-poll-gets-what-is-sent-meanwhile
    evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html" }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        save: { url: /QueueUrl }
      - parallel:
          - - call: sqs:ReceiveMessage
              with: { QueueUrl: "${url}", WaitTimeSeconds: 20 }
              ok: { Messages: [ { Body: hello } ] }
          - - wait: 5s
            - call: sqs:SendMessage
              with: { QueueUrl: "${url}", MessageBody: hello }
"#;

/// Starts a server on any free port; gives its host and port.
fn serve(place: &Place, arguments: &str) -> (Child, String) {
    let mut server = place.start(&format!("serve --port 0 {arguments}"));
    let mut first = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let url = first.strip_prefix("redeliver is listening on http://").unwrap_or_else(|| panic!("{first}"));
    let address = url.trim_end().to_owned();
    (server, address)
}

/// What a GET is answered.
pub(crate) fn get(address: &str, path: &str) -> String {
    try_get(address, path).unwrap()
}

/// What a GET is answered, if there is somebody.
pub(crate) fn try_get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

#[cfg(unix)]
#[test]
fn server_tells_its_address_answers_and_ends_when_it_is_told_to() {
    use rustix::process::{Pid, Signal, kill_process};
    for signal in [Signal::TERM, Signal::INT] {
        let place = Place::new();
        let (server, address) = serve(&place, "--account 111122223333 --region eu-west-1 --log info");
        let listed = get(&address, "/?Action=CreateQueue&QueueName=q");
        assert!(listed.contains(&format!("<QueueUrl>http://{address}/111122223333/q</QueueUrl>")), "{listed}");
        assert!(get(&address, "/_redeliver/state").contains("arn:aws:sqs:eu-west-1:111122223333:q"));
        kill_process(Pid::from_child(&server), signal).unwrap();
        let ended = ended(server.wait_with_output().unwrap());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        assert!(
            ended.stderr.contains("method=GET path=\"/\" operation=\"CreateQueue\" status=200"),
            "{}",
            ended.stderr
        );
    }
}

#[test]
fn options_that_make_no_sense_are_told_with_a_remedy() {
    let place = Place::new();
    place.write("empty.pem", "");
    place.write("lots.yaml", "plan: \"1.0\"\nrules:\n  - { rule: send-reply-lots, probability: 1.0 }\n");
    place.write("crash.yaml", "plan: \"1.0\"\nrules:\n  - { rule: crash, probability: 1.0 }\n");
    place.write("none.json", r#"{"schedule":"9.0","seed":1,"faults":[]}"#);
    for (arguments, code, told) in [
        ("--port 0.0.0.0:4566", 2, "another address than 127.0.0.1 is for `--bind ADDR` to name"),
        ("--account 12", 2, "an account id has twelve digits"),
        ("--access-key secret", 2, "an access key is written `ID:SECRET`"),
        ("--tls-cert empty.pem", 2, "--tls-key <FILE>"),
        ("--port 0 --tls-cert empty.pem --tls-key empty.pem", 2, "give PEM files that belong together"),
        ("--port 0 --tls-cert none.pem --tls-key none.pem", 2, "cannot read `none.pem`: "),
        ("--port 0 --chaos lots.yaml", 2, "did you mean `send-reply-lost`?"),
        ("--port 0 --chaos lots.yaml", 2, "lots.yaml:3:"),
        ("--port 0 --chaos crash.yaml", 2, "in `serve`"),
        ("--port 0 --chaos none.json", 2, "version `9.0`"),
        ("--port 0 --chaos at_leest_once", 2, "there is no preset `at_leest_once`: "),
        ("--port 0 --chaos none.yaml", 2, "cannot read `none.yaml`: "),
        ("--port 0 --chaos-seed 1", 2, "--chaos <FILE|PRESET>"),
        ("--port 0 --bind 192.0.2.1", 2, "give an address of this machine"),
    ] {
        let ended = place.redeliver(&format!("serve {arguments}"));
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(code), ""), "{arguments}: {}", ended.stderr);
        assert!(ended.stderr.contains(told), "{arguments}: {}", ended.stderr);
    }
}

#[test]
fn cases_take_the_same_virtual_time_served_as_in_process() {
    let place = Place::new();
    place.write("specs/sqs/message/timed.yaml", TIMED);
    let durations = ["reference", "served"].map(|target| {
        let arguments = format!("--target {target} sqs/message --jobs 4 --report json={target}.json");
        let ended = place.run(&arguments);
        assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
        let report = place.json(&format!("{target}.json"));
        let rows = report["cases"].as_array().unwrap();
        rows.iter().map(|row| (row["id"].to_string(), row["duration_ms"].as_u64())).collect::<Vec<_>>()
    });
    let expected = [
        ("\"sqs/message/receive::message-is-received-after-an-hour\"".to_owned(), Some(3_600_000)),
        ("\"sqs/message/timed::long-poll-ends-with-its-time\"".to_owned(), Some(20_000)),
        ("\"sqs/message/timed::long-poll-gets-what-is-sent-meanwhile\"".to_owned(), Some(5_000)),
    ];
    assert_eq!(durations, [expected.to_vec(), expected.to_vec()]);
}

#[test]
fn target_whose_clock_cannot_be_asked_is_told() {
    let place = Place::new();
    let (mut server, address) = serve(&place, "--no-control");
    let manifest =
        format!("name: mine\nabout: Mine.\nendpoint: http://{address}\nclock: redeliver\nfeatures: [sqs.standard]\n");
    place.write("mine.yaml", &manifest);
    let ended = place.run("--target mine.yaml sqs/message");
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(ended.code, Some(4), "{}{}", ended.stdout, ended.stderr);
    assert!(ended.stdout.contains("the control API is switched off"), "{}{}", ended.stdout, ended.stderr);
}

#[test]
fn faults_of_a_plan_are_told_by_the_control_api() {
    let place = Place::new();
    place.write("plan.yaml", "plan: \"1.0\"\nrules:\n  - { rule: service-error, probability: 1.0 }\n");
    let (mut server, address) = serve(&place, "--seed 5 --chaos plan.yaml");
    assert!(get(&address, "/?Action=ListQueues").starts_with("HTTP/1.0 500"));
    let told = get(&address, "/_redeliver/chaos");
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(told.contains(r#""rule":"service-error""#) && told.contains(r#""seed":5"#), "{told}");
}
