//! `--target aws` and `sweep`, against served references that play AWS: signatures are verified, and things settle as they do there.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::time::Duration;

use super::program::{Ended, Place, ended, verdicts};

const ACCOUNT: &str = "123456789012";
const ALLOWED: &str = "--allow-aws --account 123456789012 --yes";

/// A case that makes a queue, a topic with a subscription and a stream with a consumer, and then waits as long as nobody does.
const EVERYTHING: &str = r#"spec: "1.0"
about: There is one of everything.
guarantee: queue-lifecycle
requires: [sqs.standard, sns.sqs, kinesis.fan-out]
cases:
  - name: one-of-everything
    evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html" }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        save: { url: /QueueUrl }
      - call: sns:CreateTopic
        with: { Name: "${unique}" }
        save: { topic: /TopicArn }
      - call: sns:Subscribe
        with: { TopicArn: "${topic}", Protocol: sqs, Endpoint: "arn:aws:sqs:${region}:${account}:${unique}" }
      - call: kinesis:CreateStream
        with: { StreamName: "${unique}", ShardCount: 2 }
      - call: kinesis:DescribeStreamSummary
        with: { StreamName: "${unique}" }
        eventually: 1m
        ok: { StreamDescriptionSummary: { StreamStatus: ACTIVE } }
        save: { arn: /StreamDescriptionSummary/StreamARN }
      - call: kinesis:RegisterStreamConsumer
        with: { StreamARN: "${arn}", ConsumerName: "${unique}" }
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: all is there }
      - wait: 4m
"#;

/// A message that is asked for again and again, by polls which may miss it.
const POLLS: &str = r#"spec: "1.0"
about: Short polls.
guarantee: polling
requires: [sqs.standard]
cases:
  - name: message-comes-each-time
    evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html" }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        save: { url: /QueueUrl }
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: here }
      - repeat:
          times: 12
          steps:
            - call: sqs:ReceiveMessage
              with: { QueueUrl: "${url}", VisibilityTimeout: 0, WaitTimeSeconds: 0 }
              ok: { Messages: [ { Body: here } ] }
"#;

/// The same served reference for somebody else.
const OTHERS: &str = "name: others\nabout: Somebody else.\nendpoint: URL\nfeatures: [sqs.standard]\naccount: '123456789012'\n\
    credentials: { access-key-id: AKIDEXAMPLE, secret-access-key: secret }\n";

/// Queues that no run deletes, for their names are not its own.
const OTHER_QUEUES: &str = r#"spec: "1.0"
about: There are queues of somebody else.
guarantee: queue-lifecycle
requires: [sqs.standard]
cases:
  - name: others
    evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html" }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: orders }
      - call: sqs:CreateQueue
        with: { QueueName: redeliver-abcdef-abcdefghi }
"#;

/// What is otherwise in the environment of a user.
type Change = fn(&mut Command);

/// A served reference that plays AWS, and what a user's environment says of it.
struct Played {
    server: Child,
    url: String,
}

impl Played {
    fn new(place: &Place, arguments: &str) -> Self {
        let arguments = format!(
            "serve --port 0 --account {ACCOUNT} --seed 3 --auth verify --access-key AKIDEXAMPLE:secret {arguments}"
        );
        let mut server = place.start(&arguments);
        let mut first = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let url = first.strip_prefix("redeliver is listening on ").unwrap_or_else(|| panic!("{first}"));
        Self { server, url: url.trim_end().to_owned() }
    }

