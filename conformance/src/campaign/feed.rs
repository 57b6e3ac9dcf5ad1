//! What a consumer reads from: a queue, perhaps behind a topic, or a stream.

use redeliver_check::{Expectation, Invariant, Record, Verdict, check_these};

use super::Scenario;
use super::clients::Clients;
use super::place::Place;
use super::queue::Queue;
use super::stream::Stream;

/// That for which the consumer of a queue answers.
const OF_QUEUES: [Invariant; 5] = [
    Invariant::EffectOnce,
    Invariant::NoLoss,
    Invariant::NoPhantom,
    Invariant::EffectOrder,
    Invariant::BatchAccounting,
];

/// That for which the consumer of a stream answers.
const OF_STREAMS: [Invariant; 5] = [
    Invariant::EffectOnce,
    Invariant::NoLoss,
    Invariant::NoPhantom,
    Invariant::KeyOrderAcrossReshard,
    Invariant::BatchAccounting,
];

/// What a consumer reads from.
#[derive(Debug)]
pub enum Feed {
    /// A queue, perhaps behind a topic.
    Queue(Queue),
    /// A stream.
    Stream(Stream),
}

impl Feed {
    /// Creates it past the faults; `url` is the endpoint that has them.
    ///
    /// # Errors
    ///
    /// Says what the backend says.
    pub async fn create(direct: &Clients, scenario: &Scenario, url: &str) -> Result<Self, String> {
        match &scenario.stream {
            Some(name) => Stream::create(direct, scenario, name).await.map(Self::Stream),
            None => Queue::create(direct, scenario, url).await.map(Self::Queue),
        }
    }

    /// Sends the messages through the faults, or puts the records.
    ///
    /// # Errors
    ///
    /// Says which could not be sent, and why.
    pub async fn send(&self, through: &Clients, direct: &Clients, scenario: &Scenario) -> Result<(), String> {
        match self {
            Self::Queue(queue) => queue.send(through, scenario).await,
            Self::Stream(stream) => stream.send(through, direct, scenario).await,
        }
    }

    /// How many messages or records are to be worked on.
    ///
    /// # Errors
    ///
    /// When the backend does not tell.
    pub async fn left(&self, direct: &Clients, scenario: &Scenario, place: &Place) -> Result<u64, String> {
        match self {
            Self::Queue(queue) => queue.left(direct, scenario, place).await,
            Self::Stream(stream) => stream.left(place),
        }
    }

    /// Variables that tell a consumer of it.
    pub fn variables(&self) -> Vec<(String, String)> {
        match self {
            Self::Queue(queue) => queue.variables(),
            Self::Stream(stream) => stream.variables(),
        }
    }

    /// What the history breaks, of that for which a consumer answers.
    pub fn judge(&self, history: &[Record], scenario: &Scenario) -> Vec<(Invariant, Vec<String>)> {
        let (asked, queues) = match self {
            Self::Queue(queue) => (&OF_QUEUES, vec![queue.scene(scenario)]),
            Self::Stream(_) => (&OF_STREAMS, Vec::new()),
        };
        let expectation = Expectation { queues, tells_effects: true, ..Expectation::default() };
        let verdicts = check_these(asked, history, &expectation).into_iter();
        verdicts
            .filter_map(|(invariant, verdict)| match verdict {
                Verdict::Broken { witness } => Some((invariant, witness)),
                Verdict::Holds | Verdict::Unknown { .. } => None,
            })
            .collect()
    }

    /// Removes it from an upstream that lives on, as well as that can be done.
    pub async fn remove(&self, direct: &Clients) {
        match self {
            Self::Queue(queue) => queue.remove(direct).await,
            Self::Stream(stream) => stream.remove(direct).await,
        }
    }
}
