//! Bytes to typed commands and back: the AWS protocols over the generated model.
//!
//! One generic codec per protocol walks the [`Shape`](redeliver_model::Shape) tables, so nothing here knows a single operation.
//!
//! - `receive`: [`receive`], [`Received`]: a whole request as a typed command; start here
//! - `detect`: [`detect`], [`Detected`]: which operation in which protocol
//! - `dialect`: [`Dialect`]: the protocols
//! - `command`: [`decode`]: the body of a detected request as a [`Command`](redeliver_core::Command)
//! - `reply`: [`encode`]: an outcome as an HTTP response
//! - `error`: [`Error`], [`Description`]: why there is no reply, and how clients are told
//! - `metadata`: [`Metadata`]: caller, region, trace and host of a request
//! - [`json`]: AWS JSON 1.0 and 1.1
//! - [`cbor`]: AWS CBOR 1.1
//! - [`query`]: AWS query: forms and URLs in, XML or JSON out
//! - [`event_stream`]: frames of streamed replies
//! - [`validate`]: parameters against the constraints of the model, in the words of AWS
//! - [`record`]: requests and replies as AWS JSON, whatever their protocol, for histories
//! - `base64`, `date`: bytes and times as text

mod base64;
pub mod cbor;
mod command;
mod date;
mod detect;
mod dialect;
mod error;
pub mod event_stream;
pub mod json;
mod metadata;
pub mod query;
mod receive;
pub mod record;
mod reply;
pub mod validate;

pub use command::{decode, from_value};
pub use detect::{Detected, detect};
pub use dialect::{Dialect, Format, JsonVersion};
pub use error::{Description, Error, Origin};
pub use metadata::{Metadata, host};
pub use receive::{Received, receive};
pub use reply::encode;
