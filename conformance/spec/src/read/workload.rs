//! A workload: its fields fit each other, its invariants can be judged and its stress can happen.

use std::time::Duration;

use super::Reading;
use crate::pattern::reason;
use crate::raw::{RawAbandon, RawConsume, RawProduce, RawStep, RawWorkload};
use crate::template::has_variable;
use crate::{Abandon, Consume, Invariant, Produce, StepKind, Stress, WorkloadStep};

/// How long a workload runs when it does not say.
const WITHIN: Duration = Duration::from_mins(10);

/// The longest `WaitTimeSeconds` and `VisibilityTimeout` that SQS takes.
const WAIT_MAX: Duration = Duration::from_secs(20);
const VISIBILITY_MAX: Duration = Duration::from_hours(12);

/// What stands beside a workload of any kind.
pub(super) struct Promises {
    pub(super) within: Duration,
    pub(super) invariants: Vec<Invariant>,
    pub(super) expects: Vec<Stress>,
}

impl Reading<'_> {
    /// Reads a workload of a queue or of a stream.
    pub(super) fn workload(&mut self, raw: RawStep, pointer: &str) -> Option<StepKind> {
        let invariants = raw.invariants.unwrap_or_default();
        if invariants.is_empty() {
            let remedy = "add `invariants` beside it: what must hold over everything that was sent and received";
            self.findings
                .key(&format!("{pointer}/workload"), "a workload without `invariants` proves nothing", remedy)
                .label("no invariants");
        }
        let raw_workload = raw.workload?;
        let below = format!("{pointer}/workload");
        let within = self.duration(raw_workload.within.as_ref(), &format!("{below}/within")).unwrap_or(WITHIN);
        let promises = Promises { within, invariants, expects: raw.expects.unwrap_or_default() };
        match (raw_workload.queue.clone(), raw_workload.stream.clone()) {
            (Some(queue), None) => {
                let workload = self.of_queue(raw_workload, queue.0, promises, pointer);
                Some(StepKind::Workload(Box::new(workload)))
            }
            (None, Some(stream)) => {
                let workload = self.of_stream(raw_workload, stream.0, promises, pointer);
                Some(StepKind::StreamWorkload(Box::new(workload)))
            }
            _ => {
                let remedy = "name the queue by its URL, or the stream by its name";
                self.findings
                    .whole(&below, "a workload has exactly one of `queue` and `stream`", remedy)
                    .label("one of the two");
                None
            }
        }
    }

    fn of_queue(&mut self, raw: RawWorkload, queue: String, promises: Promises, pointer: &str) -> WorkloadStep {
        let below = format!("{pointer}/workload");
        let foreign = [
            ("read", raw.read.is_some()),
            ("reshard", raw.reshard.is_some()),
            ("replay", raw.replay.is_some()),
            ("produce/keys", raw.produce.keys.is_some()),
            ("produce/size", raw.produce.size.is_some()),
        ];
        self.foreign(&below, "a queue", &foreign);
        let workload = WorkloadStep {
            queue,
            produce: self.produce(&raw.produce, &format!("{below}/produce")),
            consume: match raw.consume {
                Some(consume) => self.consume(&consume, &format!("{below}/consume")),
                None => Consume::default(),
            },
            dead_letter: raw.dead_letter.map(|url| url.0),
            within: promises.within,
            invariants: promises.invariants,
            expects: promises.expects,
        };
        self.check_invariants(&workload, pointer);
        self.check_stress(&workload, pointer);
        workload
    }

    /// Keys that belong to workloads of another kind of thing.
    pub(super) fn foreign(&mut self, below: &str, what: &str, keys: &[(&str, bool)]) {
        for (key, _) in keys.iter().filter(|(_, is_there)| *is_there) {
            let name = key.replace('/', ".");
            let message = format!("`{name}` does not belong to a workload of {what}");
            self.findings.whole(&format!("{below}/{key}"), message, "leave it out").label("not of this kind");
        }
    }

    fn produce(&mut self, raw: &RawProduce, pointer: &str) -> Produce {
        let produce = Produce {
            producers: raw.producers.unwrap_or(1),
            messages: raw.messages,
            groups: raw.groups.unwrap_or(0),
            batch: raw.batch.unwrap_or(false),
            duplicates: raw.duplicates.unwrap_or(0),
        };
        if produce.groups > produce.messages {
            let message = format!("{} messages cannot fill {} groups", produce.messages, produce.groups);
            self.findings
                .whole(&format!("{pointer}/groups"), message, "give at most one group for each message")
                .label("too many");
        }
        if produce.duplicates > produce.messages {
            let message = format!("{} messages cannot be sent again {} times", produce.messages, produce.duplicates);
            let remedy = "a duplicate repeats one send: give at most as many as there are messages";
            self.findings.whole(&format!("{pointer}/duplicates"), message, remedy).label("too many");
        }
        if produce.duplicates > 0 && produce.groups == 0 {
            let remedy = "add `groups`: only FIFO queues deduplicate, and their messages need a group";
            self.findings
                .whole(&format!("{pointer}/duplicates"), "`duplicates` without `groups`", remedy)
                .label("no groups");
        }
        produce
    }

    fn consume(&mut self, raw: &RawConsume, pointer: &str) -> Consume {
        let preset = Consume::default();
        let wait = raw.wait.as_ref().and_then(|wait| self.seconds(&wait.0, WAIT_MAX, &format!("{pointer}/wait")));
        let visibility = raw
            .visibility
            .as_ref()
            .and_then(|timeout| self.seconds(&timeout.0, VISIBILITY_MAX, &format!("{pointer}/visibility")));
        let abandon = raw.abandon.as_ref().and_then(|abandon| self.abandon(abandon, &format!("{pointer}/abandon")));
        if raw.release == Some(true) && raw.abandon.is_none() {
            let remedy = "add `abandon`, or leave `release` out";
            self.findings
                .whole(&format!("{pointer}/release"), "`release` gives back what nobody abandons", remedy)
                .label("nothing to give back");
        }
        Consume {
            consumers: raw.consumers.unwrap_or(preset.consumers),
            batch: raw.batch.unwrap_or(preset.batch),
            wait: wait.unwrap_or(preset.wait),
            visibility,
            abandon,
            release: raw.release.unwrap_or(preset.release),
        }
    }

    /// A duration that SQS takes in whole seconds, zero included.
    fn seconds(&mut self, text: &str, most: Duration, pointer: &str) -> Option<Duration> {
        let duration = crate::step::parse_duration(text).ok();
        let good = duration.filter(|duration| duration.subsec_millis() == 0 && *duration <= most);
        if good.is_none() {
            let message = format!("`{text}` is not a whole number of seconds up to {}", most.as_secs());
            self.findings.value(pointer, message, "SQS takes whole seconds here, for example `1s`").label("not taken");
        }
        good
    }

    fn abandon(&mut self, raw: &RawAbandon, pointer: &str) -> Option<Abandon> {
        match (raw.every, &raw.body) {
            (Some(every), None) => Some(Abandon::Every(every)),
            (None, Some(body)) => {
                if !has_variable(&body.0)
                    && let Err(error) = regex::Regex::new(&body.0)
                {
                    let message = format!("`{}` is not a regular expression: {}", body.0, reason(&error));
                    let remedy = "the syntax is that of https://docs.rs/regex";
                    self.findings.value(&format!("{pointer}/body"), message, remedy).label("no expression");
                }
                Some(Abandon::Body(body.0.clone()))
            }
            _ => {
                let remedy = "write `{ every: N }` or `{ body: regex }`";
                self.findings
                    .whole(pointer, "`abandon` has exactly one of `every` and `body`", remedy)
                    .label("one of the two");
                None
            }
        }
    }

    fn check_invariants(&mut self, workload: &WorkloadStep, pointer: &str) {
        for (index, invariant) in workload.invariants.iter().enumerate() {
            let lacking = match invariant {
                Invariant::GroupOrder if workload.produce.groups == 0 => "`produce.groups`",
                Invariant::DeadLetterAfterN if workload.dead_letter.is_none() => "`workload.dead-letter`",
                Invariant::PrefixLostWrite
                | Invariant::PollSkip
                | Invariant::NonmonotonicPoll
                | Invariant::PutDuplicate
                | Invariant::ParentBeforeChild
                | Invariant::KeyOrderAcrossReshard
                | Invariant::SameReplay
                | Invariant::ShardLimits => "a stream",
                _ => continue,
            };
            let message = format!("`{invariant}` cannot be judged without {lacking}");
            let remedy = format!("add {lacking}, or leave the invariant out");
            self.findings.value(&format!("{pointer}/invariants/{index}"), message, remedy).label("always holds");
        }
    }

    fn check_stress(&mut self, workload: &WorkloadStep, pointer: &str) {
        for (index, stress) in workload.expects.iter().enumerate() {
            let lacking = match stress {
                Stress::Redelivery if workload.consume.abandon.is_none() => "`consume.abandon`",
                Stress::ConcurrentConsumers if workload.consume.consumers < 2 => "at least two `consume.consumers`",
                Stress::DeadLetter if workload.dead_letter.is_none() => "`workload.dead-letter`",
                Stress::DuplicateSend if workload.produce.duplicates == 0 => "`produce.duplicates`",
                Stress::Resharding | Stress::Throttling => "a stream",
                _ => continue,
            };
            let message = format!("`{stress}` cannot happen without {lacking}");
            let remedy = format!("add {lacking}, or leave the stress out");
            self.findings.value(&format!("{pointer}/expects/{index}"), message, remedy).label("never happens");
        }
    }
}
