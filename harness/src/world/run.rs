//! What all parts of one run share.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use bytes::Bytes;
use http::Request;
use serde_json::Value;

use super::effects::Effects;
use super::faults::Faults;
use super::lease_table::Table;
use super::leases::Leases;
use super::life::{Life, Worker};
use super::line::{LANE, Line};
use super::log::Log;
use super::queue::Queue;
use super::stream::Stream;
use crate::test::Breach;
use crate::{Clock, Harness};

/// What every run of a test is made with.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    /// Virtual time that each call takes, never zero: an empty answer in no time would be a live-lock.
    pub(crate) round_trip: Duration,
    /// Virtual time from the end of a worker's life to the next.
    pub(crate) restart_after: Duration,
    /// Virtual time that a worker has to stop when it is asked to, before it is killed.
    pub(crate) grace: Duration,
    /// Virtual time after which no more faults are drawn.
    pub(crate) heal_after: Duration,
    /// Virtual time that consumers have to drain their queue when there are no more faults.
    pub(crate) patience: Duration,
    /// Calls of a run after which it is taken to be a live-lock.
    pub(crate) most_calls: u32,
    /// How many times faster than the wall's the clock is, where time is real.
    pub(crate) real_time: Option<u32>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            round_trip: Duration::from_millis(10),
            restart_after: Duration::from_secs(1),
            grace: Duration::from_secs(30),
            heal_after: Duration::from_mins(5),
            patience: Duration::from_hours(1),
            most_calls: 20_000,
            real_time: None,
        }
    }
}

/// What the calm run came to; other runs are held against it.
#[derive(Default)]
pub(crate) struct Baseline {
    /// Whether this is the calm run itself, which sets it.
    pub(crate) calm: bool,
    /// Effects at the time they were checked.
    pub(crate) effects: Option<BTreeMap<String, Vec<Value>>>,
    /// Snapshots of the test, in the order in which it asked.
    pub(crate) snapshots: Vec<Box<dyn Any + Send>>,
}

impl fmt::Debug for Baseline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Baseline").field("calm", &self.calm).finish_non_exhaustive()
    }
}

/// What all parts of one run share.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) seed: u64,
    pub(crate) setup: Setup,
    pub(crate) harness: Harness,
    pub(crate) log: Arc<Log>,
    pub(crate) effects: Effects,
    pub(crate) faults: Faults,
    pub(crate) baseline: Arc<Mutex<Baseline>>,
    queues: Mutex<Vec<Queue>>,
    streams: Mutex<Vec<Stream>>,
    leases: Mutex<Table>,
    workers: Mutex<Vec<Arc<Worker>>>,
    breaches: Mutex<Vec<Breach>>,
    calls: AtomicU32,
    jitters: AtomicU64,
    snapshots: AtomicU32,
    sends: AtomicU32,
    /// Who waited for what is outside of the run.
    foreign: Mutex<Option<String>>,
    /// Which invariants the test asked for that nothing can be said about, and what they need.
    unjudged: Mutex<Vec<String>>,
}

