//! Receipt handles of records that queues hand out.

use super::QueueId;
use super::backlog::Key;
use crate::Uuid;
use crate::kinesis::ShardId;

/// Names one receive of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Handle {
    /// The queue.
    pub(super) queue: QueueId,
    /// The record.
    pub(super) key: Key,
    /// What no other receive has.
    pub(super) receipt: Uuid,
}

impl Handle {
    /// As clients get it.
    pub(super) fn to_text(self) -> String {
        let (shard, index) = self.key;
        format!("{:08x}{:08x}{index:016x}{:032x}", self.queue.0, shard.0, self.receipt.0)
    }

    /// Reads one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_hex = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hex {
            return None;
        }
        let short = |range: std::ops::Range<usize>| u32::from_str_radix(&text[range], 16).ok();
        Some(Self {
            queue: QueueId(short(0..8)?),
            key: (ShardId(short(8..16)?), u64::from_str_radix(&text[16..32], 16).ok()?),
            receipt: Uuid(u128::from_str_radix(&text[32..], 16).ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Handle, QueueId, ShardId, Uuid};

    #[test]
    fn handle_is_read_as_it_was_written() {
        let handle = Handle { queue: QueueId(1), key: (ShardId(2), 3), receipt: Uuid(u128::MAX - 4) };
        assert_eq!(Handle::parse(&handle.to_text()), Some(handle));
        for text in ["", "x", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(Handle::parse(text), None, "{text}");
        }
    }
}
