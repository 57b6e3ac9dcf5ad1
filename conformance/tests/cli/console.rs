//! What a person sees.

use crate::program::Place;

/// Output without the two figures of a run that are never the same.
fn stable(place: &Place, text: &str) -> String {
    let text = text.replace(&place.path("").display().to_string(), "");
    let mut words: Vec<_> = text.lines().map(str::to_owned).collect();
    if let Some(last) = words.last_mut()
        && let Some((start, _)) = last.rsplit_once(" in ")
    {
        *last = format!("{start} in TIME");
    }
    words.join("\n")
}

#[test]
fn failure_shows_expected_seen_place_reason_and_command() {
    let place = Place::new();
    let ended = place.run("sqs/queue --seed 7");
    insta::assert_snapshot!(stable(&place, &ended.stdout), @"");
}

#[test]
fn quiet_run_prints_ids_and_the_last_line() {
    let place = Place::new();
    let ended = place.run("-q");
    insta::assert_snapshot!(stable(&place, &ended.stdout), @"");
}

#[test]
fn colour_is_used_when_asked_for_alone() {
    let place = Place::new();
    let coloured = |arguments: &str| place.run(arguments).stdout.contains('\u{1b}');
    assert_eq!([coloured(""), coloured("--color never"), coloured("--color always")], [false, false, true]);
}

#[test]
fn report_on_standard_output_stands_there_alone() {
    let ended = Place::new().run("--report json=-");
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(report["version"], 1);
    assert!(ended.stderr.contains("3 cases on reference"), "{}", ended.stderr);
}