    fn command(&self, place: &Place, arguments: &str) -> Command {
        let mut command = place.command(arguments);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
            command.env_remove(name);
        }
        command.env("AWS_EC2_METADATA_DISABLED", "true").env("HOME", place.path("home"));
        command.env("AWS_ENDPOINT_URL", &self.url).env("AWS_REGION", "us-east-1");
        command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
        command
    }

    fn redeliver(&self, place: &Place, arguments: &str) -> Ended {
        ended(self.command(place, arguments).output().unwrap())
    }

    /// All that there is, as its control API tells.
    fn state(&self) -> String {
        let address = self.url.trim_start_matches("http://");
        super::served::get(address, "/_redeliver/state")
    }

    /// Puts its clock ahead.
    fn put_ahead(&self, duration: Duration) {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).unwrap();
        let body = format!(r#"{{"advance_ms":{}}}"#, duration.as_millis());
        let head = format!("POST /_redeliver/clock HTTP/1.0\r\nHost: {address}\r\nContent-Length: {}", body.len());
        write!(stream, "{head}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains(" 200 "), "{answer}");
    }

    /// Whether this comes true within half a minute.
    fn soon(&self, is_true: impl Fn(&str) -> bool) -> bool {
        for _ in 0..300 {
            if is_true(&self.state()) {
                return true;
            }
            // Real processes on a real clock: there is nothing to wait on but time.
            let (_sender, never) = std::sync::mpsc::channel::<()>();
            let _ = never.recv_timeout(Duration::from_millis(100));
        }
        false
    }
}

impl Drop for Played {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The shipped manifest for a played AWS whose clock can be put ahead, so that waiting costs nothing.
fn put_ahead(place: &Place) {
    let shipped = include_str!("../../targets/aws.yaml");
    let own =
        shipped.replace("name: aws\n", "name: aws-played\nclock: redeliver\n").replace("retries: 1", "retries: 0");
    place.write("played.yaml", &own);
}

#[test]
fn nothing_is_done_without_consent_account_region_and_credentials() {
    let place = Place::new();
    let aws = Played::new(&place, "");
    let run = "run --target aws sqs/queues/create";
    let named = format!("{run} --allow-aws --account {ACCOUNT}");
    let other = format!("{run} --allow-aws --account 210987654321 --yes");
    let same: Change = |_| ();
    let cases: [(&str, Change, i32, &str); 9] = [
        (run, same, 2, "is AWS itself, where cases create things that cost money: say `--allow-aws`"),
        (&format!("{run} --allow-aws"), same, 2, "name it by `--account`"),
        (
            &named,
            |command| {
                command.env_remove("AWS_REGION");
            },
            2,
            "which region of AWS?",
        ),
        (
            &named,
            |command| {
                command.env("AWS_REGION", "eu-west-1");
            },
            2,
            "the region `eu-west-1` is not allowed",
        ),
        (
            &named,
            |command| {
                command.env_remove("AWS_ACCESS_KEY_ID");
            },
            2,
            "no credentials for AWS: ",
        ),
        (
            &named,
            |command| {
                command.env("AWS_SECRET_ACCESS_KEY", "wrong");
            },
            4,
            "SignatureDoesNotMatch",
        ),
        (
            &other,
            same,
            2,
            "the credentials are of the account `123456789012`, and `210987654321` is the one that was named",
        ),
        (&named, same, 2, "nobody confirmed the cost: say `--yes`"),
        (&format!("{named} --yes --max-cost 0"), same, 2, "is more than $0.0000 (`--max-cost`)"),
    ];
    let before = aws.state();
    for (arguments, change, code, told) in cases {
        let mut command = aws.command(&place, arguments);
        change(&mut command);
        let ended = ended(command.output().unwrap());
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(code), ""), "{arguments}: {}", ended.stderr);
        assert!(ended.stderr.contains("error: ") && ended.stderr.contains(told), "{told}: {}", ended.stderr);
        assert!(ended.stderr.lines().all(|line| !line.contains("wrong")), "{}", ended.stderr);
    }
    assert!(!aws.state().contains("redeliver-"), "something was created: {before}");
}

