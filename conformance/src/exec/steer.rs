//! Virtual time over a socket: the clock of the target and that of this case stand still, and are put ahead together when all
//! that the case does waits for time to pass, and what the target sends to endpoints of the case has come there.
//!
//! The runtime's clock is paused and kept from moving by itself, which tokio does as long as a blocking task runs: that task is also the
//! one that looks, every millisecond of real time, whether the calls in the air have all become long polls on the target.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::hook::Endpoints;
use crate::client::{Reading, ServedClock};

/// How often the target is asked, in real time, whether calls in the air wait there.
const LOOK: Duration = Duration::from_millis(1);
const MILLISECOND: Duration = Duration::from_millis(1);

/// Steers the clock of a target for one case.
pub(super) struct Steering {
    clock: ServedClock,
    /// Where the target delivers to.
    endpoints: Arc<Endpoints>,
    /// Calls that were sent and not answered.
    in_flight: Cell<usize>,
    /// When pauses end, with how many end then.
    ends: RefCell<BTreeMap<Instant, usize>>,
    /// Counts what begins and ends.
    moves: Cell<u64>,
    moved: Notify,
    look: Arc<Notify>,
    /// Ends the task that looks when it is dropped.
    _looking: Sender<()>,
}

impl Steering {
    /// Begins to steer; the target's clock stands still from now on.
    pub(super) fn begin(clock: ServedClock, endpoints: Arc<Endpoints>) -> Result<Self, String> {
        let look = Arc::new(Notify::new());
        let (looking, ended) = channel::<()>();
        let looker = Arc::clone(&look);
        tokio::task::spawn_blocking(move || {
            while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                looker.notify_one();
            }
        });
        clock.freeze()?;
        Ok(Self {
            clock,
            endpoints,
            in_flight: Cell::new(0),
            ends: RefCell::default(),
            moves: Cell::new(0),
            moved: Notify::new(),
            look,
            _looking: looking,
        })
    }

    /// A call that is in the air as long as what this gives lives.
    pub(super) fn call(&self) -> impl Drop + '_ {
        self.in_flight.set(self.in_flight.get() + 1);
        self.note_move();
        Undo(|| {
            self.in_flight.set(self.in_flight.get() - 1);
            self.note_move();
        })
    }

    /// Comes back when this much time has passed.
    pub(super) async fn pause(&self, duration: Duration) {
        let end = Instant::now() + duration;
        *self.ends.borrow_mut().entry(end).or_default() += 1;
        self.note_move();
        let _paused = Undo(|| {
            let mut ends = self.ends.borrow_mut();
            if let Some(count) = ends.get_mut(&end) {
                *count -= 1;
            }
            ends.retain(|_, count| *count > 0);
            drop(ends);
            self.note_move();
        });
        tokio::time::sleep_until(end).await;
    }

    /// Lets time pass whenever everything waits for it; comes back with a reason when the target's clock cannot be steered any more.
    pub(super) async fn drive(&self) -> String {
        loop {
            match self.step().await {
                Ok(Some(step)) => {
                    // Nothing of the case goes on between the two, so that no answer is seen at the time before.
                    if let Err(reason) = self.clock.advance(step) {
                        return reason;
                    }
                    tokio::time::advance(Duration::from_millis(step)).await;
                }
                Ok(None) => {}
                Err(reason) => return reason,
            }
        }
    }

    /// Waits until everything waits for time to pass; gives how much has to, in milliseconds.
    async fn step(&self) -> Result<Option<u64>, String> {
        let moves = self.moves.get();
        if self.in_flight.get() == 0 && !self.endpoints.are_there() {
            if let Some(left) = self.next_end() {
                // Whoever woke up just now goes first.
                tokio::task::yield_now().await;
                return Ok((moves == self.moves.get()).then(|| whole(left)));
            }
            self.moved.notified().await;
            return Ok(None);
        }
        self.look.notified().await;
        if moves != self.moves.get() {
            return Ok(None);
        }
        let Reading { now_ms, waiting, posting, due_ms } = self.clock.read()?;
        // What the target has sent to an endpoint is there only when it waits there; before, no time may pass.
        let is_settled = !self.endpoints.are_there() || posting == self.endpoints.held().0;
        if waiting != self.in_flight.get() || !is_settled {
            return Ok(None);
        }
        let due = due_ms.map(|due| due.saturating_sub(now_ms).max(1));
        Ok(due.into_iter().chain(self.next_end().map(whole)).min())
    }

    /// When the first pause ends, or the first request that waits at an endpoint gets its answer.
    fn next_end(&self) -> Option<Duration> {
        let pause = self.ends.borrow().keys().next().copied();
        let first = pause.into_iter().chain(self.endpoints.held().1).min()?;
        Some(first.saturating_duration_since(Instant::now()))
    }

    fn note_move(&self) {
        self.moves.set(self.moves.get() + 1);
        self.moved.notify_one();
    }
}

/// Milliseconds, rounded up, at least one: timers fire at whole ones.
fn whole(duration: Duration) -> u64 {
    let rounded = duration.as_nanos().div_ceil(MILLISECOND.as_nanos()).max(1);
    u64::try_from(rounded).unwrap_or(u64::MAX)
}

/// Does something when it is dropped.
struct Undo<F: FnMut()>(F);

impl<F: FnMut()> Drop for Undo<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}
