//! Spec files as they are written: plain structures that deserialise and from which the JSON schema is made.
//!
//! What these types say, the schema says, and the schema is what is checked first; everything that a schema cannot say is
//! checked in `read` and `lint`.
//!
//! - `file`: a file and its cases
//! - `step`: steps with the keys of every kind
//! - `workload`: the map below `workload`
//! - `exchange`: the map below `raw`
//! - `endpoint`: an entry below `answers`
//! - `given`: the map below `given`
//! - `text`: texts of a form: names, URLs, dates, durations

mod endpoint;
mod exchange;
mod file;
mod given;
mod step;
mod text;
mod workload;

pub(crate) use endpoint::RawHookAnswer;
pub(crate) use exchange::{RawRequest, RawService};
pub(crate) use file::{RawCase, RawEvidence, RawFile};
pub(crate) use given::RawGiven;
pub(crate) use step::{RawError, RawFault, RawStep};
pub(crate) use text::{RawDuration, RawPointer, RawVariable};
pub(crate) use workload::{RawAbandon, RawConsume, RawProduce, RawRead, RawReshard, RawWorkload};
