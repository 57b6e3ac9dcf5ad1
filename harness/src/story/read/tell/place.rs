//! Leases, checkpoints and shards that open, as moments.

use redeliver_check::{CheckpointEnd, LeaseState, Record, What};
use serde_json::Value;

use crate::story::read::call::text;
use crate::story::read::shard::shard_name;
use crate::story::read::{Kind, Moment, Reading};
use crate::story::words::foreign;

/// A record about a place in a stream; leases that are merely kept are told by nobody.
pub(super) fn tell(index: usize, record: &Record, reading: &Reading) -> Option<Moment> {
    let (process, text, trouble) = match &record.what {
        What::Lease { shard, owner, epoch, state, .. } => {
            let shard = shard_name(shard);
            let text = match state {
                LeaseState::Taken if record.process == 0 => {
                    format!("lease of {shard}: {} takes it (epoch {epoch})", foreign(owner))
                }
                LeaseState::Taken => format!("takes the lease of {shard} (epoch {epoch})"),
                LeaseState::Lost => format!("has the lease of {shard} no more"),
                LeaseState::Renewed => return None,
            };
            (Some(record.process), text, *state == LeaseState::Lost)
        }
        What::Checkpoint { shard, sequence, epoch, outcome, .. } => {
            let place = match reading.messages.find(sequence) {
                Some(record) => reading.messages.get(record).name.clone(),
                None => foreign(sequence),
            };
            let shown = format!("checkpoint {place} of {} (epoch {epoch})", shard_name(shard));
            let text = match outcome {
                CheckpointEnd::Accepted => shown,
                CheckpointEnd::Refused => format!("{shown} -> REFUSED"),
                CheckpointEnd::Unknown => format!("{shown} -> NO REPLY"),
            };
            (Some(record.process), text, *outcome != CheckpointEnd::Accepted)
        }
        What::Event { service, name, detail, .. } if service == "kinesis" && name == "shard-opened" => {
            let parents = detail.get("parents").and_then(Value::as_array).into_iter().flatten();
            let parents: Vec<_> = parents.filter_map(Value::as_str).map(shard_name).collect();
            if parents.is_empty() {
                return None;
            }
            let text = format!("opens {} in place of {}", shard_name(text(detail, "shard")?), parents.join(" and "));
            (None, text, false)
        }
        _ => return None,
    };
    Some(Moment {
        at_ms: record.at_ms,
        record: index,
        process,
        kind: Kind::Place,
        message: None,
        key: None,
        text,
        faults: Vec::new(),
        trouble,
        futile: false,
    })
}
