//! The API models of SQS, SNS and Kinesis as Rust: typed inputs and outputs, shape and constraint tables, operations, errors.
//!
//! Everything below `generated` is written by `cargo run -p redeliver-model-codegen` from `fixtures/models/*.json`
//! (AWS API models, see `fixtures/README.md`) and proved fresh by `tests/fresh.rs`. Nothing about an operation's shape is
//! written by hand anywhere else: codecs and lint walk [`Shape`], state machines take the typed structures.
//!
//! - [`sqs`], [`sns`], [`kinesis`]: one service each: structures, open enums, `Command`, `Reply`, `OPERATIONS`
//! - [`Operation`], [`Service`]: what can be called, by name
//! - [`Shape`]: what a value looks like and which constraints hold
//! - [`ErrorShape`]: the modelled errors with code, HTTP status and fault
//! - [`Value`]: a value of any shape, the meeting point of codecs and types
//! - [`Timestamp`]: milliseconds since 1970, the only time that crosses this crate; [`calendar`]: days as dates

pub mod calendar;

mod error;
mod operation;
mod shape;
mod time;
mod value;

#[rustfmt::skip]
#[expect(clippy::pedantic, clippy::large_enum_variant, unused_imports, reason = "generated: its form follows the API models")]
mod generated;

pub use bytes::Bytes;
pub use error::{ErrorShape, Fault};
pub use generated::{kinesis, sns, sqs};
pub use operation::{Operation, Paginator, Protocol, Service, ServiceModel};
pub use shape::{Constraints, Kind, Member, Shape};
pub use time::Timestamp;
pub use value::{Fields, Mismatch, Typed, Value};
