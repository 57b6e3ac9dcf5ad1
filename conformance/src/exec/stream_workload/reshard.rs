//! Changes of shards, one after another, while records are put.

use redeliver_spec::step::{Reshard, Shards};
use serde_json::{Value, json};

use super::super::stop::Stop;
use super::call::{BACKOFF, Process};

/// Makes the changes. While one is made, half of the records up to the next are put; the others wait until it is done, so that there are
/// records before, during and after it, however long it takes.
pub(super) async fn reshard(process: Process<'_, '_>, changes: &[Reshard], messages: u32) -> Result<(), Stop> {
    let Process { session, ledger, .. } = process;
    for (index, change) in changes.iter().enumerate() {
        let next = changes.get(index + 1).map_or(messages, |next| next.after);
        ledger.allow(Some(change.after + (next - change.after) / 2));
        while ledger.taken() < change.after as usize && !ledger.is_out_of_time() {
            session.pause(BACKOFF).await;
        }
        active(process).await?;
        make(process, change.to).await?;
        active(process).await?;
    }
    ledger.allow(None);
    ledger.resharded();
    Ok(())
}

/// Waits until the stream is active.
pub(super) async fn active(process: Process<'_, '_>) -> Result<(), Stop> {
    let input = json!({ "StreamName": process.stream });
    while let Some(output) = process.insist("DescribeStreamSummary", &input).await? {
        if output["StreamDescriptionSummary"]["StreamStatus"] == "ACTIVE" {
            break;
        }
        process.session.pause(process.session.pace().0.min(BACKOFF)).await;
    }
    Ok(())
}

async fn make(process: Process<'_, '_>, change: Shards) -> Result<(), Stop> {
    let open = open(&process.shards().await?);
    let shard = |number: u32| {
        let shard = usize::try_from(number).ok().and_then(|number| open.get(number));
        shard.ok_or_else(|| Stop::could_not_run(format!("there is no open shard {number}")))
    };
    let (operation, mut input) = match change {
        Shards::Split(number) => {
            let shard = shard(number)?;
            let middle = shard.start + (shard.end - shard.start) / 2 + 1;
            ("SplitShard", json!({ "ShardToSplit": shard.id, "NewStartingHashKey": middle.to_string() }))
        }
        Shards::Merge(number) => {
            let (one, other) = (shard(number)?, shard(number + 1)?);
            ("MergeShards", json!({ "ShardToMerge": one.id, "AdjacentShardToMerge": other.id }))
        }
        Shards::Count(count) => {
            ("UpdateShardCount", json!({ "TargetShardCount": count, "ScalingType": "UNIFORM_SCALING" }))
        }
    };
    input["StreamName"] = process.stream.into();
    process.insist(operation, &input).await.map(drop)
}

/// An open shard.
struct Open {
    id: String,
    start: u128,
    end: u128,
}

/// The open shards in the order of their hash keys.
fn open(shards: &[Value]) -> Vec<Open> {
    let number = |shard: &Value, name: &str| shard["HashKeyRange"][name].as_str().and_then(|text| text.parse().ok());
    let is_open = |shard: &&Value| shard["SequenceNumberRange"]["EndingSequenceNumber"].is_null();
    let open = shards.iter().filter(is_open).filter_map(|shard| {
        let id = shard["ShardId"].as_str()?.to_owned();
        Some(Open { id, start: number(shard, "StartingHashKey")?, end: number(shard, "EndingHashKey")? })
    });
    let mut open: Vec<_> = open.collect();
    open.sort_by_key(|shard| shard.start);
    open
}
