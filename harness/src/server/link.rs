//! What the server knows of a connection and tells it: no timer and no shared lock is touched while requests come and go.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Waker};
use std::time::Duration;

use tokio::time::Instant;

/// How far a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Stage {
    /// It takes requests.
    Running,
    /// It answers those that it has.
    Ending,
    /// It is to be closed.
    Over,
}

/// What the server knows of a connection and tells it.
#[derive(Debug)]
pub(super) struct Link {
    stage: AtomicU8,
    /// Who polls the connection.
    waker: Mutex<Option<Waker>>,
    last: Mutex<Last>,
}

#[derive(Debug)]
struct Last {
    /// Requests in flight.
    in_flight: usize,
    /// When the last request ended, or the connection began.
    ended: Instant,
}

impl Link {
    fn new() -> Self {
        Self {
            stage: AtomicU8::new(Stage::Running as u8),
            waker: Mutex::new(None),
            last: Mutex::new(Last { in_flight: 0, ended: Instant::now() }),
        }
    }

    /// How far the connection is to be; who asks is woken when that changes.
    pub(super) fn stage(&self, context: &Context<'_>) -> Stage {
        let mut waker = lock(&self.waker);
        if waker.as_ref().is_none_or(|waker| !waker.will_wake(context.waker())) {
            *waker = Some(context.waker().clone());
        }
        match self.stage.load(Ordering::Acquire) {
            0 => Stage::Running,
            1 => Stage::Ending,
            _ => Stage::Over,
        }
    }

    /// A request that is in flight until what this gives is dropped.
    pub(super) fn begin(&self) -> InFlight<'_> {
        lock(&self.last).in_flight += 1;
        InFlight(self)
    }

    fn tell(&self, stage: Stage) {
        self.stage.fetch_max(stage as u8, Ordering::AcqRel);
        let waker = lock(&self.waker).take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn is_idle(&self, now: Instant, longest: Duration) -> bool {
        let last = lock(&self.last);
        last.in_flight == 0 && now.saturating_duration_since(last.ended) >= longest
    }
}

/// A request in flight.
#[derive(Debug)]
pub(super) struct InFlight<'a>(&'a Link);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        let mut last = lock(&self.0.last);
        last.in_flight -= 1;
        last.ended = Instant::now();
    }
}

/// All connections of a server.
#[derive(Debug, Default)]
pub(super) struct Links {
    open: Mutex<BTreeMap<u64, Arc<Link>>>,
    last: AtomicU64,
}

impl Links {
    /// A new connection; it is forgotten when what this gives is dropped.
    pub(super) fn open(self: &Arc<Self>) -> Open {
        let number = self.last.fetch_add(1, Ordering::Relaxed);
        let link = Arc::new(Link::new());
        lock(&self.open).insert(number, Arc::clone(&link));
        Open { links: Arc::clone(self), number, link }
    }

    /// Tells all connections.
    pub(super) fn tell(&self, stage: Stage) {
        for link in lock(&self.open).values() {
            link.tell(stage);
        }
    }

    /// Closes connections that are idle for this long, again and again.
    pub(super) async fn close_idle(&self, longest: Duration) {
        let mut looks = tokio::time::interval((longest / 8).max(Duration::from_millis(1)));
        loop {
            let now = looks.tick().await;
            for link in lock(&self.open).values().filter(|link| link.is_idle(now, longest)) {
                link.tell(Stage::Over);
            }
        }
    }
}

/// An open connection.
#[derive(Debug)]
pub(super) struct Open {
    links: Arc<Links>,
    number: u64,
    /// The connection.
    pub(super) link: Arc<Link>,
}

impl Drop for Open {
    fn drop(&mut self) {
        lock(&self.links.open).remove(&self.number);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::sync::Arc;
    use std::task::Poll;
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Link, Links, Stage};

    /// Comes back when the connection is told that it is over.
    async fn over(link: &Link) {
        poll_fn(|context| if link.stage(context) == Stage::Over { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    #[tokio::test(start_paused = true)]
    async fn connection_is_closed_when_its_last_request_is_long_over() {
        let second = Duration::from_secs(1);
        let links = Arc::new(Links::default());
        let closer = Arc::clone(&links);
        tokio::spawn(async move { closer.close_idle(second * 80).await });
        let start = Instant::now();
        let (silent, busy) = (links.open(), links.open());
        let request = busy.link.begin();
        over(&silent.link).await;
        assert_eq!(start.elapsed(), second * 80);
        tokio::time::sleep(second * 20).await;
        drop(request);
        over(&busy.link).await;
        assert_eq!(start.elapsed(), second * (80 + 20 + 80));
    }

    #[tokio::test(start_paused = true)]
    async fn connections_are_told_together_and_stages_do_not_go_back() {
        let links = Arc::new(Links::default());
        let (first, second) = (links.open(), links.open());
        links.tell(Stage::Over);
        links.tell(Stage::Ending);
        over(&first.link).await;
        over(&second.link).await;
        drop(first);
        assert_eq!(links.open.lock().unwrap().len(), 1);
    }
}
