//! A record as it comes, before it is taken.

use redeliver_model::Bytes;

use super::{Error, HashKey, Stream};

/// A record that may be taken, unless its shard has no throughput left.
#[derive(Debug)]
pub(in crate::kinesis) struct Incoming {
    /// What its producer gives.
    pub(in crate::kinesis) data: Bytes,
    /// Its partition key.
    pub(in crate::kinesis) key: Option<String>,
    /// Where it belongs.
    pub(in crate::kinesis) hash_key: HashKey,
}

impl Incoming {
    /// Reads `PartitionKey` and `ExplicitHashKey`, which wins, and checks the size.
    pub(in crate::kinesis) fn new(
        stream: &Stream,
        data: Bytes,
        key: Option<String>,
        explicit: Option<&str>,
    ) -> Result<Self, Error> {
        let hash_key = match (explicit, key.as_deref()) {
            // Any will do: the stream chooses.
            _ if stream.spreads => HashKey(0),
            (_, None) => return Err(Error::NoPartitionKey),
            (None, Some(key)) => HashKey::of_partition_key(key),
            (Some(explicit), Some(_)) => {
                HashKey::parse(explicit).ok_or_else(|| Error::ExplicitHashKey { value: explicit.to_owned() })?
            }
        };
        let incoming = Self { data, key, hash_key };
        let limit = stream.record_bytes_max();
        let size = incoming.size();
        if size > limit { Err(Error::RecordTooLarge { size, limit }) } else { Ok(incoming) }
    }

    /// Bytes that count toward limits.
    /// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html>
    pub(in crate::kinesis) fn size(&self) -> usize {
        self.data.len() + self.key.as_ref().map_or(0, String::len)
    }
}
