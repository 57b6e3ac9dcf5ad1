//! Targets that cannot be used: every case *could not run*, with the cause, and none *failed*.

use std::io::Read;
use std::net::TcpListener;

use serde_json::Value;

use crate::backend::{answering, ok, sending};
use crate::program::{Place, verdicts};

/// Fails unless no case failed, the exit code is 4, and the cause is told by the console and the report.
#[track_caller]
fn assert_cannot_be_used(what: &str, target: &str, told: &[&str]) {
    let place = Place::new();
    let ended = place.run(&format!("--target {target} --report json=out.json"));
    assert_eq!(ended.code, Some(4), "{what}: {ended:?}");
    let report = place.json("out.json");
    assert!(verdicts(&report).iter().all(|(_, verdict)| *verdict == "could-not-run"), "{what}: {report:#}");
    assert_eq!(report["cases"].as_array().map(Vec::len), Some(3), "{what}");
    let details: Vec<_> = report["cases"].as_array().unwrap().iter().filter_map(|row| row["detail"].as_str()).collect();
    for part in told {
        assert!(ended.stderr.contains(part), "{what}: no `{part}` in {}", ended.stderr);
        assert!(details.iter().any(|detail| detail.contains(part)), "{what}: no `{part}` in {details:?}");
    }
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

#[test]
fn garbage_is_no_service() {
    let html = "<!DOCTYPE html><html><body>It works!</body></html>";
    let html_type = "content-type: text/html\r\n";
    let gzip = "content-type: application/x-amz-json-1.0\r\ncontent-encoding: gzip\r\n";
    let chunk = "x".repeat(1000);
    for (what, bytes, told) in [
        ("a page", answer("200 OK", html_type, html), "sqs:ListQueues gets status 200 with `<!DOCTYPE html>"),
        ("a page of an error", answer("404 Not Found", html_type, html), "status 404 with `<!DOCTYPE html>"),
        ("a gateway", answer("502 Bad Gateway", html_type, html), "status 502 with `<!DOCTYPE html>"),
        ("JSON of somebody else", answer("404 Not Found", "", r#"{"error":"no such route"}"#), "no such route"),
        ("a list", answer("200 OK", "", "[1,2]"), "status 200 with `[1,2]`"),
        ("a text", answer("200 OK", "content-type: text/plain\r\n", "pong"), "status 200 with `pong`"),
        ("an error of nobody", answer("500 Internal Server Error", "", ""), "status 500 with nothing in its body"),
        ("packed bytes", answer("200 OK", gzip, "\u{1f}\u{8b}\u{8}\u{0}\u{0}"), "status 200 with "),
        ("half an answer", b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"Queue".to_vec(), "no whole answer: "),
        ("half a head", b"HTTP/1.1 200 OK\r\ncontent-le".to_vec(), "no whole answer: "),
        ("no HTTP", b"220 mail.example.com ESMTP\r\n".to_vec(), "no whole answer: "),
        ("an end", Vec::new(), "no whole answer: "),
        (
            "chunks without an end",
            format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e8\r\n{chunk}\r\n").into_bytes(),
            "no whole answer: ",
        ),
    ] {
        let url = sending(bytes);
        let speaks = format!("what answers at `{url}` does not speak as SQS does: ");
        assert_cannot_be_used(what, &url, &[&speaks, told]);
    }
}

#[test]
fn an_answer_without_end_is_given_up_before_it_fills_the_memory() {
    // What it unpacks to is not asked for: these are the bytes themselves.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || {
                use std::io::Write;
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\n\r\n");
                let spaces = [b' '; 8192];
                while stream.write_all(&spaces).is_ok() {}
            });
        }
    });
    assert_cannot_be_used("an answer without end", &url, &["length limit exceeded"]);
}

