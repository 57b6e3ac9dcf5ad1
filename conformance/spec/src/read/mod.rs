//! From a value that follows the schema to the typed model; what is wrong beyond the schema is noted on the way.
//!
//! Every case and every step is read by itself, so that a mistake in one hides no mistake in another.
//!
//! - `text`: YAML text to a value and the places of its keys
//! - `file`: a file and its cases
//! - `case`: one case
//! - `step`: a step, and which keys belong to which kind
//! - `call`: a call and what it must answer
//! - `exchange`: a raw request and what it must be answered
//! - `endpoint`: HTTP endpoints beside the runner, and what came there
//! - `given`: what is outside of the services
//! - `drain`, `workload`, `stream_workload`: the others that hold more than steps

mod call;
mod case;
mod drain;
mod endpoint;
mod exchange;
mod file;
mod given;
mod step;
mod stream_workload;
mod text;
mod workload;

pub(crate) use file::read_file;
pub(crate) use text::read_text;

use crate::Source;
use crate::problem::Findings;

/// What reading needs at every depth.
struct Reading<'a> {
    /// The file.
    source: &'a std::sync::Arc<Source>,
    /// Pointers at which the schema is broken: what is around them cannot be deserialised.
    broken: Vec<String>,
    /// What was found so far.
    findings: Findings,
}
