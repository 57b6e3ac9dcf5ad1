//! Whether what was promised to happen did happen: without it a verdict means nothing.

use crate::{Phase, Record, Scene, Stress, Verdict, What};

/// Something that a run must have gone through for its verdicts to mean anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// A fault of this rule, in this phase where one is named.
    Fault {
        /// Name of the rule.
        rule: String,
        /// The phase; any when `None`.
        phase: Option<Phase>,
    },
    /// A crash of a consumer.
    Crash,
    /// A shutdown of a consumer.
    Shutdown,
    /// A stress on a queue or a stream.
    Stress(Stress),
}

impl Promise {
    /// Whether it was kept, on any of the queues or streams.
    pub fn is_kept(&self, history: &[Record], queues: &[Scene]) -> bool {
        match self {
            Self::Fault { rule, phase } => history.iter().any(|record| match &record.what {
                What::Fault { rule: fired, phase: at, .. } => fired == rule && phase.is_none_or(|phase| phase == *at),
                _ => false,
            }),
            Self::Crash => history.iter().any(|record| matches!(record.what, What::Crash { .. })),
            Self::Shutdown => history.iter().any(|record| matches!(record.what, What::Shutdown)),
            Self::Stress(stress) => {
                queues.iter().any(|scene| stress.happened(history, scene)) || stress.happened_to_streams(history)
            }
        }
    }

    /// In words, a lowercase fragment.
    fn words(&self) -> String {
        match self {
            Self::Fault { rule, phase: None } => format!("a fault `{rule}`"),
            Self::Fault { rule, phase: Some(phase) } => format!("a fault `{rule}` {}", phase.words()),
            Self::Crash => "a crash".to_owned(),
            Self::Shutdown => "a shutdown".to_owned(),
            Self::Stress(stress) => format!("the stress `{}`", stress.name()),
        }
    }
}

/// Holds when all promises were kept; otherwise nothing is known, however well the invariants held. Never broken.
pub fn vacuity(history: &[Record], queues: &[Scene], promises: &[Promise]) -> Verdict {
    let missing: Vec<_> =
        promises.iter().filter(|promise| !promise.is_kept(history, queues)).map(Promise::words).collect();
    if missing.is_empty() {
        Verdict::Holds
    } else {
        Verdict::unknown(format!("{}, which never happened", missing.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Promise, vacuity};
    use crate::story::{SCENE, Story};
    use crate::{Phase, Stress, Verdict};

    #[test]
    fn broken_promise_makes_the_verdict_unknown() {
        let fault = |phase| Promise::Fault { rule: "lost-reply".to_owned(), phase };
        let promises = [
            fault(None),
            fault(Some(Phase::BeforeEffect)),
            Promise::Crash,
            Promise::Shutdown,
            Promise::Stress(Stress::Redelivery),
        ];
        let mut story = Story::new();
        story.send("a", None, None).receive(1, &["a"]).fault(1, "S18", "lost-reply", None).receive(1, &["a"]).crash(1);
        let needs = "a fault `lost-reply` before its effect, a shutdown, which never happened".to_owned();
        assert_eq!(vacuity(story.records(), &[SCENE()], &promises), Verdict::Unknown { needs });
        assert_eq!(vacuity(story.records(), &[SCENE()], &promises[..1]), Verdict::Holds);
    }
}