/// A wait for virtual time.
pub(crate) type Timer = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Far from any pattern: seeds that follow each other have nothing in common.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Run {
    pub(crate) fn new(
        seed: u64,
        setup: Setup,
        harness: Harness,
        faults: Faults,
        baseline: Arc<Mutex<Baseline>>,
    ) -> Self {
        let log = Arc::new(Log::new(harness.clone(), faults.clone()));
        let effects = Effects::new(Arc::clone(&log));
        let test = Arc::new(Worker::new(0, "test".to_owned()));
        Self {
            seed,
            setup,
            harness,
            log,
            effects,
            faults,
            baseline,
            queues: Mutex::default(),
            streams: Mutex::default(),
            leases: Mutex::default(),
            workers: Mutex::new(vec![test]),
            breaches: Mutex::default(),
            calls: AtomicU32::new(0),
            jitters: AtomicU64::new(0),
            snapshots: AtomicU32::new(0),
            sends: AtomicU32::new(0),
            foreign: Mutex::default(),
            unjudged: Mutex::default(),
        }
    }

    pub(crate) fn clock(&self) -> &Clock {
        self.harness.clock()
    }

    /// Fires when so much virtual time has passed.
    pub(crate) fn timer(&self, duration: Duration) -> Timer {
        let clock = self.clock().clone();
        Box::pin(async move { clock.advance(duration).await })
    }

    /// A client of the test itself, spared by faults.
    pub(crate) fn client(self: &Arc<Self>) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::from_conf(self.harness.sqs_config().http_client(self.spared()).build())
    }

    /// A client of the test itself, spared by faults at calls.
    pub(crate) fn sns_client(self: &Arc<Self>) -> aws_sdk_sns::Client {
        aws_sdk_sns::Client::from_conf(self.harness.sns_config().http_client(self.spared()).build())
    }

    /// A client of the test itself, spared by faults.
    pub(crate) fn kinesis_client(self: &Arc<Self>) -> aws_sdk_kinesis::Client {
        aws_sdk_kinesis::Client::from_conf(self.harness.kinesis_config().http_client(self.spared()).build())
    }

    /// The table of leases in the hands of the test itself.
    pub(crate) fn own_leases(self: &Arc<Self>) -> Leases {
        Leases::new(Arc::clone(self), Arc::new(Life::new(Arc::clone(&guard(&self.workers)[0]))))
    }

    fn spared(self: &Arc<Self>) -> SharedHttpClient {
        let life = Arc::new(Life::new(Arc::clone(&guard(&self.workers)[0])));
        SharedHttpClient::new(Line { run: Arc::clone(self), life, inner: self.harness.http_client() })
    }

    /// Opens an address of the world; gives the HTTP status.
    pub(crate) async fn visit(&self, url: &str) -> u16 {
        let Ok(request) = Request::get(url).body(Bytes::new()) else { return 400 };
        self.harness.respond(request).await.status().as_u16()
    }

    /// A new process. `name` gets the number of its kind: `worker-2`.
    pub(crate) fn worker(&self, name: &str) -> Arc<Worker> {
        let mut workers = guard(&self.workers);
        let process = u32::try_from(workers.len()).expect("a test has not four billion workers");
        let nth = 1 + workers
            .iter()
            .filter(|worker| worker.name.rsplit_once('-').is_some_and(|(own, _)| own == name))
            .count();
        let worker = Arc::new(Worker::new(process, format!("{name}-{nth}")));
        self.log.name(&worker.name, process);
        workers.push(Arc::clone(&worker));
        worker
    }

    /// All processes so far; the first is the test.
    pub(crate) fn workers(&self) -> Vec<Arc<Worker>> {
        guard(&self.workers).clone()
    }

    /// Names of the processes of the history.
    pub(crate) fn processes(&self) -> BTreeMap<u32, String> {
        let mut names = BTreeMap::new();
        for worker in self.workers() {
            names.insert(worker.process, worker.name.clone());
            for lane in 1..worker.lanes() {
                names.insert(worker.process + lane * LANE, format!("{} (call {})", worker.name, lane + 1));
            }
        }
        names
    }

    /// The queues that the test made.
    pub(crate) fn queues(&self) -> MutexGuard<'_, Vec<Queue>> {
        guard(&self.queues)
    }

    /// The streams that the test made.
    pub(crate) fn streams(&self) -> MutexGuard<'_, Vec<Stream>> {
        guard(&self.streams)
    }

    /// The table of leases.
    pub(crate) fn leases(&self) -> MutexGuard<'_, Table> {
        guard(&self.leases)
    }

    /// Whether this is the run without faults that others are held against.
    pub(crate) fn is_calm(&self) -> bool {
        guard(&self.baseline).calm
    }

    /// Notes that something is broken.
    pub(crate) fn broke(&self, property: &str, key: Option<String>, witness: Vec<String>) {
        guard(&self.breaches).push(Breach { property: property.to_owned(), key, witness });
    }

    /// What was broken so far.
    pub(crate) fn breaches(&self) -> Vec<Breach> {
        guard(&self.breaches).clone()
    }

    /// Counts a call; no when there were too many of them.
    pub(crate) fn may_call(&self) -> bool {
        self.calls.fetch_add(1, Ordering::Relaxed) < self.setup.most_calls
    }

    /// Whether there were too many calls.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.calls() >= self.setup.most_calls
    }

    /// Calls so far.
    pub(crate) fn calls(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The next seed for the SDK's jitter.
    pub(crate) fn jitter(&self) -> u64 {
        let nth = self.jitters.fetch_add(1, Ordering::Relaxed) + 1;
        self.seed ^ nth.wrapping_mul(GOLDEN)
    }

    /// Numbers of the snapshots that the test asks to compare.
    pub(crate) fn snapshot(&self) -> usize {
        usize::try_from(self.snapshots.fetch_add(1, Ordering::Relaxed)).expect("it was counted in 32 bits")
    }

    /// Numbers of the messages that are sent.
    pub(crate) fn send(&self) -> u32 {
        self.sends.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Notes that a worker waits for what is outside of the run.
    pub(crate) fn waits_outside(&self, why: String) {
        guard(&self.foreign).get_or_insert(why);
    }

    /// Notes that nothing can be said about an invariant that the test asked for.
    pub(crate) fn leaves_unjudged(&self, invariant: &str, needs: &str) {
        guard(&self.unjudged).push(format!("`{invariant}` needs {needs}, which the history does not have"));
    }

    /// Which invariants nothing can be said about.
    pub(crate) fn unjudged(&self) -> Vec<String> {
        guard(&self.unjudged).clone()
    }

    /// Who waited for what is outside of the run, if anybody did.
    pub(crate) fn foreign(&self) -> Option<String> {
        guard(&self.foreign).clone()
    }
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
