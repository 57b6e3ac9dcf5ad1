//! Fault injection: what a plan allows, a run draws, and a schedule replays.
//!
//! Nothing in here waits, sends or knows an SDK: [`Exchange`] says what is to be done, whoever drives it does it. So one implementation of
//! every fault serves in process, around the HTTP client of an SDK, in a server and in a proxy.
//!
//! What AWS itself may do at random is not a fault: see `redeliver_core::Lifelike`.
//!
//! - [`Chaos`], [`Mode`]: the faults of one run; start here
//! - [`Exchange`], [`Do`], [`Event`]: one request and its answer, with the faults between them
//! - [`plan`]: what may happen in a run, as YAML or from a builder
//! - [`Schedule`], [`Fault`]: the faults of a run as data
//! - [`Site`], [`Moment`]: where a fault is, in words that a slightly different run still knows
//! - [`Shrink`]: the smallest schedule that still fails
//! - [`Rule`]: one kind of fault; [`rules`]: all of them
//! - [`Delivery`], [`Turning`]: a delivery of a topic, and what faults do to it
//! - [`TableCall`], [`Turned`]: a call to a table of leases, and what faults do to it
//! - [`Cut`], [`Cutter`]: how faults end answers that are streams of events
//! - `call`, `reply`: requests and answers as chaos sees them
//! - [`Memory`]: messages that were handed out, copies that are still to come
//! - `streams`: what iterators stand for, and which shards readers know of
//! - `numbers`: sequence numbers that became longer
//! - `running`: what goes on by itself after a fault
//! - `key`: business keys of messages
//! - `alias`: handles of copies in requests
//! - `own`: requests that chaos makes or changes; [`Unsigned`]: the mark that they bear
//! - `edit`: changes to calls and replies
//! - `decide`: which faults a plan means
//! - `seed`: streams of random numbers
//! - [`failpoints`]: names of crash-like moments in the shell, for users of `FAILPOINTS`

mod alias;
mod call;
mod chaos;
mod cut;
mod decide;
mod delivery;
mod edit;
mod exchange;
pub mod failpoints;
mod key;
mod memory;
mod numbers;
mod own;
pub mod plan;
mod reply;
mod rule;
pub mod rules;
mod running;
mod schedule;
mod seed;
mod shrink;
mod site;
mod streams;
mod table;

pub use call::Call;
pub use chaos::{Chaos, Mode, Told};
pub use cut::{Cut, Cutter, Passed};
pub use delivery::{Attributes, Delivery, DeliveryMoment, Turning};
pub use exchange::{Do, Event, Exchange};
pub use memory::{Alias, Delivered, Memory};
pub use own::Unsigned;
pub use plan::Plan;
pub use reply::{Answer, Reply};
pub use rule::{Act, Break, LeftOut, Legality, Rule, Stage, Strike, Turn, Unit};
pub use schedule::{Fault, Schedule, ScheduleProblem, VERSION};
pub use shrink::Shrink;
pub use site::{At, Moment, Site};
pub use table::{Fate, TableCall, TableOperation, Turned};
