//! What all processes of a workload know together.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

/// What is done, and when to end.
#[derive(Debug)]
pub(super) struct Progress {
    give_up: Instant,
    /// How long the queue has to stay empty.
    quiet: Duration,
    inner: RefCell<Inner>,
}

#[derive(Debug)]
struct Inner {
    producing: usize,
    last_message: Instant,
    /// Bodies of messages that are yet to be deleted or found in the dead-letter queue.
    open: BTreeSet<String>,
}

impl Progress {
    /// Nothing is done yet. `quiet` is how long the queue has to stay empty, longer than the visibility timeout.
    pub(super) fn new(
        bodies: impl IntoIterator<Item = String>,
        producers: usize,
        quiet: Duration,
        within: Duration,
    ) -> Self {
        let now = Instant::now();
        let inner = Inner { producing: producers, last_message: now, open: bodies.into_iter().collect() };
        Self { give_up: now + within, quiet, inner: RefCell::new(inner) }
    }

    /// A producer is done.
    pub(super) fn produced(&self) {
        let mut inner = self.inner.borrow_mut();
        inner.producing -= 1;
        inner.last_message = Instant::now();
    }

    /// Messages came.
    pub(super) fn received(&self) {
        self.inner.borrow_mut().last_message = Instant::now();
    }

    /// The message of this body is deleted, or was found in the dead-letter queue.
    pub(super) fn settled(&self, body: &str) {
        self.inner.borrow_mut().open.remove(body);
    }

    /// Whether everything was sent and the queue stayed empty long enough.
    pub(super) fn is_quiet(&self) -> bool {
        let inner = self.inner.borrow();
        inner.producing == 0 && inner.last_message.elapsed() > self.quiet
    }

    /// Whether the workload is over: quiet with every message accounted for, or out of time.
    pub(super) fn is_over(&self) -> bool {
        let accounted = self.inner.borrow().open.is_empty();
        (accounted && self.is_quiet()) || Instant::now() >= self.give_up
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_workload_is_over_when_it_is_quiet_and_all_is_accounted_for() {
        let progress = Progress::new(["a".to_owned()], 1, Duration::from_secs(5), Duration::from_mins(1));
        let mut seen = Vec::new();
        let mut note = |progress: &Progress| seen.push((progress.is_quiet(), progress.is_over()));
        tokio::time::advance(Duration::from_secs(6)).await;
        note(&progress); // Still producing.
        progress.produced();
        note(&progress);
        tokio::time::advance(Duration::from_secs(6)).await;
        note(&progress); // Quiet, but `a` is missing.
        progress.settled("a");
        note(&progress);
        progress.received();
        note(&progress);
        assert_eq!(seen, [(false, false), (false, false), (true, false), (true, true), (false, false)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_workload_is_over_when_its_time_is_up() {
        let progress = Progress::new(["a".to_owned()], 1, Duration::from_secs(5), Duration::from_mins(1));
        tokio::time::advance(Duration::from_mins(1)).await;
        assert_eq!((progress.is_quiet(), progress.is_over()), (false, true));
    }
}
