//! Topics of SNS as a history tells of them.
//!
//! - [`Topics`]: start here; everything that a history tells of topics
//! - [`Publish`]: a message that was published, or was to be
//! - [`Subscription`]: who wants messages, which, and since when
//! - [`Timeline`]: what a setting was at which time
//! - [`Filter`], [`Wants`]: whether a subscription wants a message
//! - [`Trail`], [`Attempt`]: one delivery over HTTP, attempt by attempt
//! - [`Passage`]: what the backend told of a message on its way to a subscription
//! - `arrival`: messages of topics that came out of queues
//! - [`RetryPolicy`]: how often, and after which waits, a delivery is repeated
//! - `calls`, `events`: what calls and the backend's own words say of all this

mod arrival;
mod calls;
mod events;
mod filter;
mod index;
mod passage;
mod publish;
mod retry_policy;
mod subscription;
mod timeline;
mod trail;

pub(crate) use filter::{Filter, Wants};
pub(crate) use index::Topics;
pub(crate) use passage::Passage;
pub(crate) use publish::Publish;
pub(crate) use retry_policy::RetryPolicy;
pub(crate) use subscription::Subscription;
pub(crate) use timeline::{Since, Timeline};
pub(crate) use trail::{Attempt, End, Trail};
