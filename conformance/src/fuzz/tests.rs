//! Programs, and differences that are planted to see that they are found.

use std::sync::atomic::AtomicU64;

use redeliver_model::Service;
use serde_json::{Value, json};

use super::draw::Draw;
use super::pair::Pair;
use super::search::{Outcome, Search, Settings, search};
use super::stated::Stated;
use crate::exec::{Asked, Cancel, Played};
use crate::observe::Answer;
use crate::specs;
use crate::target::{Options, Target, find};

fn reference() -> Target {
    Target::open(find("reference").unwrap(), &Options::default()).unwrap()
}

fn settings(service: Service, seeds: u64) -> Settings {
    Settings { service, first_seed: 0, seeds, time: None, steps: 12, jobs: 1 }
}

/// What is found on a reference whose answers are changed.
fn altered(service: Service, seeds: u64, alter: &(dyn Fn(&[Asked], &mut Played) + Sync)) -> Outcome {
    let (target, against) = (reference(), reference());
    let suite = specs::folder(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/sqs/purge")).load().unwrap();
    let cancel = Cancel::new();
    let pair = Pair { target: &target, against: &against, alter, cancel: &cancel, calls: AtomicU64::new(0) };
    let stated = Stated::new(&suite, service, &target);
    let settings = settings(service, seeds);
    Search { pair, settings: &settings, stated, tell: &|_| {}, goes_on: &|| true, confirms: false }.run()
}

/// Changes the successful answers to an operation; the change sees that call last, and those before it.
fn change(calls: &[Asked], played: &mut Played, operation: &str, how: impl Fn(&[Asked], &mut Value)) {
    for (at, answer) in played.answers.iter_mut().enumerate() {
        if let Some(Answer::Success(output)) = answer.as_mut().map(|answer| &mut answer.answer)
            && calls[at].operation.name == operation
        {
            how(&calls[..=at], output);
        }
    }
}

/// The steps of a spec, without what stands around them.
fn steps(text: &str) -> &str {
    text.split_once("    steps:\n").unwrap().1
}

#[test]
fn a_seed_gives_the_same_program_each_time_and_another_seed_another() {
    for service in Service::ALL {
        let draw = Draw::new(service, 12, &|_| true);
        let programs: Vec<_> = (0..20).map(|seed| draw.program(seed)).collect();
        let again: Vec<_> = (0..20).map(|seed| Draw::new(service, 12, &|_| true).program(seed)).collect();
        assert_eq!(programs, again);
        assert!(programs.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(programs.iter().all(super::program::Program::is_whole), "{service:?}");
    }
}

#[test]
fn the_reference_does_not_differ_from_itself() {
    let suite = specs::folder(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/sqs/purge")).load().unwrap();
    for service in Service::ALL {
        let (target, against) = (reference(), reference());
        let told = search((&target, &against), &suite, &settings(service, 8), &Cancel::new(), &|_| {});
        let wrong = (told.found, told.stated, told.unconfirmed, told.reason, told.gone);
        assert_eq!(wrong, Default::default(), "{service:?}");
        assert_eq!(told.programs, 8);
    }
}

#[test]
fn a_planted_value_is_found_and_its_program_has_only_what_it_needs() {
    // A queue that forgets its delay as soon as its visibility timeout is set.
    let outcome = altered(Service::Sqs, 10, &|calls, played| {
        change(calls, played, "GetQueueAttributes", |calls, output| {
            let url = |call: &Asked| call.with["QueueUrl"].clone();
            let is_set = calls.iter().any(|call| {
                let is_same = Some(url(call)) == calls.last().map(url);
                is_same && call.with["Attributes"]["VisibilityTimeout"] == "60"
            });
            if let Some(delay) = output.pointer_mut("/Attributes/DelaySeconds").filter(|_| is_set) {
                *delay = json!("7");
            }
        });
    });
    assert_eq!(outcome.found.len(), 1, "{:#?}", outcome.found);
    insta::assert_snapshot!(steps(&outcome.found[0].text), @r#"
          - call: sqs:CreateQueue
            with: { QueueName: "${unique}" }
            save: { url1: "/QueueUrl" }
          - call: sqs:SetQueueAttributes
            with: { Attributes: { VisibilityTimeout: "60" }, QueueUrl: "${url1}" }
          - call: sqs:GetQueueAttributes
            with: { QueueUrl: "${url1}", AttributeNames: [All] }
            ok: { Attributes: { DelaySeconds: "0" } }
    "#);
}

#[test]
fn a_planted_success_is_found_and_what_is_refused_stays() {
    // A target that takes whatever is to be deleted.
    let outcome = altered(Service::Sqs, 40, &|calls, played| {
        for (at, answer) in played.answers.iter_mut().enumerate() {
            if let Some(answer) = answer.as_mut().filter(|_| calls[at].operation.name == "DeleteMessage") {
                answer.answer = Answer::Success(json!({}));
            }
        }
    });
    let found: Vec<_> = outcome.found.iter().map(|found| format!("{}\n{}", found.name, steps(&found.text))).collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
    delete-message-accepted-in-place-of-invalid-parameter-value-receipt-handle
          - call: sqs:CreateQueue
            with: { QueueName: "${unique}.fifo", Attributes: { FifoQueue: "true", VisibilityTimeout: "0" } }
            save: { url1: "/QueueUrl" }
          - call: sqs:SendMessage
            with: { MessageBody: a, QueueUrl: "${url1}", MessageGroupId: a, MessageDeduplicationId: a }
          - call: sqs:ReceiveMessage
            with: { QueueUrl: "${url1}" }
            save: { handle1: "/Messages/0/ReceiptHandle" }
          - call: sqs:DeleteMessage
            with: { QueueUrl: "${url1}", ReceiptHandle: "${handle1}" }
            error: { code: InvalidParameterValue }

    delete-message-accepted-in-place-of-missing-parameter
          - call: sqs:DeleteMessage
            error: { code: MissingParameter }

    delete-message-accepted-in-place-of-receipt-handle-is-invalid-receipt-handle
          - call: sqs:CreateQueue
            with: { QueueName: "${unique}" }
            save: { url1: "/QueueUrl" }
          - call: sqs:DeleteMessage
            with: { QueueUrl: "${url1}", ReceiptHandle: a }
            error: { code: ReceiptHandleIsInvalid }
    "#);
}

#[test]
fn one_seed_gives_the_same_bytes_twice() {
    let search = || {
        altered(Service::Kinesis, 6, &|calls, played| {
            change(calls, played, "DescribeStreamSummary", |_, output| {
                output["StreamDescriptionSummary"]["OpenShardCount"] = json!(9);
            });
        })
    };
    let (first, second) = (search(), search());
    assert!(!first.found.is_empty());
    assert_eq!(first.found, second.found);
}

#[test]
fn what_an_answer_lacks_is_not_waited_for() {
    let outcome = altered(Service::Kinesis, 12, &|calls, played| {
        change(calls, played, "DescribeStreamSummary", |_, output| {
            if let Some(summary) = output["StreamDescriptionSummary"].as_object_mut() {
                summary.remove("ConsumerCount");
            }
        });
    });
    assert_eq!(outcome.found.len(), 1, "{:#?}", outcome.found);
    insta::assert_snapshot!(steps(&outcome.found[0].text), @r#"
          - call: kinesis:CreateStream
            with: { StreamName: "${unique}" }
          - call: kinesis:DescribeStreamSummary
            with: { StreamName: "${unique}" }
            ok: { StreamDescriptionSummary: { ConsumerCount: 0 } }
    "#);
}
