//! One run of a consumer test: queues, producers, workers, and what they did.
//!
//! - [`World`]: start here
//! - [`Queue`], [`QueueBuilder`], [`Sqs`]: queues, and how they are made
//! - [`Topic`], [`TopicBuilder`], [`Sns`]: topics, and how they are made
//! - [`Subscription`], [`SubscriptionBuilder`]: who gets what is published
//! - [`WebhookBuilder`]: what answers at a URL
//! - [`Stream`], [`StreamBuilder`], [`Kinesis`]: streams, and how they are made; `reshard`: what a scenario does to their shards
//! - [`StreamRecord`]: what [`World::put`] takes
//! - [`Leases`], [`Lease`]: who reads which shard, and how far; `lease_table`: the rows of it
//! - [`Message`]: what [`World::send`] and [`World::publish`] take
//! - [`Consume`], [`Exit`]: workers, and how they may end
//! - [`Aws`]: what a worker has of the run
//! - [`Effects`]: what consumers did to the outside world
//! - [`Handling`]: the work of a consumer on one message
//! - [`Check`]: what must hold at the end
//! - `run`: what all of these share
//! - `log`: the history
//! - `line`: the HTTP client that notes calls and lets a round trip pass
//! - `call`: calls and their ends, read off HTTP; `parts`: answers that come piece by piece
//! - `life`: a worker, and one of its lives
//! - `watched`: a worker's future, poll by poll
//! - `faults`: what the run does to its calls and workers
//! - `drain`: when a run is over; `read`, `reading`: when that of a stream is

mod aws;
mod call;
mod check;
mod consume;
mod drain;
mod effects;
mod exit;
pub(crate) mod faults;
mod handling;
mod lease;
mod lease_table;
mod leases;
mod life;
mod line;
mod log;
mod message;
mod parts;
mod queue;
mod read;
mod reading;
mod reshard;
pub(crate) mod run;
mod stream;
mod stream_record;
mod subscription;
mod topic;
pub(crate) mod watched;
mod webhook;
#[expect(clippy::module_inception, reason = "the noun of the module is the noun of the file")]
mod world;

pub use aws::Aws;
pub use check::Check;
pub use consume::Consume;
pub use effects::Effects;
pub use exit::Exit;
pub use handling::Handling;
pub use lease::{Lease, LeaseError, SHARD_END};
pub use leases::Leases;
pub use message::Message;
pub use queue::{Queue, QueueBuilder, Sqs};
pub use stream::{Kinesis, Stream, StreamBuilder};
pub use stream_record::StreamRecord;
pub use subscription::{Subscription, SubscriptionBuilder};
pub use topic::{Sns, Topic, TopicBuilder};
pub use webhook::WebhookBuilder;
pub use world::World;