#[test]
fn a_played_aws_passes_with_all_guards_on_and_nothing_is_left() {
    let place = Place::new();
    put_ahead(&place);
    let aws = Played::new(&place, "--profile lifelike --history 0");
    let selection = "sqs/queues/** sqs/tags/** sqs/messages/visibility sqs/fifo/order sns/tags/** kinesis/tags/** \
                     kinesis/streams/create";
    let arguments = format!("run --target played.yaml {selection} {ALLOWED} --report json=out.json");
    let ended = aws.redeliver(&place, &arguments);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
    let report = place.json("out.json");
    let verdicts = verdicts(&report);
    let passed = verdicts.iter().filter(|(_, verdict)| *verdict == "passed").count();
    assert!(passed > 100 && verdicts.iter().all(|(_, verdict)| ["passed", "skipped"].contains(verdict)), "{passed}");
    for told in ["account 123456789012, region us-east-1; names begin with `redeliver-", "calls of SQS", "shard hours"]
    {
        assert!(ended.stderr.contains(told), "{}", ended.stderr);
    }
    // A queue that was deleted may be seen for a while.
    aws.put_ahead(Duration::from_mins(2));
    let state = aws.state();
    assert!(!state.contains("redeliver-"), "something is left: {state}");
}

#[test]
fn a_recording_of_a_played_aws_tells_nothing_of_the_account_and_holds() {
    let place = Place::new();
    put_ahead(&place);
    let aws = Played::new(&place, "--profile lifelike --history 0");
    let selection =
        "sqs/queues/names sqs/messages/system-attributes sqs/messages/visibility sns/tags/** kinesis/tags/**";
    let unguarded = aws.redeliver(&place, &format!("record --target played.yaml {selection} --out kept"));
    assert_eq!(unguarded.code, Some(2), "{}", unguarded.stderr);
    assert!(unguarded.stderr.contains("say `--allow-aws`"), "{}", unguarded.stderr);
    let recorded = aws.redeliver(&place, &format!("record --target played.yaml {selection} {ALLOWED} --out kept"));
    assert_eq!(recorded.code, Some(0), "{}{}", recorded.stdout, recorded.stderr);
    assert!(recorded.stderr.contains("account 123456789012, region us-east-1"), "{}", recorded.stderr);
    aws.put_ahead(Duration::from_mins(2));
    let state = aws.state();
    assert!(!state.contains("redeliver-"), "something is left: {state}");

    let sent = place.read("kept/sqs/messages/system-attributes/one-name-returns-only-that-attribute.jsonl");
    assert!(sent.contains("AIDACKCEVSQ6C2EXAMPLE"), "{sent}");
    for told in ["AKIDEXAMPLE", aws.url.as_str(), "127.0.0.1"] {
        assert!(!sent.contains(told), "{told}: {sent}");
    }
    let verified = place.redeliver("verify --recordings kept --target played.yaml");
    assert_eq!(verified.code, Some(0), "{}{}", verified.stdout, verified.stderr);

    // What was asked again for is there once.
    place.write("specs/sqs/queue/polls.yaml", POLLS);
    let polls = format!("record --target played.yaml --specs specs sqs/queue/polls {ALLOWED} --out polls");
    let recorded = aws.redeliver(&place, &polls);
    assert_eq!(recorded.code, Some(0), "{}{}", recorded.stdout, recorded.stderr);
    let verified = place.redeliver("verify --recordings polls --specs specs --target played.yaml");
    assert_eq!(verified.code, Some(0), "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn aws_is_compared_with_its_guards_and_never_fuzzed() {
    let place = Place::new();
    put_ahead(&place);
    let aws = Played::new(&place, "--history 0");
    let arguments = "compare --target played.yaml --target reference --only sqs/queues/names --report json=out.json";
    let unguarded = aws.redeliver(&place, arguments);
    assert_eq!(unguarded.code, Some(2), "{}", unguarded.stderr);
    let compared = aws.redeliver(&place, &format!("{arguments} {ALLOWED}"));
    assert_eq!(compared.code, Some(0), "{}{}", compared.stdout, compared.stderr);
    let names: Vec<_> =
        place.json("out.json")["targets"].as_array().unwrap().iter().map(|t| t["name"].clone()).collect();
    assert_eq!(names, ["aws-played", "reference"]);
    let fuzzed = aws.redeliver(&place, "fuzz --target played.yaml --service sqs");
    assert_eq!(fuzzed.code, Some(2), "{}", fuzzed.stderr);
    assert!(fuzzed.stderr.contains("nobody can say beforehand"), "{}", fuzzed.stderr);
}

#[test]
fn a_run_that_is_killed_is_swept_and_nothing_else() {
    let place = Place::new();
    place.write("specs/sqs/queue/all.yaml", EVERYTHING);
    let aws = Played::new(&place, "");
    let arguments = format!("run --target aws --specs specs sqs/queue/all {ALLOWED}");
    let mut run = aws.command(&place, &arguments).spawn().unwrap();
    let is_all_there = aws.soon(|state| state.contains("all is there"));
    let state = aws.state();
    run.kill().unwrap();
    let left = ended(run.wait_with_output().unwrap());
    assert!(is_all_there, "{}{}", left.stdout, left.stderr);
    for tag in ["redeliver:run", "redeliver:case", "redeliver:created-at", "sqs/queue/all::one-of-everything"] {
        assert!(state.matches(tag).count() >= 3, "{tag}: {state}");
    }

    // Killed, it left all of that, which a sweep finds; what is somebody else's stays, also under a name that looks like one of a run.
    place.write("others.yaml", &OTHERS.replace("URL", &aws.url));
    place.write("specs/sqs/queue/others.yaml", OTHER_QUEUES);
    let others = aws.redeliver(&place, "run --target others.yaml --specs specs sqs/queue/others");
    assert_eq!(others.code, Some(0), "{}{}", others.stdout, others.stderr);
    let allowed = format!("--allow-aws --account {ACCOUNT}");
    let sweep = |arguments: &str| {
        let swept = aws.redeliver(&place, &format!("sweep {allowed} {arguments}"));
        assert_eq!(swept.code, Some(0), "{}{}", swept.stdout, swept.stderr);
        swept.stdout.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(sweep(""), "4 kept");
    assert_eq!(sweep("--run aaaaaa"), "nothing is left of any run");
    assert_eq!(sweep("--older-than 0s --dry-run"), "5 would be removed, 1 kept");
    assert_eq!(sweep("--older-than 0s"), "5 removed, 1 kept");
    let is_swept = |state: &str| !state.contains("one-of-everything");
    assert!(aws.soon(is_swept), "{}", aws.state());
    assert!(["orders", "redeliver-abcdef-abcdefghi"].iter().all(|name| aws.state().contains(name)), "{}", aws.state());
    assert_eq!(aws.redeliver(&place, "sweep").code, Some(2));
    assert_eq!(aws.redeliver(&place, "sweep --target others.yaml").code, Some(2));
}

#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_leaves_nothing() {
    use rustix::process::{Pid, Signal, kill_process};
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let place = Place::new();
        place.write("specs/sqs/queue/all.yaml", EVERYTHING);
        let aws = Played::new(&place, "--transitions 500ms");
        let arguments = format!("run --target aws --specs specs sqs/queue/all {ALLOWED}");
        let run = aws.command(&place, &arguments).spawn().unwrap();
        let is_all_there = aws.soon(|state| state.contains("all is there"));
        kill_process(Pid::from_child(&run), signal).unwrap();
        let ended = ended(run.wait_with_output().unwrap());
        assert!(is_all_there, "{}{}", ended.stdout, ended.stderr);
        assert_eq!(ended.code, Some(code), "{}{}", ended.stdout, ended.stderr);
        assert!(aws.soon(|state| !state.contains("one-of-everything")), "{}", aws.state());
    }
}
