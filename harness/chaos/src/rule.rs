//! What a rule is: one kind of fault.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use redeliver_model::Value;

use crate::delivery::DeliveryMoment;
use crate::plan::{Known, Parameters};
use crate::reply::{Answer, Reply};
use crate::{Call, Cut, Delivery, Memory, TableCall, Turned, Turning};

/// One kind of fault.
pub trait Rule: Sync {
    /// Its name, row in the catalogue, operations, phases, parameters and the places that it cannot act in.
    fn known(&self) -> &'static Known;

    /// Why AWS may do this to a consumer.
    fn legality(&self) -> Legality;

    /// What it does and what that reveals, one sentence.
    fn about(&self) -> &'static str;

    /// When it decides.
    fn stage(&self) -> Stage;

    /// Whether it hits a call as a whole or single entries of it.
    fn unit(&self) -> Unit {
        Unit::Call
    }

    /// Whether it can act at this call: before the backend has it (`reply` is `None`), or after. Operations and services have been looked at.
    fn fits(&self, call: &Call, reply: Option<&Reply>, memory: &Memory) -> bool {
        let _ = (call, reply, memory);
        true
    }

    /// Acts at a call.
    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let _ = turn;
        Act::Go
    }

    /// Goes on after [`Act::Consult`] with what the backend said; `None` when it refused.
    fn told(&self, turn: &mut Turn<'_>, said: Option<&Value>) -> Act {
        let _ = (turn, said);
        Act::Go
    }

    /// Whether it can act at this delivery.
    fn fits_delivery(&self, delivery: &Delivery<'_>) -> bool {
        let _ = delivery;
        true
    }

    /// What happens to a delivery; `None` for rules that act elsewhere.
    fn turn(&self, parameters: &Parameters) -> Option<Turning> {
        let _ = parameters;
        None
    }

    /// Whether it can act at this call to a table of leases.
    fn fits_table(&self, call: &TableCall<'_>) -> bool {
        let _ = call;
        true
    }

    /// What happens to a call to a table of leases; `None` for rules that act elsewhere.
    fn turn_table(&self, parameters: &Parameters) -> Option<Turned> {
        let _ = parameters;
        None
    }

    /// How often it acts where nobody made a plan, compared with a rule of share 1. 0 is for rules that only act when they are named: they
    /// add or end messages, need a queue of a certain kind, or take so long that a search would do little else.
    fn share(&self) -> f64 {
        1.0
    }

    /// What happens to a consumer; `None` for rules that act at calls.
    fn strike(&self, parameters: &Parameters) -> Option<Strike> {
        let _ = parameters;
        None
    }
}

impl fmt::Debug for dyn Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.known().name)
    }
}

/// Why AWS may do something to a consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Legality {
    /// The guarantee under which it is allowed: `standard queue: at-least-once delivery`.
    pub guarantee: &'static str,
    /// Where AWS says so.
    pub source: &'static str,
    /// Whether AWS never does this: such a fault proves checkers, and is no reproach to a consumer.
    pub breaks_contract: bool,
}

/// When a rule decides whether it acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Before the backend has the call.
    Before,
    /// When the backend has answered.
    After,
    /// When a topic delivers: only where the world of the backend is at hand.
    Delivery(DeliveryMoment),
    /// When a table of leases is called: only where a test runs the consumer.
    Table,
    /// In the life of a consumer.
    Consumer,
}

/// What a rule hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The call as a whole.
    Call,
    /// Single messages: entries of a batch, the message of a send or of a deletion, messages that a receive gives.
    Entry,
}

/// What a rule has when it acts.
#[derive(Debug)]
pub struct Turn<'a> {
    /// The call. Change its parameters by [`Turn::change_input`].
    pub call: &'a mut Call,
    /// The answer, after the backend gave it.
    pub reply: Option<&'a mut Reply>,
    /// Which entries are hit, in order; empty for [`Unit::Call`].
    pub entries: &'a [usize],
    /// What the rule is given.
    pub parameters: &'a Parameters,
    /// Since the start of the run.
    pub now: Duration,
    /// What is remembered of the run.
    pub memory: &'a mut Memory,
    /// Results of entries that the backend does not get.
    pub left_out: &'a mut LeftOut,
    /// For this fault alone.
    pub random: ChaCha8Rng,
}

/// Results of entries of a batch that the backend does not get; they are put beside its own.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct LeftOut {
    /// Entries of `Successful`.
    pub successful: Vec<Value>,
    /// Entries of `Failed`.
    pub failed: Vec<Value>,
    /// Results of records by their places in the put.
    pub records: BTreeMap<usize, Value>,
    /// Records that went into another one, by their places, with its place: they have its result.
    pub within: BTreeMap<usize, usize>,
}

impl Turn<'_> {
    /// The parameters of the call, to be changed.
    pub fn change_input(&mut self) -> &mut Value {
        self.call.changed = true;
        &mut self.call.input
    }

    /// What the backend answered, to be changed; `None` before it did, and for refusals.
    pub fn change_output(&mut self) -> Option<&mut Value> {
        let reply = self.reply.as_deref_mut()?;
        reply.changed = true;
        reply.output.as_mut()
    }

    /// Name of the queue.
    pub fn queue(&self) -> String {
        self.call.queue().unwrap_or_default().to_owned()
    }

    /// A duration of the rule's parameters, which the loader has given a default.
    pub fn duration(&self, name: &str, default: Duration) -> Duration {
        self.parameters.duration(name).unwrap_or(default)
    }
}

/// What a rule does to a call.
#[derive(Debug, Clone)]
pub enum Act {
    /// Nothing more: the call goes on.
    Go,
    /// The caller gets this answer.
    Answer(Answer),
    /// The caller gets none.
    Break(Break),
    /// Time passes before the call goes on.
    Wait(Duration),
    /// The backend gets a call of chaos's own before the call goes on: operation of the same service, parameters.
    Ask(&'static str, Value),
    /// The backend gets such a call of chaos's own, and [`Rule::told`] goes on with what it says.
    Consult(&'static str, Value),
    /// The backend gets one more receive with these parameters; its messages are put behind those of the answer.
    More(Value),
    /// All of these, one after the other.
    Each(Vec<Act>),
    /// The answer, which is a stream of events, ends before its time.
    Cut(Cut),
    /// The backend gets the call once more, the caller only one of the answers.
    Twice,
}

/// How a connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// Nobody listens.
    Refused,
    /// It is closed before an answer.
    Reset,
    /// There is never an answer.
    Silent,
    /// The answer breaks off in its body.
    Truncated,
}

/// What is done to a consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strike {
    /// It is killed, and started anew.
    Crash,
    /// It stands still for so long.
    Stall(Duration),
    /// It is asked to stop, killed when it has not after its grace period, and started anew.
    Shutdown,
}
