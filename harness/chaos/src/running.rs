//! What goes on by itself after a fault fired: calls that keep failing for a while, and requests that are still under way.

use std::time::Duration;

use redeliver_model::Value;

use crate::Call;
use crate::reply::Answer;
use crate::rule::Break;

/// What goes on by itself.
#[derive(Debug, Default)]
pub(crate) struct Running {
    failing: Vec<Failing>,
    under_way: Vec<(Duration, &'static str, Value)>,
}

/// Calls that fail for a while.
#[derive(Debug)]
struct Failing {
    until: Duration,
    /// API names; empty for all.
    operations: &'static [&'static str],
    /// The queue; none for all.
    queue: Option<String>,
    end: End,
}

/// How calls end that never reach the backend.
#[derive(Debug, Clone)]
pub(crate) enum End {
    /// With this answer.
    Answer(Answer),
    /// Without one.
    Break(Break),
}

impl Running {
    /// Lets calls of these operations (all, if none is named) on a queue (or on all) fail until then.
    pub(crate) fn fail(&mut self, until: Duration, operations: &'static [&'static str], queue: Option<&str>, end: End) {
        self.failing.push(Failing { until, operations, queue: queue.map(str::to_owned), end });
    }

    /// How a call ends, if it is one of those that fail now.
    pub(crate) fn end(&mut self, call: &Call, now: Duration) -> Option<End> {
        self.failing.retain(|failing| now < failing.until);
        let fits = |failing: &&Failing| {
            (failing.operations.is_empty() || failing.operations.contains(&call.operation.name))
                && failing.queue.as_deref().is_none_or(|queue| call.queue() == Some(queue))
        };
        self.failing.iter().find(fits).map(|failing| failing.end.clone())
    }

    /// Lets a call reach the backend at the first call from `due` on, before that one.
    pub(crate) fn send(&mut self, due: Duration, operation: &'static str, input: Value) {
        self.under_way.push((due, operation, input));
    }

    /// The next call that was under way for long enough, if `call` is one to the service that it goes to.
    pub(crate) fn arrive(&mut self, now: Duration, call: &Call) -> Option<(&'static str, Value)> {
        let model = call.operation.service.model();
        let arrives = |(due, operation, _): &(_, &str, _)| *due <= now && model.operation(operation).is_some();
        let index = self.under_way.iter().position(arrives)?;
        let (_, operation, input) = self.under_way.remove(index);
        Some((operation, input))
    }

    /// Ends all of it.
    pub(crate) fn heal(&mut self) {
        *self = Self::default();
    }
}
