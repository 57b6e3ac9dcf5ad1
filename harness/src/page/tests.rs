//! The page is XML, shows what it should, and stays small.

use quick_xml::Reader;
use quick_xml::events::Event;
use redeliver_check::{Record, What};
use serde_json::json;

use super::page;
use crate::story::Told;
use crate::story::tests::{charged_twice, lost_in_a_crash, two_at_once};

/// Reads a page to its end. Gives the texts of its titles, with what was written out read back.
fn titles(page: &str) -> Vec<String> {
    let mut reader = Reader::from_str(page);
    let (mut titles, mut within) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return titles,
            Event::Start(tag) if tag.name().as_ref() == b"title" => {
                within = true;
                titles.push(String::new());
            }
            Event::End(tag) if tag.name().as_ref() == b"title" => within = false,
            Event::Text(text) if within => titles.last_mut().unwrap().push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) if within => {
                let text = match name.resolve_char_ref().unwrap() {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&name.decode().unwrap()).unwrap().to_owned(),
                };
                titles.last_mut().unwrap().push_str(&text);
            }
            _ => {}
        }
    }
}

#[test]
fn pages_are_xml_and_title_everything() {
    let titles = titles(&page(&charged_twice()));
    let expected = [
        "effect-once: order-3 was charged 2 times (allowed 1)",
        "m2 hidden for worker-0: from 0.305s to 0.325s, when it was deleted or moved",
        "0.030s producer: send order-3 -> stored as m2, NO REPLY [lost-reply (S24)]",
        "2.305s worker-1: effect for order-3: 100",
    ];
    for title in expected {
        assert!(titles.iter().any(|found| found == title), "{title:?} is not among {titles:#?}");
    }
}

#[test]
fn page_of_a_small_failure() {
    insta::assert_snapshot!(page(&charged_twice()).replace(include_str!("page.css"), ""));
}

#[test]
fn page_of_a_loss_marks_what_never_happened() {
    let html = page(&lost_in_a_crash());
    assert!(titles(&html).iter().any(|title| title.contains("31.020s worker-0: delete m1")), "{html}");
    assert_eq!(html.matches("violates effect-lost").count(), 2, "once in the picture, once in the story");
}

#[test]
fn text_of_the_run_cannot_become_markup() {
    let mut told = charged_twice();
    let evil = "</title><script>alert('&')</script>\u{0}\u{1b}[31m]]>";
    for text in [&mut told.test, &mut told.property, &mut told.headline, &mut told.replay] {
        evil.clone_into(text);
    }
    told.faults[0].legality.documentation = format!("javascript:{evil}");
    told.faults[0].place = evil.into();
    told.keys = vec![evil.into()];
    told.names.insert(2, evil.into());
    told.also[0].what = evil.into();
    told.files = vec![evil.into()];
    told.history.push(Record { at_ms: 3_000, process: 2, what: What::Crash { reason: evil.into() } });
    let input = json!({ "QueueUrl": evil, "MessageBody": evil });
    told.history.push(Record {
        at_ms: 3_000,
        process: 2,
        what: What::Invoke { call: "sqs:SendMessage".into(), input },
    });
    let html = page(&told);
    assert!(!titles(&html).is_empty() && !html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
}

#[test]
fn page_of_an_empty_history_is_a_page() {
    assert!(!titles(&page(&Told::default())).is_empty());
}

#[test]
fn size_does_not_grow_with_the_run() {
    let mut told = charged_twice();
    let effect = |at_ms| Record {
        at_ms,
        process: 2,
        what: What::Effect { key: "order-3".into(), value: json!(1), message: None },
    };
    told.history.extend((3_000..23_000).map(effect));
    let html = page(&told);
    assert!(!titles(&html).is_empty() && html.len() < 1_000_000, "{} bytes", html.len());
}

#[test]
fn handlers_at_the_same_time_have_bars_of_their_own() {
    let titles = titles(&page(&two_at_once()));
    let expected = [
        "worker-1 busy with m1: from 0.120s to 31.000s, done",
        "worker-2 busy with m1: from 30.220s to 30.230s, failed",
        "m1 hidden for nobody: the reply was lost: from 60.305s to 90.305s, or later: the run ends before",
        "a copy of m1 for worker-1 at 61.010s, of which the queue knows nothing",
    ];
    for title in expected {
        assert!(titles.iter().any(|found| found == title), "{title:?} is not among {titles:#?}");
    }
}

#[test]
fn page_asks_for_nothing_from_elsewhere() {
    let html = page(&charged_twice());
    for source in ["src=", "<link", "@import", "url(", "<script", "<img", "<iframe"] {
        assert!(!html.contains(source), "{source} in the page");
    }
}
