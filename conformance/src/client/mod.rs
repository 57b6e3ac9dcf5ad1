//! Any operation of the API model by its name, through the AWS SDK for Rust.
//!
//! The SDK builds, signs and sends the request and parses the reply; the spec's own parameters are put in as the body, and the raw
//! reply is taken before the SDK parses it. So specs can say what the SDK's types cannot, and the SDK still has to understand.
//!
//! - [`Client`]: start here
//! - `tap`: the interceptor that swaps the body and takes the reply
//! - `sdk`: what the SDK made of a call
//! - `control`: one exchange with a control API; `clock`: the clock of a served reference
//! - `query`: parameters as a form, for services that speak nothing else
//! - `raw`: requests with exact bytes, past the SDK
//! - `elsewhere`: calls of another account or region
//! - `trust`: whose certificates are taken
//! - `subscription`: the events of `SubscribeToShard` as one reply
//! - `generated`: the SDK call of each operation, written by `cargo run -p redeliver-model-codegen`

mod call;
mod clock;
pub(crate) mod control;
mod elsewhere;
#[rustfmt::skip]
mod generated;
mod query;
pub(crate) mod raw;
mod remote;
mod sdk;
mod subscription;
mod tap;
pub(crate) mod trust;

pub use call::{Client, NoReply};
pub(crate) use clock::{Reading, ServedClock};
pub(crate) use elsewhere::{OTHER_ACCOUNT, other_region};
pub(crate) use raw::xml;
pub(crate) use sdk::Seen;
pub(crate) use tap::Raw;
