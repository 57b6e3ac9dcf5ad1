//! Calls that wait for their answer, and who lets time pass for them.
//!
//! No task runs in the background: one of the calls that wait leads. It sleeps until something is due, carries it out, and
//! goes on until its own answer is there; then the call that has waited longest leads. So nothing spins, nothing outlives the
//! calls, and the order is the same in every run.

use std::convert::Infallible;
use std::sync::Arc;

use redeliver_core::{Outcome, Ticket};
use tokio::sync::{Mutex, Notify, oneshot};

use crate::engine::Engine;

/// Who leads, and how the leader learns that something is due earlier or later than it thought.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    lead: Mutex<()>,
    changed: Notify,
}

impl Pace {
    /// Tells the leader, or the next one, to look again when something is due.
    pub(crate) fn changed(&self) {
        self.changed.notify_one();
    }

    /// Leads as soon as nobody else does, and lets time pass for everybody.
    pub(crate) async fn lead(&self, engine: &Engine) -> Infallible {
        let _lead = self.lead.lock().await;
        loop {
            let due = engine.tick();
            let sleep = async {
                match due {
                    Some(at) => engine.clock.advance_to(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = self.changed.notified() => {}
                () = sleep => {}
            }
        }
    }
}

/// A call that waits. Dropping it tells the world that its caller went away.
#[derive(Debug)]
pub(crate) struct Waiting {
    engine: Arc<Engine>,
    ticket: Ticket,
    answer: oneshot::Receiver<Outcome>,
}

impl Waiting {
    pub(crate) fn new(engine: Arc<Engine>, ticket: Ticket, answer: oneshot::Receiver<Outcome>) -> Self {
        Self { engine, ticket, answer }
    }

    /// The answer; `None` when there will be none.
    pub(crate) async fn answer(mut self) -> Option<Outcome> {
        let engine = Arc::clone(&self.engine);
        tokio::select! {
            biased;
            outcome = &mut self.answer => outcome.ok(),
            never = engine.pace.lead(&engine) => match never {},
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.engine.abandon(self.ticket);
    }
}
