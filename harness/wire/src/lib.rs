//! Bytes to typed commands and back: the AWS protocols over the generated model.
//!
//! One generic codec per protocol walks the [`Shape`](redeliver_model::Shape) tables, so nothing here knows a single operation.
//! AWS JSON 1.0 and 1.1 and AWS CBOR 1.1 are built; query and XML get a [`Dialect`] and a folder beside `json`.
//!
//! - `detect`: [`detect`], [`Detected`], [`Dialect`]: which operation in which protocol; start here
//! - `command`: [`decode`]: the body of a detected request as a [`Command`](redeliver_core::Command)
//! - `reply`: [`encode`]: an outcome as an HTTP response
//! - `error`: [`Error`], [`Description`]: why there is no reply, and how clients are told
//! - `metadata`: [`Metadata`]: caller, region, trace and host from the headers
//! - [`json`]: values to JSON and back, by shape
//! - [`cbor`]: values to CBOR and back, by shape
//! - [`event_stream`]: frames of streamed replies
//! - [`validate`]: parameters against the constraints of the model, in the words of AWS

pub mod cbor;
mod command;
mod detect;
mod error;
pub mod event_stream;
pub mod json;
mod metadata;
mod reply;
pub mod validate;

pub use command::{decode, from_value};
pub use detect::{Detected, Dialect, JsonVersion, detect};
pub use error::{Description, Error, Origin};
pub use metadata::{Metadata, host};
pub use reply::encode;
