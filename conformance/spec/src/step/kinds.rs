//! A step and what each kind of step holds.

use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::{Operation, Service};
use serde_json::Value;

use super::{EndpointStep, Expect, GivenStep, HttpStep, RequestsStep, StreamWorkloadStep, WorkloadStep};
use crate::{Caller, Place};

/// One step of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where it stands: its first key with its value.
    pub place: Place,
    /// JSON pointer of the step in its file, for example `/cases/0/steps/2`. With `/ok` and the pointer of a mismatch behind it,
    /// it leads to the exact key of the pattern: `file.place("/cases/0/steps/2/ok/Messages/0/Body")`.
    pub pointer: String,
    /// What it does.
    pub kind: StepKind,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// Calls an operation.
    Call(Box<CallStep>),
    /// Lets time pass.
    Wait(Duration),
    /// Runs branches at the same time.
    Parallel(Vec<Vec<Step>>),
    /// Runs steps several times; `${index}` counts from 0.
    Repeat {
        /// How often, at least once.
        times: u32,
        /// What.
        steps: Vec<Step>,
    },
    /// Receives until nothing more comes.
    Drain(Box<DrainStep>),
    /// Runs producers and consumers at the same time and checks what they saw.
    Workload(Box<WorkloadStep>),
    /// The same of a stream.
    StreamWorkload(Box<StreamWorkloadStep>),
    /// Sends an HTTP request with exact bytes.
    Raw(Box<HttpStep>),
    /// Opens an HTTP endpoint, or changes what one answers.
    Endpoint(EndpointStep),
    /// Takes the requests that came to an endpoint.
    Requests(Box<RequestsStep>),
    /// Lets something outside of the services be so.
    Given(GivenStep),
}

/// A call of one operation.
#[derive(Debug, Clone, PartialEq)]
pub struct CallStep {
    /// The service.
    pub service: Service,
    /// The operation.
    pub operation: &'static Operation,
    /// Who calls; `None` for the account of the case in its region.
    pub caller: Option<Caller>,
    /// The parameters, a map; variables and functions are not yet replaced.
    pub with: Value,
    /// What it must answer.
    pub expect: Expect,
    /// Name of a variable, and the JSON pointer into the response that gives its value.
    pub save: IndexMap<String, String>,
    /// Try again until the expectation holds, at the latest this long after the first try.
    pub eventually: Option<Duration>,
}

/// Receives until nothing more comes.
#[derive(Debug, Clone, PartialEq)]
pub struct DrainStep {
    /// URL of the queue; may hold variables.
    pub queue: String,
    /// Parameters of `ReceiveMessage` without `QueueUrl`, a map; variables and functions are not yet replaced.
    pub with: Value,
    /// Whether to delete what was received.
    pub delete: bool,
    /// Pattern for all messages together; variables are not yet replaced.
    pub ok: Option<Value>,
    /// Name of a variable, and the JSON pointer into the joined response that gives its value.
    pub save: IndexMap<String, String>,
    /// Go on after empty receives until `ok` holds, at the latest this long after the first receive.
    pub eventually: Option<Duration>,
}

impl Step {
    /// The longest time that a real clock would have to wait, see [`Case::longest_wait`](crate::Case::longest_wait).
    pub fn longest_wait(&self) -> Duration {
        let sum = |steps: &[Self]| steps.iter().map(Self::longest_wait).sum::<Duration>();
        match &self.kind {
            StepKind::Call(call) => call.eventually.unwrap_or_default(),
            StepKind::Wait(wait) => *wait,
            StepKind::Parallel(branches) => branches.iter().map(|steps| sum(steps)).max().unwrap_or_default(),
            StepKind::Repeat { times, steps } => sum(steps).saturating_mul(*times),
            StepKind::Drain(drain) => drain.eventually.unwrap_or_default(),
            StepKind::Workload(workload) => workload.within,
            StepKind::StreamWorkload(workload) => workload.within,
            StepKind::Raw(raw) => raw.eventually.unwrap_or_default(),
            StepKind::Endpoint(_) | StepKind::Given(_) => Duration::ZERO,
            StepKind::Requests(requests) => requests.eventually.unwrap_or_default(),
        }
    }
}
