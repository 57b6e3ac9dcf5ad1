//! Receipt handles: opaque to clients, a packed reference inside.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustc_hash::FxHasher;

use super::queue::QueueId;
use crate::{Timestamp, Uuid};

/// The handles of AWS begin with `AQEB`, which is these bytes in base64.
const MARK: [u8; 3] = [1, 1, 1];
const BYTES: usize = 3 + 4 + 4 + 16 + 4 + 8 + 8;

/// What a receipt handle refers to: one receive of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReceiptHandle {
    /// The queue.
    pub(super) queue: QueueId,
    /// Where the queue keeps the message.
    pub(super) place: u32,
    /// The message.
    pub(super) message: Uuid,
    /// Which receive of the message it was, from 1.
    pub(super) receive: u32,
    /// When that was.
    pub(super) received_at: Timestamp,
}

impl ReceiptHandle {
    /// The text that clients get.
    pub(super) fn to_text(self) -> String {
        let mut bytes = [0; BYTES];
        bytes[..3].copy_from_slice(&MARK);
        bytes[3..7].copy_from_slice(&self.queue.0.to_be_bytes());
        bytes[7..11].copy_from_slice(&self.place.to_be_bytes());
        bytes[11..27].copy_from_slice(&self.message.0.to_be_bytes());
        bytes[27..31].copy_from_slice(&self.receive.to_be_bytes());
        bytes[31..39].copy_from_slice(&self.received_at.0.to_be_bytes());
        let check = check(&bytes[..39]);
        bytes[39..].copy_from_slice(&check);
        STANDARD.encode(bytes)
    }

    /// Reads the text; `None` when it is not a handle that was given out.
    pub(super) fn parse(text: &str) -> Option<Self> {
        // The decoder wants room for what the text could hold at most, which is a byte more.
        let mut bytes = [0; BYTES + 1];
        if text.len() != BYTES.div_ceil(3) * 4 {
            return None;
        }
        let length = STANDARD.decode_slice(text, &mut bytes).ok()?;
        if length != BYTES || bytes[..3] != MARK || check(&bytes[..39]) != bytes[39..BYTES] {
            return None;
        }
        let word = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        Some(Self {
            queue: QueueId(word(3)?),
            place: word(7)?,
            message: Uuid(u128::from_be_bytes(bytes.get(11..27)?.try_into().ok()?)),
            receive: word(27)?,
            received_at: Timestamp(u64::from_be_bytes(bytes.get(31..39)?.try_into().ok()?)),
        })
    }
}

fn check(bytes: &[u8]) -> [u8; 8] {
    use std::hash::Hasher;
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::{QueueId, ReceiptHandle};
    use crate::{Timestamp, Uuid};

    const HANDLE: ReceiptHandle = ReceiptHandle {
        queue: QueueId(3),
        place: 70_000,
        message: Uuid(0x0123_4567_89ab_4cde_8123_4567_89ab_cdef),
        receive: 2,
        received_at: Timestamp(1_767_225_600_000),
    };

    #[test]
    fn handle_reads_back() {
        let text = HANDLE.to_text();
        assert!(text.starts_with("AQEB"));
        assert_eq!(ReceiptHandle::parse(&text), Some(HANDLE));
    }

    #[test]
    fn text_that_was_not_given_out_is_refused() {
        let text = HANDLE.to_text();
        let altered: String = text.char_indices().map(|(at, c)| if at == 20 { 'z' } else { c }).collect();
        for wrong in ["", "garbage", &text[..text.len() - 4], &altered, &format!("{text}AAAA"), "é"] {
            assert_eq!(ReceiptHandle::parse(wrong), None, "{wrong}");
        }
    }
}
