//! What a stream that is `UPDATING` becomes when it is done.

use super::Stream;
use crate::Timestamp;

/// What a stream that is `UPDATING` becomes when it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kinesis) enum Change {
    /// Encrypted with this key, or not any more.
    Encryption {
        /// The key.
        key: Option<String>,
    },
    /// One with records of another size at most, in KiB.
    RecordSize(u32),
}

impl Change {
    /// Carries it out.
    pub(in crate::kinesis) fn carry_out(self, stream: &mut Stream, _now: Timestamp) {
        match self {
            Self::Encryption { key } => stream.key_id = key,
            Self::RecordSize(kib) => stream.record_kib_max = kib,
        }
    }
}