#[test]
fn credentials_that_are_refused_are_the_cause() {
    for (status, headers, body) in [
        (
            "403 Forbidden",
            "x-amzn-query-error: InvalidClientTokenId;Sender\r\n",
            r#"{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"no such key"}"#,
        ),
        ("400 Bad Request", "", r#"{"__type":"InvalidSignatureException","message":"no such key"}"#),
        (
            "403 Forbidden",
            "content-type: text/xml\r\nx-amzn-errortype: SignatureDoesNotMatch\r\n",
            r#"{"message":"no such key"}"#,
        ),
    ] {
        let url = sending(answer(status, headers, body));
        let refuses = format!("`{url}` refuses the credentials with the access key `test`: ");
        assert_cannot_be_used(body, &url, &[&refuses, "no such key", "write `credentials` that it takes"]);
    }
    let url = sending(answer("403 Forbidden", "", r#"{"__type":"AccessDeniedException","message":"not for you"}"#));
    assert_cannot_be_used(
        "nothing is allowed",
        &url,
        &["sqs:GetQueueUrl gets `AccessDeniedException`, status 403: not for you"],
    );
}

#[test]
fn the_reference_refuses_wrong_keys_and_takes_right_ones() {
    let own = |secret: &str| {
        format!(
            "name: own\nabout: The reference with keys.\nfeatures: [sqs.standard]\nclock: redeliver\naccount: \"000000000000\"\ncommand:\n  \
             program: ${{redeliver}}\n  args: [serve, --port, \"${{port}}\", --auth, verify, --access-key, \"AKID:right\"]\n  \
             ready: {{ http: /_redeliver/health }}\ncredentials: {{ access-key-id: AKID, secret-access-key: {secret} }}\n"
        )
    };
    let place = Place::new();
    place.write("own.yaml", &own("right"));
    assert_eq!(place.run("--target own.yaml sqs/message").code, Some(0));
    place.write("own.yaml", &own("wrong"));
    let ended = place.run("--target own.yaml sqs/message --report json=out.json");
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(
        ended.stderr.contains("refuses the credentials with the access key `AKID`: `InvalidSignatureException`"),
        "{}",
        ended.stderr
    );
    assert!(!ended.stderr.contains("wrong"), "{}", ended.stderr);
    assert_eq!(verdicts(&place.json("out.json"))[0].1, "could-not-run");
}

#[test]
fn one_malformed_answer_of_a_service_is_a_failure() {
    // Everything but the creation of a queue is answered as SQS does.
    let (url, _) = answering(|head| {
        let creates = head.contains("amazonsqs.createqueue");
        Some(if creates { answer("200 OK", "content-type: text/html\r\n", "<html>") } else { ok("{}") })
    });
    let place = Place::new();
    let ended = place.run(&format!("--target {url} sqs/queue --report json=out.json"));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let report = place.json("out.json");
    assert_eq!(verdicts(&report).iter().map(|(_, verdict)| *verdict).collect::<Vec<_>>(), ["failed", "failed"]);
}

#[test]
fn a_service_that_is_not_there_could_not_run_beside_one_that_is() {
    const TOPIC: &str = r#"spec: "1.0"
about: A topic is made.
guarantee: topic-lifecycle
requires: [sns.standard]
cases:
  - name: topic-is-made
    evidence: { doc: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html" }
    steps:
      - call: sns:CreateTopic
        with: { Name: "${unique}" }
"#;
    // Queues, and for all other services a page that says so.
    let (url, _) = answering(|head| {
        let page = || answer("404 Not Found", "content-type: text/html\r\n", "<html>no such service</html>");
        Some(if head.contains("x-amz-target: amazonsqs.") {
            ok(r#"{"QueueUrl":"http://127.0.0.1:1/000000000000/short"}"#)
        } else {
            page()
        })
    });
    let place = Place::new();
    place.write("specs/sns/topic/create.yaml", TOPIC);
    let ended = place.run(&format!("--target {url} sns/** sqs/queue --report json=out.json"));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let report = place.json("out.json");
    let found: Vec<_> = verdicts(&report).iter().map(|(_, verdict)| *verdict).collect();
    assert_eq!(found, ["could-not-run", "failed", "failed"]);
    let detail = report["cases"][0]["detail"].as_str().unwrap();
    let expected = "`sns:CreateTopic` was not sent: what answers at ";
    assert!(detail.starts_with(expected) && detail.contains("does not speak as SNS does"), "{detail}");
}

#[test]
fn a_target_that_turns_into_something_else_is_gone() {
    let calls = std::sync::atomic::AtomicUsize::new(0);
    // The greeting of three services and the question for the account are answered, then a gateway answers for it.
    let (url, _) = answering(move |head| {
        let sqs = head.contains("x-amz-target: amazonsqs.");
        let before = calls.fetch_add(usize::from(sqs), std::sync::atomic::Ordering::Relaxed);
        let down = || answer("502 Bad Gateway", "content-type: text/html\r\n", "<html>upstream is down</html>");
        Some(if sqs && before < 2 { ok("{}") } else { down() })
    });
    let place = Place::new();
    let ended = place.run(&format!("--target {url} --jobs 1 --report json=out.json"));
    assert_eq!(ended.code, Some(4), "{ended:?}");
    let report: Value = place.json("out.json");
    assert!(verdicts(&report).iter().all(|(_, verdict)| *verdict == "could-not-run"), "{report:#}");
    assert!(report.to_string().contains("got no answer of the service"), "{report:#}");
}

#[test]
fn a_program_that_cannot_have_its_port_is_told_with_what_it_said() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let place = Place::new();
    place.write(
        "own.yaml",
        &format!(
            "name: own\nabout: Its port is taken.\nfeatures: [sqs.standard]\ncommand:\n  program: ${{redeliver}}\n  \
             args: [serve, --port, \"{port}\"]\n  ready: {{ within: 20s }}\n"
        ),
    );
    let ended = place.run("--target own.yaml --report json=out.json");
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.stderr.contains("it never became ready") && ended.stderr.contains("in use"), "{}", ended.stderr);
    assert_eq!(place.json("out.json")["totals"]["could-not-run"], 3);
}

#[cfg(target_os = "linux")]
#[test]
fn a_certificate_for_another_name_or_of_nobody_known_is_the_cause() {
    let place = Place::new();
    // Its certificate is for `localhost`, `127.0.0.1` and `::1`.
    let server = crate::proxy::Listening::start(&place, "serve --tls --tls-out ca.pem --bind 0.0.0.0");
    let port = server.address.rsplit(':').next().unwrap();
    let run = |host: &str, bundle: &str| {
        let arguments =
            format!("run --specs specs --target https://{host}:{port} --max-wait 1s --report json=out.json");
        let child = place.start_with(&arguments, &[("AWS_CA_BUNDLE", bundle)]);
        crate::program::ended(child.wait_with_output().unwrap())
    };
    assert_eq!(run("127.0.0.1", "ca.pem").code, Some(1));
    assert_eq!(place.json("out.json")["totals"]["failed"], 1);
    for (host, bundle, told) in [("127.0.0.2", "ca.pem", "not valid for"), ("127.0.0.1", "", "UnknownIssuer")] {
        let ended = run(host, bundle);
        assert_eq!(ended.code, Some(4), "{ended:?}");
        let report = place.json("out.json");
        assert!(verdicts(&report).iter().all(|(_, verdict)| *verdict == "could-not-run"), "{report:#}");
        for part in [&format!("no TLS with `https://{host}:{port}`: "), told, "`AWS_CA_BUNDLE`"] {
            assert!(ended.stderr.contains(part), "no `{part}` in {}", ended.stderr);
        }
    }
}
