//! A worker's future, poll by poll: counted, killed, stalled.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};

use redeliver_chaos::Strike;
use redeliver_check::What;

use super::Exit;
use super::drain::millis;
use super::life::{Life, acting_as};
use super::run::{Run, Timer};
use crate::explore::quiet;

/// How a life of a worker ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// It ended by itself, with this mistake if it was one.
    Left(Option<String>),
    /// It was killed, or panicked.
    Killed(String),
}

/// Threads of the runtime that carry out blocking work have this name.
pub(crate) const BLOCKING: &str = "redeliver-blocking";

/// A worker's future while it is watched.
pub(crate) struct Watched<F> {
    run: Arc<Run>,
    life: Arc<Life>,
    future: Option<Pin<Box<F>>>,
    stall: Option<Timer>,
    grace: Option<Timer>,
    waker: Option<(Waker, Waker)>,
}

impl<F> Watched<F> {
    pub(crate) fn new(run: Arc<Run>, life: Arc<Life>, future: F) -> Self {
        Self { run, life, future: Some(Box::pin(future)), stall: None, grace: None, waker: None }
    }

    /// Ends the life as by SIGKILL. Destructors run, but reach nothing.
    fn kill(&mut self, reason: &str) -> End {
        self.life.end();
        let future = self.future.take();
        acting_as(&self.life, || drop(catch_unwind(AssertUnwindSafe(|| drop(future)))));
        self.run.log.add(self.life.worker.process, What::Crash { reason: reason.to_owned() });
        End::Killed(reason.to_owned())
    }

    /// The waker that tells who wakes the worker.
    fn waker(&mut self, context: &Context<'_>) -> Waker {
        match &self.waker {
            Some((inner, own)) if inner.will_wake(context.waker()) => own.clone(),
            _ => {
                let (inner, run, name) =
                    (context.waker().clone(), Arc::clone(&self.run), self.life.worker.name.clone());
                let own =
                    Waker::from(Arc::new(Woken { inner: inner.clone(), home: thread::current().id(), run, name }));
                self.waker = Some((inner, own.clone()));
                own
            }
        }
    }
}

impl<F> Unpin for Watched<F> {}

impl<F: Future<Output: Exit>> Future for Watched<F> {
    type Output = End;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<End> {
        let this = &mut *self;
        if let Some(grace) = &mut this.grace
            && grace.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(this.kill("it had not stopped when its grace period was over"));
        }
        if let Some(stall) = &mut this.stall {
            std::task::ready!(stall.as_mut().poll(context));
            this.stall = None;
        }
        let poll = this.life.worker.polled(this.run.log.len());
        match this.run.faults.before_poll(&this.life.worker.name, poll) {
            Some(Strike::Crash) => return Poll::Ready(this.kill(&format!("killed before poll {poll}"))),
            Some(Strike::Stall(duration)) => {
                this.life.worker.stalls_until(this.run.log.now_ms() + millis(duration));
                let stall = this.stall.insert(this.run.timer(duration));
                std::task::ready!(stall.as_mut().poll(context));
                this.stall = None;
            }
            Some(Strike::Shutdown) => {
                this.run.log.add(this.life.worker.process, What::Shutdown);
                this.life.ask_to_stop();
                let mut grace = this.run.timer(this.run.setup.grace);
                let _ = grace.as_mut().poll(context);
                this.grace = Some(grace);
            }
            None => {}
        }
        let waker = this.waker(context);
        let Some(future) = &mut this.future else { return Poll::Pending };
        let polled = acting_as(&this.life, || {
            quiet::catch(|| future.as_mut().poll(&mut Context::from_waker(&waker)).map(Exit::mistake))
        });
        match polled {
            Ok(polled) => polled.map(End::Left),
            Err(panic) => Poll::Ready(this.kill(&format!("panicked: {panic}"))),
        }
    }
}

/// Tells a wake from within the run from one from outside: another thread than the one that runs everything, or than those of blocking
/// work, for which virtual time waits.
struct Woken {
    inner: Waker,
    home: ThreadId,
    run: Arc<Run>,
    name: String,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let thread = thread::current();
        if thread.id() != self.home && thread.name() != Some(BLOCKING) {
            self.run.waits_outside(format!("{} was woken by another thread", self.name));
        }
        self.inner.wake_by_ref();
    }
}
