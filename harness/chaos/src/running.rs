//! What goes on by itself after a fault fired: calls that keep failing for a while, and requests that are still under way.

use std::time::Duration;

use redeliver_model::Value;

use crate::Call;
use crate::edit::text;
use crate::reply::Answer;
use crate::rule::Break;

/// What goes on by itself.
#[derive(Debug, Default)]
pub(crate) struct Running {
    failing: Vec<Failing>,
    attempts: Vec<FailingCall>,
    under_way: Vec<UnderWay>,
}

/// A call that reaches the backend later.
#[derive(Debug)]
struct UnderWay {
    due: Duration,
    operation: &'static str,
    input: Value,
    /// Whether its caller was told that it is done.
    owed: bool,
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

/// A call that fails at each of its attempts.
#[derive(Debug)]
struct FailingCall {
    consumer: String,
    operation: &'static str,
    input: Value,
    end: End,
}

impl FailingCall {
    /// Whether this is an attempt at the same call, as far as that can be seen: ids of invocations are random, so nothing reads them.
    fn is(&self, call: &Call) -> bool {
        (self.operation, self.consumer.as_str(), &self.input)
            == (call.operation.name, call.consumer.as_str(), &call.input)
    }
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

    /// Lets the further attempts at this call fail, too. Of clients that do not count their attempts only this one fails.
    pub(crate) fn fail_attempts(&mut self, call: &Call, end: End) {
        let (consumer, input) = (call.consumer.clone(), call.input.clone());
        self.attempts.push(FailingCall { consumer, operation: call.operation.name, input, end });
    }

    /// How a further attempt at a call ends that fails at each. A first attempt is another call, after which the failing one is over.
    pub(crate) fn end_attempt(&mut self, call: &Call) -> Option<End> {
        if call.attempt <= 1 {
            self.attempts.retain(|failing| !failing.is(call));
        }
        self.attempts.iter().find(|failing| failing.is(call)).map(|failing| failing.end.clone())
    }

    /// Lets a call reach the backend at the first call from `due` on, before that one.
    pub(crate) fn send(&mut self, due: Duration, operation: &'static str, input: Value) {
        self.under_way.push(UnderWay { due, operation, input, owed: false });
    }

    /// The same for a call whose caller was told that it is done.
    pub(crate) fn owe(&mut self, due: Duration, operation: &'static str, input: Value) {
        self.under_way.push(UnderWay { due, operation, input, owed: true });
    }

    /// Forgets what is owed where a newer call does the same to the same.
    pub(crate) fn supersede(&mut self, call: &Call) {
        let target =
            |input: &Value| ["SubscriptionArn", "AttributeName"].map(|name| text(input, name).map(str::to_owned));
        let same =
            |owed: &UnderWay| owed.operation == call.operation.name && target(&owed.input) == target(&call.input);
        self.under_way.retain(|under_way| !(under_way.owed && same(under_way)));
    }

    /// The next call that was under way for long enough, if `call` is one to the service that it goes to.
    pub(crate) fn arrive(&mut self, now: Duration, call: &Call) -> Option<(&'static str, Value)> {
        let model = call.operation.service.model();
        let arrives = |call: &UnderWay| call.due <= now && model.operation(call.operation).is_some();
        let index = self.under_way.iter().position(arrives)?;
        let UnderWay { operation, input, .. } = self.under_way.remove(index);
        Some((operation, input))
    }

    /// Ends all of it; what is owed is no longer late.
    pub(crate) fn heal(&mut self) {
        let mut under_way = std::mem::take(&mut self.under_way);
        under_way.retain(|call| call.owed);
        for call in &mut under_way {
            call.due = Duration::ZERO;
        }
        *self = Self { under_way, ..Self::default() };
    }
}
