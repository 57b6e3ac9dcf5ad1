//! Reading again at the end.

use serde_json::{Value, json};

use super::super::stop::Stop;
use super::call::Process;
use super::ledger::{Replay, Seen};

/// Reads every shard again from the trim horizon, and at, behind and at the time of the record in the middle of what `reader` read.
pub(super) async fn replay(process: Process<'_, '_>, reader: u32, limit: Option<u32>) -> Result<(), Stop> {
    for (shard, records) in process.ledger.of_reader(reader) {
        let middle = &records[records.len() / 2];
        let at = |kind: &str| json!({ "ShardIteratorType": kind, "StartingSequenceNumber": middle.sequence });
        let from_middle = &records[records.len() / 2..];
        let mut positions = vec![
            (json!({ "ShardIteratorType": "TRIM_HORIZON" }), records.as_slice()),
            (at("AT_SEQUENCE_NUMBER"), from_middle),
            (at("AFTER_SEQUENCE_NUMBER"), &from_middle[1..]),
        ];
        if let Some(arrived) = &middle.arrived {
            let is_before = |seen: &Seen| seconds(seen.arrived.as_ref()) < seconds(Some(arrived));
            let first = records.iter().take_while(|seen| is_before(seen)).count();
            let from = json!({ "ShardIteratorType": "AT_TIMESTAMP", "Timestamp": arrived });
            positions.push((from, &records[first..]));
        }
        for (from, due) in positions {
            let words = format!("{shard} from {from}");
            let came = again(process, &shard, from, limit).await?;
            process.ledger.replayed(Replay { from: words, due: due.to_vec(), came });
        }
    }
    Ok(())
}

fn seconds(arrived: Option<&serde_json::Number>) -> f64 {
    arrived.and_then(serde_json::Number::as_f64).unwrap_or_default()
}

/// Reads a shard until its end, or until it is read up to now.
async fn again(process: Process<'_, '_>, shard: &str, from: Value, limit: Option<u32>) -> Result<Vec<Seen>, Stop> {
    let mut came = Vec::new();
    let mut iterator = process.iterator(shard, from).await?;
    while let Some(text) = iterator {
        let Some(answer) = process.get(&text, limit).await? else { break };
        let seen = Seen::all(shard, &answer);
        process.got(shard, &seen);
        let is_at_tip = seen.is_empty() && answer["MillisBehindLatest"] == 0;
        came.extend(seen);
        if is_at_tip {
            break;
        }
        iterator = answer["NextShardIterator"].as_str().map(str::to_owned);
        process.session.pause(super::call::BACKOFF).await;
    }
    Ok(came)
}
