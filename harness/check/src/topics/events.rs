//! What the backend's own words say of topics.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde_json::Value;

use super::{Attempt, End, Since, Topics, Trail};
use crate::traffic::{ToldOfTopic, Traffic, field, sequence, text};

/// Trails by the number of the delivery that the backend gave, and by message and subscription, the newest last.
#[derive(Default)]
struct Tracks {
    by_delivery: HashMap<u64, usize, FxBuildHasher>,
    by_passage: HashMap<(usize, usize), Vec<usize>, FxBuildHasher>,
}

/// Everything that the backend told of its topics.
pub(super) fn read<'a>(topics: &mut Topics<'a>, traffic: &Traffic<'a>) {
    let mut tracks = Tracks::default();
    for told in &traffic.told_of_topics {
        let since = Since::at(told.at_ms);
        let detail = |name| text(told.detail, name);
        match told.name {
            "topic-created" => {
                let given = field(told.detail, "attributes").and_then(|all| field(all, "DeliveryPolicy")?.as_str());
                if let Some(policy) = given {
                    topics.delivery_policies.entry(told.topic).or_default().add(since, policy);
                }
            }
            "topic-changed" if detail("name") == "DeliveryPolicy" => {
                topics.delivery_policies.entry(told.topic).or_default().add(since, detail("value"));
            }
            "topic-deleted" => {
                for subscription in topics.subscriptions.iter_mut().filter(|one| one.topic == told.topic) {
                    subscription.end(told.at);
                }
            }
            "published" => {
                let number = topics.notice(detail("message"));
                let notice = &mut topics.notices[number];
                notice.group = notice.group.or_else(|| field(told.detail, "group")?.as_str());
                notice.sequence = notice.sequence.or_else(|| sequence(field(told.detail, "sequence")));
            }
            "subscribed" | "subscription-changed" | "confirmed" | "unsubscribed" => subscription(topics, told, since),
            _ if !detail("subscription").is_empty() && !detail("message").is_empty() => {
                passage(topics, &mut tracks, told);
            }
            _ => {}
        }
    }
}

fn subscription<'a>(topics: &mut Topics<'a>, told: &ToldOfTopic<'a>, since: Since) {
    let detail = |name| text(told.detail, name);
    let number = topics.subscription(detail("subscription"));
    let subscription = &mut topics.subscriptions[number];
    match told.name {
        "subscribed" => {
            let names = [told.topic, detail("protocol"), detail("endpoint")];
            subscription.made(since, names, field(told.detail, "attributes"));
        }
        "subscription-changed" => subscription.set(since, detail("name"), detail("value")),
        "confirmed" => subscription.begin(told.at),
        _ => subscription.end(told.at),
    }
}

/// What happened to a message on its way to a subscription.
fn passage<'a>(topics: &mut Topics<'a>, tracks: &mut Tracks, told: &ToldOfTopic<'a>) {
    let message = topics.notice(text(told.detail, "message"));
    let subscription = topics.subscription(text(told.detail, "subscription"));
    let whole = |name| field(told.detail, name).and_then(Value::as_u64);
    let at_ms = told.at_ms;
    let one = topics.passages.entry((message, subscription)).or_default();
    match told.name {
        "filtered" => one.filtered_ms = one.filtered_ms.or(Some(at_ms)),
        "delayed" => one.until_ms = whole("until-ms"),
        "attempted" => {
            one.let_through_ms = one.let_through_ms.or(Some(at_ms));
            // Its outcome is still to come.
            one.until_ms = Some(u64::MAX);
        }
        "delivered" => {
            one.let_through_ms = one.let_through_ms.or(Some(at_ms));
            one.delivered = true;
            if !text(told.detail, "became").is_empty() {
                topics.enqueued.push((message, subscription));
            }
        }
        "delivery-failed" => one.until_ms = whole("again-at-ms"),
        "dead-lettered" | "dropped" => one.given_up = true,
        _ => {}
    }
    follow(topics, tracks, told, (message, subscription));
}

/// The same, attempt by attempt.
fn follow(topics: &mut Topics<'_>, tracks: &mut Tracks, told: &ToldOfTopic<'_>, passage: (usize, usize)) {
    let whole = |name| field(told.detail, name).and_then(Value::as_u64);
    let at_ms = told.at_ms;
    let end = match told.name {
        "attempted" => {
            let number = trail(topics, tracks, whole("delivery"), passage);
            let attempt = Attempt { number: whole("attempt").unwrap_or_default(), begin_ms: at_ms, end: None };
            return topics.trails[number].attempts.push(attempt);
        }
        "delivered" => End::Delivered,
        "delivery-failed" => End::Failed { status: whole("status"), again_ms: whole("again-at-ms") },
        "dead-lettered" | "dropped" => {
            let over = |number: &&usize| topics.trails[**number].is_over();
            let all = tracks.by_passage.get(&passage).map_or(&[][..], Vec::as_slice);
            let number = match all.iter().find(over).or(all.last()) {
                Some(number) => *number,
                None => trail(topics, tracks, None, passage),
            };
            let trail = &mut topics.trails[number];
            trail.given_up_at = told.at;
            if told.name == "dropped" {
                trail.dropped_ms = Some(at_ms);
            } else {
                trail.dead_lettered_ms = Some(at_ms);
                trail.dead_letter_queue = Some(text(told.detail, "to").to_owned());
            }
            return;
        }
        _ => return,
    };
    // What is delivered without attempts being told has no trail.
    let number = whole("delivery").and_then(|delivery| tracks.by_delivery.get(&delivery).copied());
    if let Some(attempt) = number.and_then(|number| topics.trails[number].attempts.last_mut()) {
        attempt.end.get_or_insert((at_ms, end));
    }
}

/// The trail of a delivery.
fn trail(
    topics: &mut Topics<'_>,
    tracks: &mut Tracks,
    delivery: Option<u64>,
    (message, subscription): (usize, usize),
) -> usize {
    let new = topics.trails.len();
    let number = delivery.map_or(new, |delivery| *tracks.by_delivery.entry(delivery).or_insert(new));
    if number == new {
        topics.trails.push(Trail { message, subscription, ..Trail::default() });
        tracks.by_passage.entry((message, subscription)).or_default().push(number);
    }
    number
}
