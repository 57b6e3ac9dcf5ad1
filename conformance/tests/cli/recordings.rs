//! What was answered, kept, checked again and compared.

use crate::program::Place;

/// Records the two queues of the specs in this folder's `out`.
fn recorded(place: &Place, out: &str) {
    let ended = place.redeliver(&format!("record --specs specs --out {out}"));
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(ended.stdout, format!("recorded 3 cases of reference {version} in {out}\n"));
}

const NAME: &str = "sqs/queue/names/url-ends-with-the-name.jsonl";
const RECEIVE: &str = "sqs/message/receive/message-is-received-after-an-hour.jsonl";

#[test]
fn recording_the_reference_twice_gives_the_same_bytes() {
    let place = Place::new();
    recorded(&place, "one");
    recorded(&place, "two");
    for file in ["recording.json", NAME, RECEIVE, "sqs/queue/names/url-is-short.jsonl"] {
        assert_eq!(place.read(&format!("one/{file}")), place.read(&format!("two/{file}")), "{file}");
    }
    assert!(place.read(&format!("one/{RECEIVE}")).contains("receipt-handle-1"));
}

#[test]
fn recording_holds_what_held_and_breaks_what_broke() {
    let place = Place::new();
    recorded(&place, "out");
    let ended = place.redeliver("verify --specs specs --recordings out");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let ended = place.redeliver("verify --specs specs --recordings out !sqs/queue/names::url-is-short");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{}", ended.stdout);
    assert!(ended.stdout.contains("2 passed"), "{}", ended.stdout);
}

#[test]
fn tampered_answer_fails_with_case_step_and_path() {
    let place = Place::new();
    recorded(&place, "out");
    let file = format!("out/{RECEIVE}");
    place.write(&file, &place.read(&file).replace("\"Body\":\"hello\"", "\"Body\":\"hullo\""));
    let ended = place.redeliver("verify --specs specs --recordings out sqs/message");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for part in [
        "message-is-received-after-an-hour",
        "sqs:ReceiveMessage",
        "/Messages/0/Body",
        "hullo",
        "verify --recordings out",
    ] {
        assert!(ended.stdout.contains(part), "no {part} in:\n{}", ended.stdout);
    }
}

#[test]
fn call_that_is_no_longer_that_of_the_recording_could_not_run() {
    let place = Place::new();
    recorded(&place, "out");
    place.write(
        "specs/sqs/message/receive.yaml",
        &crate::program::RECEIVE.replace("MessageBody: hello", "MessageBody: hey"),
    );
    let ended = place.redeliver("verify --specs specs --recordings out sqs/message");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains("`sqs:SendMessage` no longer fits this recording"), "{}", ended.stdout);
    assert!(ended.stdout.contains("record it again"), "{}", ended.stdout);
    assert!(ended.stderr.contains("the specs have changed since this was recorded"), "{}", ended.stderr);
}

#[test]
fn what_is_no_recording_is_told_with_its_place() {
    let place = Place::new();
    recorded(&place, "out");
    let told = |arguments: &str| {
        let ended = place.redeliver(arguments);
        (ended.code, ended.stderr)
    };
    let verify = "verify --specs specs --recordings";
    let text = |text: &str| (Some(2), format!("error: {text}\n"));
    let remedy = "`redeliver record --out DIR`";
    assert_eq!(
        told(&format!("{verify} none")),
        text(&format!("there is no recording in `none`: there is no such folder; {remedy} makes one"))
    );
    place.write("empty/README", "");
    assert_eq!(
        told(&format!("{verify} empty")),
        text(&format!("there is no recording in `empty`: it has no `recording.json`; {remedy} writes one"))
    );
    assert_eq!(
        told("record --specs specs --out empty"),
        text("`empty` holds files and is no recording: name a folder that is empty, or not there yet")
    );
    let file = format!("out/{NAME}");
    let whole = place.read(&file);
    place.write(&file, &whole.replace("{\"recording\":1", "{\"recording\":2"));
    let version = format!("`{file}` has format 2, and this version reads format 1: record it again");
    assert_eq!(told(&format!("{verify} out")), text(&version));
    place.write(&file, &whole.replace("{\"call\"", "{\"call"));
    let (code, stderr) = told(&format!("{verify} out"));
    assert_eq!(code, Some(2));
    assert!(stderr.starts_with(&format!("error: `{file}:2`: ")) && stderr.ends_with("; record it again\n"), "{stderr}");
}

#[test]
fn two_recordings_are_shown_side_by_side() {
    let place = Place::new();
    recorded(&place, "one");
    recorded(&place, "two");
    let ended = place.redeliver("diff one two");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.ends_with("0 cases differ, 3 are the same\n"), "{}", ended.stdout);
    let file = format!("two/{RECEIVE}");
    place.write(&file, &place.read(&file).replace("\"Body\":\"hello\"", "\"Body\":\"hullo\""));
    let ended = place.redeliver("diff one two");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(!ended.stdout.contains('\u{1b}'), "colours in a pipe");
    insta::with_settings!({ filters => [(r"(redeliver|reference) \d+\.\d+\.\d+", "$1 VERSION")] }, {
        insta::assert_snapshot!(ended.stdout, @r#"
        --- A: reference VERSION, in-process, us-east-1 with redeliver VERSION
        +++ B: reference VERSION, in-process, us-east-1 with redeliver VERSION

        sqs/message/receive::message-is-received-after-an-hour
          call 3, sqs:ReceiveMessage
            /ok/Messages/0/Body
              - A  "hello"
              + B  "hullo"

        1 case differs, 2 are the same
        "#);
    });
}

/// A recording of this repository.
fn shipped(name: &str) -> String {
    format!("{}/../fixtures/recordings/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn recordings_of_this_repository_are_checked_without_a_network() {
    let place = Place::new();
    let reference = place.redeliver(&format!("verify --recordings {}", shipped("reference")));
    assert_eq!(reference.code, Some(0), "{reference:?}");
    let moto = place.redeliver(&format!("verify --recordings {}", shipped("moto")));
    assert_eq!(moto.code, Some(0), "{moto:?}");
    assert!(moto.stdout.contains("known deviation"), "{}", moto.stdout);
}

#[test]
fn moto_and_the_reference_differ_where_moto_deviates() {
    let place = Place::new();
    let ended = place.redeliver(&format!("diff {} {}", shipped("reference"), shipped("moto")));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    insta::with_settings!({ filters => [
        (r"(redeliver|reference) \d+\.\d+\.\d+", "$1 VERSION"),
        (r"recorded at \S+", "recorded at TIME"),
    ] }, {
        insta::assert_snapshot!(ended.stdout);
    });
}
