//! Runs steps in order, and those that hold others.

use std::pin::Pin;

use futures_util::future::try_join_all;
use redeliver_spec::{Scope, Step, StepKind};
use serde_json::Value;

use super::session::Session;
use super::stop::Stop;
use super::{call, drain, endpoint, given, raw, stream_workload, workload};

/// What a list of steps knows: who runs it, and the variables so far.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The process that its calls belong to.
    pub(super) process: u32,
    /// The variables.
    pub(super) scope: Scope,
}

impl Frame {
    /// Takes over what a step saved.
    pub(super) fn keep(&mut self, saved: Vec<(String, Value)>) {
        for (name, value) in saved {
            self.scope.set(name, value);
        }
    }
}

/// Runs steps in order; the first that fails ends them.
pub(super) fn run_steps<'a>(
    session: &'a Session<'_>,
    steps: &'a [Step],
    frame: &'a mut Frame,
) -> Pin<Box<dyn Future<Output = Result<(), Stop>> + 'a>> {
    Box::pin(async move {
        for step in steps {
            match &step.kind {
                StepKind::Call(call) => call::run(session, step, call, frame).await?,
                StepKind::Wait(duration) => session.pause(*duration).await,
                StepKind::Parallel(branches) => parallel(session, branches, frame).await?,
                StepKind::Repeat { times, steps } => repeat(session, *times, steps, frame).await?,
                StepKind::Drain(drain) => drain::run(session, step, drain, frame).await?,
                StepKind::Workload(workload) => workload::run(session, step, workload, frame).await?,
                StepKind::StreamWorkload(workload) => stream_workload::run(session, step, workload, frame).await?,
                StepKind::Endpoint(opened) => endpoint::open(session, opened, frame).await?,
                StepKind::Requests(requests) => endpoint::requests(session, step, requests, frame).await?,
                StepKind::Given(given) => given::run(session, step, given, frame)?,
                StepKind::Raw(exchange) => raw::run(session, step, exchange, frame).await?,
            }
        }
        Ok(())
    })
}

/// Runs branches at the same time, each as a process of its own; what they save is known afterwards.
async fn parallel(session: &Session<'_>, branches: &[Vec<Step>], frame: &mut Frame) -> Result<(), Stop> {
    let branch = || Frame { process: session.new_process(), scope: frame.scope.clone() };
    let scopes = try_join_all(branches.iter().map(|steps| run_branch(session, steps, branch()))).await?;
    let before = frame.scope.clone();
    for scope in scopes {
        frame.scope.take_changes(scope, &before);
    }
    Ok(())
}

async fn run_branch(session: &Session<'_>, steps: &[Step], mut frame: Frame) -> Result<Scope, Stop> {
    run_steps(session, steps, &mut frame).await?;
    Ok(frame.scope)
}

async fn repeat(session: &Session<'_>, times: u32, steps: &[Step], frame: &mut Frame) -> Result<(), Stop> {
    let outer = frame.scope.get("index").cloned();
    for index in 0..times {
        frame.scope.set("index", index);
        run_steps(session, steps, frame).await?;
    }
    match outer {
        Some(outer) => frame.scope.set("index", outer),
        None => {
            frame.scope.remove("index");
        }
    }
    Ok(())
}
