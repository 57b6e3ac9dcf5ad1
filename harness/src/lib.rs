//! SQS and SNS in process and in virtual time, under the unmodified AWS SDK.
//!
//! A [`Harness`] holds one world of queues and topics. Its clients talk to it without a socket, and time is tokio's: under a paused clock
//! four days of retention cost nothing.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::Duration;
//!
//! let harness = redeliver::Harness::builder().seed(7).build();
//! let sqs = harness.sqs();
//! let queue = sqs.create_queue().queue_name("orders").send().await?.queue_url.ok_or("no queue URL")?;
//! sqs.send_message().queue_url(&queue).message_body("one pizza").send().await?;
//!
//! let received = sqs.receive_message().queue_url(&queue).wait_time_seconds(20).send().await?;
//! assert_eq!(received.messages()[0].body(), Some("one pizza"));
//!
//! // Nobody deleted the message: it is back when its visibility timeout of 30 seconds is over.
//! harness.clock().advance(Duration::from_secs(31)).await;
//! let again = sqs.receive_message().queue_url(&queue).send().await?;
//! assert_eq!(again.messages().len(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! - [`Harness`], [`Builder`]: the door; start here
//! - [`test`], [`world`]: tests of consumers, searched for the smallest fault that breaks them
//! - [`chaos`]: faults between the SDK and any backend
//! - [`Clock`]: virtual time
//! - [`Profile`]: how the service uses the freedoms that AWS keeps for itself
//! - [`story`]: what a failing run tells a person, as text; [`page`]: the same as one HTML page
//! - `clients`: AWS SDK clients set up for virtual time and determinism
//! - `connector`: the HTTP client of the SDK that ends in this process
//! - `pipeline`: one HTTP request to one HTTP response
//! - `caller`: who calls, from the headers
//! - `engine`: the world behind one lock
//! - `explore`: the search
//! - `webhook`: what leaves the world over HTTP
//! - `store`: where objects go that channels of Kinesis write
//! - `streamed`: bodies that come piece by piece, and where faults cut them
//! - `waiters`: calls that wait for their answer, and who lets time pass for them
//! - `loud` (with the feature `server`): what AWS says nobody, in the log
//! - `guard`: panics as errors
//! - `server` (with the feature of that name): the same world behind a socket, for clients in any language
//! - [`proxy`] (with the same feature): another backend behind that socket
//! - [`signing`]: new signatures for requests that were changed
//! - `control`: its control API: clock, state, history

mod builder;
mod caller;
pub mod chaos;
mod clients;
mod clock;
mod connector;
#[cfg(feature = "server")]
mod control;
mod engine;
mod events;
mod explore;
mod guard;
mod harness;
#[cfg(feature = "server")]
mod loud;
pub mod page;
mod pipeline;
mod profile;
#[cfg(feature = "server")]
pub mod proxy;
#[cfg(feature = "server")]
pub mod server;
pub mod signing;
mod store;
pub mod story;
mod streamed;
pub mod test;
mod waiters;
mod webhook;
pub mod world;

pub use builder::Builder;
pub use clients::credentials;
pub use clock::Clock;
pub use harness::Harness;
pub use profile::Profile;
pub use redeliver_core::{Calm, Change, Event, KeyFault, Lifelike, Limits, Oracle, Poll, Timestamp, sns, sqs};
/// Makes a test of an `async fn` that takes a [`World`]; see [`Test`] for what it does and for the settings.
pub use redeliver_macros::test;
pub use test::Test;
pub use world::World;
