//! The step.

use futures_util::future::{LocalBoxFuture, try_join_all};
use redeliver_spec::Step;
use redeliver_spec::step::StreamWorkloadStep;

use super::super::fill;
use super::super::session::Session;
use super::super::steps::Frame;
use super::super::stop::Stop;
use super::call::Process;
use super::fan_out::FanOut;
use super::ledger::Ledger;
use super::plan::plan;
use super::poll::Poller;
use super::produce::Producer;
use super::replay::replay;
use super::reshard::{active, reshard};
use super::verdict::verdict;

/// Runs producers, readers and changes of shards until everything is read, reads it again, then checks what was seen.
pub(in super::super) async fn run(
    session: &Session<'_>,
    step: &Step,
    workload: &StreamWorkloadStep,
    frame: &Frame,
) -> Result<(), Stop> {
    let stream = fill::text(&workload.stream, &frame.scope, &format!("{}/workload/stream", step.pointer))?;
    let plans = plan(&workload.put);
    let ledger = Ledger::new(plans.len(), !workload.reshard.is_empty(), workload.within);
    let first = session.recorded();
    let process = Process { session, step: &step.pointer, stream: &stream, ledger: &ledger, number: frame.process };
    active(process).await?;
    if let Some(change) = workload.reshard.first() {
        ledger.allow(Some(change.after));
    }
    let mut all: Vec<LocalBoxFuture<'_, Result<(), Stop>>> = Vec::new();
    for calls in plans {
        all.push(Box::pin(Producer::new(process.another()).run(calls)));
    }
    let readers: Vec<_> = (0..workload.read.polling).map(|_| process.another()).collect();
    for reader in &readers {
        all.push(Box::pin(Poller::new(*reader, workload.read.limit, workload.read.every).run()));
    }
    for number in 0..workload.read.fan_out {
        let reader = process.another();
        all.push(Box::pin(async move {
            match FanOut::register(reader, &format!("reader-{number}")).await? {
                Some(reader) => reader.run().await,
                None => Ok(()),
            }
        }));
    }
    if !workload.reshard.is_empty() {
        all.push(Box::pin(reshard(process.another(), &workload.reshard, workload.put.messages)));
    }
    try_join_all(all).await?;
    if workload.replay
        && let Some(reader) = readers.first()
    {
        replay(process.another(), reader.number, workload.read.limit).await?;
    }
    session.tell_events();
    verdict(&ledger.into_entries(), &session.history_from(first), workload, &step.pointer)
}
