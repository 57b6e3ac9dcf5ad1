//! Workers: futures that are made anew when they end.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use redeliver_check::What;
use tokio::task::LocalSet;

use super::aws::Aws;
use super::drain::{drained, passed};
use super::exit::Exit;
use super::life::{Life, Worker};
use super::queue::Queue;
use super::read::read;
use super::run::Run;
use super::stream::Stream;
use super::watched::{End, Watched};
use crate::explore::quiet;

/// Workers of one kind, that are to run.
///
/// A worker is a future. When it ends by itself, panics or is killed, it is made anew a virtual second later, as a supervisor would.
/// What it spawned with [`tokio::task::spawn_local`] dies with it; what it spawned with [`tokio::spawn`] goes on, but its calls never
/// come back and its [`Aws`] is dead.
#[must_use = "no worker runs before `until_drained` or `run_for` is awaited"]
#[derive(Debug)]
pub struct Consume<F> {
    run: Arc<Run>,
    make: F,
    workers: usize,
    name: String,
}

impl<F, W> Consume<F>
where
    F: Fn(Aws) -> W,
    W: Future<Output: Exit>,
{
    pub(crate) fn new(run: Arc<Run>, make: F) -> Self {
        Self { run, make, workers: 1, name: "worker".to_owned() }
    }

    /// How many of them run at the same time. Default 1.
    pub fn workers(mut self, workers: usize) -> Self {
        self.workers = workers;
        self
    }

    /// What they are called in the history, followed by a number. Default `worker`.
    pub fn name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Runs them until the queue is empty and each of them has asked for more in vain.
    pub async fn until_drained(self, queue: &Queue) {
        self.until_all_drained(std::slice::from_ref(queue)).await;
    }

    /// As [`Self::until_drained`], for several queues.
    pub async fn until_all_drained(self, queues: &[Queue]) {
        let workers = self.names();
        let run = Arc::clone(&self.run);
        tokio::select! {
            biased;
            never = self.work(&workers) => match never {},
            () = drained(&run, queues, &workers) => {}
        }
    }

    /// Runs them until everything in the stream is read, and checkpointed where [`Leases`](super::Leases) are used, and nothing happens any more.
    pub async fn until_read(self, stream: &Stream) {
        self.until_read_after(stream, std::future::ready(())).await;
    }

    /// As [`Self::until_read`], while `meanwhile` goes on, and at least until it is over: for records that are put, and shards that are
    /// split, while others are read.
    pub async fn until_read_after(self, stream: &Stream, meanwhile: impl Future<Output = ()>) {
        let workers = self.names();
        let run = Arc::clone(&self.run);
        let over = async {
            meanwhile.await;
            read(&run, stream, &workers).await;
        };
        tokio::select! {
            biased;
            never = self.work(&workers) => match never {},
            () = over => {}
        }
    }

    /// Runs them for so much virtual time.
    pub async fn run_for(self, duration: Duration) {
        let workers = self.names();
        let run = Arc::clone(&self.run);
        tokio::select! {
            biased;
            never = self.work(&workers) => match never {},
            () = passed(&run, duration, &workers) => {}
        }
    }

    fn names(&self) -> Vec<Arc<Worker>> {
        (0..self.workers).map(|_| self.run.worker(&self.name)).collect()
    }

    async fn work(&self, workers: &[Arc<Worker>]) -> Infallible {
        let mut lives: FuturesUnordered<_> = workers.iter().map(|worker| self.live(worker)).collect();
        match lives.next().await {
            Some(never) => never,
            None => std::future::pending().await,
        }
    }

    /// One life of a worker after the other.
    async fn live(&self, worker: &Arc<Worker>) -> Infallible {
        loop {
            let life = Arc::new(Life::new(Arc::clone(worker)));
            let end = self.one_life(&life).await;
            life.end();
            let reason = match end {
                End::Left(None) => "it ended".to_owned(),
                End::Left(Some(mistake)) => format!("it ended: {mistake}"),
                End::Killed(reason) => reason,
            };
            if reason.contains("IO is disabled") {
                self.run.waits_outside(format!("{} opened a socket or a pipe", worker.name));
            }
            self.run.clock().advance(self.run.setup.restart_after).await;
            self.run.log.add(worker.process, What::Restart);
        }
    }

    async fn one_life(&self, life: &Arc<Life>) -> End {
        let aws = Aws::new(Arc::clone(&self.run), Arc::clone(life));
        match quiet::catch(|| (self.make)(aws)) {
            Ok(future) => {
                let spawned = LocalSet::new();
                spawned.run_until(Watched::new(Arc::clone(&self.run), Arc::clone(life), future)).await
            }
            Err(panic) => End::Killed(format!("panicked: {panic}")),
        }
    }
}
