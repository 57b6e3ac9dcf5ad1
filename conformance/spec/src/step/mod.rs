//! Steps of a case.
//!
//! - `kinds`: [`Step`] and what each kind of step holds
//! - `expect`: what a call must answer
//! - `endpoint`: HTTP endpoints beside the runner
//! - `given`: what is outside of the services
//! - `exchange`: a raw HTTP exchange
//! - `workload`: producers, consumers and what is checked
//! - `stream_workload`: the same of a stream
//! - [`parse_duration`], [`show_duration`]: `31s` and its like, as plans write them too

mod endpoint;
mod exchange;
mod expect;
mod given;
mod kinds;
mod stream_workload;
mod workload;

pub use endpoint::{EndpointStep, HookAnswer, REQUEST_PARTS, RequestsStep};
pub use exchange::{ANSWER_PARTS, BODY_FORMS, HttpStep};
pub use expect::{ErrorPattern, Expect};
pub use given::{Given, GivenStep};
pub use kinds::{CallStep, DrainStep, Step, StepKind};
pub use redeliver_chaos::plan::{DurationProblem, parse_duration, show_duration};
pub use stream_workload::{Put, Read, Reshard, Shards, StreamWorkloadStep};
pub use workload::{Abandon, Consume, Produce, WorkloadStep};
