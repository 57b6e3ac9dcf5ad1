//! What leaves the world over HTTP: notifications for webhooks and events for functions.
//!
//! A delivery goes to the receiver in this process whose address it begins with; with the feature `server`, and where a server has switched it
//! on, over real HTTP to loopback addresses and to hosts that were named; and else nowhere: it is kept in the outbox and counts as
//! delivered.
//!
//! - `desk`: [`Desk`], where deliveries wait to be carried out, and by whom; start here
//! - `courier`: the task that carries them out, and lets time pass for those that are to be repeated
//! - `receivers`: receivers in this process
//! - `functions`: where functions can be invoked
//! - `client`, `trust` (with the feature `server`): real HTTP, and TLS below it
//! - `certificate`: the certificate that signatures are checked with

mod certificate;
#[cfg(feature = "server")]
mod client;
mod courier;
mod desk;
mod functions;
mod receivers;
#[cfg(feature = "server")]
mod trust;

pub(crate) use certificate::certificate;
#[cfg(feature = "server")]
pub(crate) use client::Client;
pub(crate) use desk::Desk;
pub(crate) use functions::Functions;
pub(crate) use receivers::Receiver;
