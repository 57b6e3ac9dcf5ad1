//! What happened to streams and their records, as lines of a history.

use redeliver_core::kinesis::{Happening, SequenceNumber};
use serde_json::{Value, json};

/// Name and details.
pub(super) fn told(what: &Happening) -> (&'static str, Value) {
    let number = |number: &SequenceNumber| number.to_string();
    match what {
        Happening::StreamCreated => ("stream-created", json!({})),
        Happening::StreamDeleted => ("stream-deleted", json!({})),
        Happening::StatusChanged { status } => ("status-changed", json!({ "status": status.as_str() })),
        Happening::ShardOpened { shard, range, parents } => (
            "shard-opened",
            json!({
                "shard": shard.to_string(),
                "from": range.start.to_string(),
                "to": range.end.to_string(),
                "parents": parents.iter().map(ToString::to_string).collect::<Vec<_>>(),
            }),
        ),
        Happening::Put { shard, sequence, key } => {
            ("put", json!({ "shard": shard.to_string(), "sequence": number(sequence), "key": key.as_deref() }))
        }
        Happening::Read { shard, records, first, last, behind_ms } => (
            "read",
            json!({
                "shard": shard.to_string(),
                "records": records,
                "first": first.as_ref().map(number),
                "last": last.as_ref().map(number),
                "behind-ms": behind_ms,
            }),
        ),
    }
}
