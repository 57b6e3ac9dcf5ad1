//! Trying again, for what AWS grants as eventual.

use std::time::Duration;

use tokio::time::Instant;

use super::session::Session;

/// Until when a step tries again, and how it spaces its tries.
pub(super) struct Retry<'a, 's> {
    session: &'a Session<'s>,
    /// `None` where one try is all.
    end: Option<Instant>,
    pause: Duration,
    longest_pause: Duration,
}

impl<'a, 's> Retry<'a, 's> {
    /// Tries for as long as the step's `eventually` says, once where it has none.
    pub(super) fn new(session: &'a Session<'s>, eventually: Option<Duration>) -> Self {
        let (pause, longest_pause) = session.pace();
        Self { session, end: eventually.map(|longest| Instant::now() + longest), pause, longest_pause }
    }

    /// Whether the step has an `eventually` at all.
    pub(super) fn is_eventual(&self) -> bool {
        self.end.is_some()
    }

    /// Whether the last try was the last one.
    pub(super) fn is_over(&self) -> bool {
        self.left().is_zero()
    }

    /// Pauses before another try; the last one is at the very end of the time that there is. Comes back at once when it is over.
    pub(super) async fn pause(&mut self) {
        let left = self.left();
        if !left.is_zero() {
            self.session.pause(self.pause.min(left)).await;
            self.pause = (self.pause * 2).min(self.longest_pause);
        }
    }

    fn left(&self) -> Duration {
        self.end.map_or_else(Duration::default, |end| end.saturating_duration_since(Instant::now()))
    }
}
