//! The step.

use std::time::Duration;

use futures_util::future::{LocalBoxFuture, try_join_all};
use redeliver_check::Scene;
use redeliver_model::Service;
use redeliver_spec::{Step, WorkloadStep};
use serde_json::{Value, json};

use super::super::fill;
use super::super::judge::{Expected, Place, judge};
use super::super::session::Session;
use super::super::steps::Frame;
use super::super::stop::Stop;
use super::consume::{Consumer, Habits};
use super::dead_letters::collect;
use super::plan::{Message, Sends, plan};
use super::produce::produce;
use super::progress::Progress;
use super::verdict::verdict;
use crate::observe::Answer;

/// How much longer than the visibility timeout the queue has to stay empty: a backend may hand a message out a moment late.
const MARGIN: Duration = Duration::from_secs(2);

/// Runs producers and consumers until everything is accounted for, then checks what they saw.
pub(in super::super) async fn run(
    session: &Session<'_>,
    step: &Step,
    workload: &WorkloadStep,
    frame: &Frame,
) -> Result<(), Stop> {
    let scene = look(session, step, workload, frame).await?;
    // The suffix makes a queue FIFO, in lower case.
    let fifo = scene.queue.strip_suffix(".fifo").is_some();
    let plans = plan(&workload.produce, fifo);
    let visibility = Duration::from_millis(scene.visibility_ms);
    let quiet = visibility + workload.consume.wait + MARGIN;
    let bodies = plans.iter().flatten().flatten().map(|message: &Message| message.body.clone());
    let progress = Progress::new(bodies, plans.len(), quiet, workload.within);
    let habits = Habits::new(&workload.consume, &frame.scope, &step.pointer)?;
    let first = session.recorded();
    let all = processes(session, &step.pointer, &scene, plans, workload.consume.consumers, &habits, &progress);
    try_join_all(all).await?;
    session.tell_events();
    verdict(&session.history_from(first), &scene, workload, &step.pointer)
}

/// All processes of the workload.
fn processes<'a>(
    session: &'a Session<'_>,
    step: &'a str,
    scene: &'a Scene,
    plans: Vec<Sends>,
    consumers: u32,
    habits: &'a Habits,
    progress: &'a Progress,
) -> Vec<LocalBoxFuture<'a, Result<(), Stop>>> {
    let mut all: Vec<LocalBoxFuture<'a, Result<(), Stop>>> = Vec::new();
    for sends in plans {
        all.push(Box::pin(produce(session, step, &scene.queue, sends, progress)));
    }
    for _ in 0..consumers.max(1) {
        let consumer = Consumer::new(session, step, &scene.queue, habits, progress);
        all.push(Box::pin(consumer.run()));
    }
    if let Some(dead_letter) = &scene.dead_letter {
        all.push(Box::pin(collect(session, step, dead_letter, progress)));
    }
    all
}

/// Looks up what the history will not tell of the queue.
async fn look(session: &Session<'_>, step: &Step, workload: &WorkloadStep, frame: &Frame) -> Result<Scene, Stop> {
    let fill = |url: &String, key| fill::text(url, &frame.scope, &format!("{}/workload/{key}", step.pointer));
    let queue = fill(&workload.queue, "queue")?;
    let dead_letter = workload.dead_letter.as_ref().map(|url| fill(url, "dead-letter")).transpose()?;
    let input = json!({ "QueueUrl": queue, "AttributeNames": ["All"] });
    let seen = session.call(frame.process, Service::Sqs, "GetQueueAttributes", &input).await?;
    let place = Place {
        step: &step.pointer,
        key: "workload",
        call: "sqs:GetQueueAttributes",
        input: &input,
        empty_is_none: false,
    };
    if let Some(failure) = judge(&Expected::Success, &seen, &place)? {
        return Err(failure.into());
    }
    let Answer::Success(output) = &seen.answer else { return Err(Stop::could_not_run("the queue has no attributes")) };
    let attribute = |name: &str| output["Attributes"].get(name).and_then(Value::as_str);
    let number = |name: &str| attribute(name).and_then(|digits| digits.parse::<u64>().ok());
    let visibility = match workload.consume.visibility {
        Some(visibility) => u64::try_from(visibility.as_millis()).unwrap_or(u64::MAX),
        // The documented default: 30 seconds.
        None => number("VisibilityTimeout").unwrap_or(30) * 1000,
    };
    let redrive: Option<Value> = attribute("RedrivePolicy").and_then(|text| serde_json::from_str(text).ok());
    let receives = redrive.as_ref().and_then(|policy| match &policy["maxReceiveCount"] {
        Value::String(digits) => digits.parse().ok(),
        number => number.as_u64().and_then(|count| u32::try_from(count).ok()),
    });
    Ok(Scene {
        queue,
        dead_letter,
        visibility_ms: visibility,
        max_receive_count: receives,
        deduplication_per_group: attribute("DeduplicationScope") == Some("messageGroup"),
        topics: Vec::new(),
    })
}
