//! A worker, and one of its lives: a crash ends a life, not the worker.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// A worker or a producer: one process of the history, through all its lives.
#[derive(Debug)]
pub(crate) struct Worker {
    /// Its number in the history.
    pub(crate) process: u32,
    /// Its name: `worker-1`.
    pub(crate) name: String,
    state: Mutex<State>,
}

/// What is known of a worker.
#[derive(Debug, Default)]
struct State {
    /// How often its futures were polled, over all lives.
    polls: u64,
    /// Polls before which something had happened since the last of them: a crash there can be told from any other.
    points: Vec<u64>,
    /// The other polls: what happened since the last of them, if anything, happened outside of the run, as in a database.
    quiet_points: Vec<u64>,
    /// Length of the history at the last point.
    seen: usize,
    /// Calls in the air.
    lanes: Vec<bool>,
    /// When its last empty receive began, if it has done nothing but ask for messages since.
    idle_since_ms: Option<u64>,
    /// Until when it stands still.
    stalled_until_ms: u64,
}

impl Worker {
    pub(crate) fn new(process: u32, name: String) -> Self {
        Self { process, name, state: Mutex::default() }
    }

    /// Counts a poll and gives its number, from 1. `happened` is the length of the history.
    pub(crate) fn polled(&self, happened: usize) -> u64 {
        let mut state = self.state();
        state.polls += 1;
        let poll = state.polls;
        if poll > 1 && state.seen != happened {
            state.points.push(poll);
        } else if poll > 1 {
            state.quiet_points.push(poll);
        }
        state.seen = happened;
        state.polls
    }

    /// How often its futures were polled.
    pub(crate) fn polls(&self) -> u64 {
        self.state().polls
    }

    /// Polls before which a crash can be told from any other.
    pub(crate) fn points(&self) -> Vec<u64> {
        self.state().points.clone()
    }

    /// The other polls.
    pub(crate) fn quiet_points(&self) -> Vec<u64> {
        self.state().quiet_points.clone()
    }

    /// Takes the lowest free lane: calls in the air at the same time are processes of their own in the history. To ask for messages does
    /// not end idleness, to get some does.
    pub(crate) fn take_lane(&self, asks: bool) -> usize {
        let mut state = self.state();
        state.idle_since_ms = state.idle_since_ms.filter(|_| asks);
        let free = state.lanes.iter().position(|taken| !taken);
        let lane = free.unwrap_or(state.lanes.len());
        match free {
            Some(lane) => state.lanes[lane] = true,
            None => state.lanes.push(true),
        }
        lane
    }

    /// Gives a lane back; `idle` tells since when the worker has nothing to do, if it has nothing. A call that `only_looks` changes nothing.
    pub(crate) fn free_lane(&self, lane: usize, idle: Option<u64>, only_looks: bool) {
        let mut state = self.state();
        state.lanes[lane] = false;
        if !only_looks {
            state.idle_since_ms = idle;
        }
    }

    /// Calls that were in the air at the same time, at most.
    pub(crate) fn lanes(&self) -> u32 {
        u32::try_from(self.state().lanes.len()).expect("a process has not four billion calls in the air")
    }

    /// Whether all that it did since this time was to ask for messages in vain.
    pub(crate) fn is_idle_since(&self, at_ms: u64) -> bool {
        self.state().idle_since_ms.is_some_and(|idle| idle >= at_ms)
    }

    /// Notes that it stands still until then.
    pub(crate) fn stalls_until(&self, at_ms: u64) {
        self.state().stalled_until_ms = at_ms;
    }

    /// Whether it stands still, or has just stood still: what it does then is still to come.
    pub(crate) fn is_stalled(&self, now_ms: u64, settled_ms: u64) -> bool {
        let until = self.state().stalled_until_ms;
        until > 0 && now_ms < until + settled_ms
    }

    /// Whether a call is in the air.
    pub(crate) fn is_calling(&self) -> bool {
        self.state().lanes.contains(&true)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One life of a worker.
#[derive(Debug)]
pub(crate) struct Life {
    pub(crate) worker: Arc<Worker>,
    dead: AtomicBool,
    stopping: AtomicBool,
    stop: Notify,
}

impl Life {
    pub(crate) fn new(worker: Arc<Worker>) -> Self {
        let (dead, stopping, stop) = (AtomicBool::new(false), AtomicBool::new(false), Notify::new());
        Self { worker, dead, stopping, stop }
    }

    /// Ends it: nothing that was spawned in it reaches the world any more.
    pub(crate) fn end(&self) {
        self.dead.store(true, Ordering::Release);
    }

    pub(crate) fn is_over(&self) -> bool {
        self.dead.load(Ordering::Acquire)
    }

    /// Asks it to stop in an orderly manner.
    pub(crate) fn ask_to_stop(&self) {
        self.stopping.store(true, Ordering::Release);
        self.stop.notify_waiters();
    }

    pub(crate) fn is_asked_to_stop(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// Waits until it is asked to stop.
    pub(crate) async fn stopped(&self) {
        loop {
            let told = self.stop.notified();
            tokio::pin!(told);
            told.as_mut().enable();
            if self.is_asked_to_stop() {
                return;
            }
            told.await;
        }
    }
}

thread_local! {
    /// Whose code runs on this thread.
    static ACTING: RefCell<Option<Arc<Life>>> = const { RefCell::new(None) };
}

/// Runs `work` as the deed of this life.
pub(crate) fn acting_as<T>(life: &Arc<Life>, work: impl FnOnce() -> T) -> T {
    let before = ACTING.replace(Some(Arc::clone(life)));
    let restore = Restore(before);
    let done = work();
    drop(restore);
    done
}

struct Restore(Option<Arc<Life>>);

impl Drop for Restore {
    fn drop(&mut self) {
        ACTING.replace(self.0.take());
    }
}

/// The process whose code runs, 0 for the test itself; `None` when it is dead.
pub(crate) fn acting() -> Option<u32> {
    ACTING.with_borrow(|life| match life {
        None => Some(0),
        Some(life) if life.is_over() => None,
        Some(life) => Some(life.worker.process),
    })
}
