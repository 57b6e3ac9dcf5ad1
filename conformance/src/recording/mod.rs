//! Recordings: what a target answered, call by call, kept so that expectations can be checked again without it.
//!
//! - [`Exchange`], [`Outcome`]: one call; start here
//! - [`Redactor`]: takes out what is secret or of one run alone
//! - [`Transcript`]: the file of one case
//! - [`About`]: when, where, which versions
//! - [`Folder`]: all of these, read and written; [`RecordingProblem`]: what is wrong with them
//! - [`Replay`]: answers from a transcript
//! - [`differences`]: two transcripts of one case
//! - [`reason_not_to_record`]: cases of which a recording would say nothing

mod about;
mod diff;
mod exchange;
mod fits;
mod folder;
mod json_diff;
mod line;
mod problem;
mod redact;
mod replay;
mod transcript;
mod words;

pub use about::{About, FORMAT, Recorded, specs_digest};
pub use diff::{Change, differences};
pub use exchange::{Exchange, Outcome};
pub use fits::reason_not_to_record;
pub use folder::Folder;
pub use json_diff::Difference;
pub use problem::RecordingProblem;
pub use redact::Redactor;
pub use replay::Replay;
pub use transcript::Transcript;
