//! Runs one case against a target.
//!
//! - [`run_case`]: start here; [`record_case`], [`replay_case`]: with a recording
//! - `play`: calls without expectations, for what they answer
//! - [`Cancel`]: how a run is told to stop
//! - `world`: the runtime and client of one case, and on the reference its own world
//! - `names`: names and seeds of one case
//! - `session`: every call of a case goes through it, into the history
//! - `tape`: calls are taken down, or answered from a recording
//! - `created`: what the case created; `cleanup` deletes it
//! - `steer`: virtual time over a socket
//! - `steps`: runs steps in order, and those that hold others
//! - `call`, `drain`, `workload`, `stream_workload`, `raw`: one kind of step each
//! - `endpoint`: HTTP endpoints beside the runner, and what came there; `hook`: the endpoints themselves
//! - `given`: what is outside of the services
//! - `retry`: trying again, for what is eventual
//! - `fill`: variables in parameters and patterns
//! - `judge`: an observation against an expectation
//! - `stop`: why a case ends early

mod call;
mod cancel;
mod cleanup;
mod created;
mod drain;
mod endpoint;
mod fill;
mod given;
mod hook;
mod judge;
mod names;
#[cfg(feature = "fuzz")]
mod play;
mod raw;
mod retry;
mod run;
mod session;
mod steer;
mod steps;
mod stop;
mod stream_workload;
mod tape;
mod workload;
mod world;

pub use cancel::Cancel;
#[cfg(feature = "fuzz")]
pub(crate) use play::{Asked, Played, play};
pub use run::{record_case, replay_case, run_case};
