//! What a producer of the test puts into a stream.

/// A record that [`World::put`](super::World::put) puts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamRecord {
    pub(crate) partition_key: String,
    pub(crate) data: Vec<u8>,
    pub(crate) hash_key: Option<u128>,
}

impl StreamRecord {
    /// A record with this partition key, which chooses its shard, and this data. Its business key is read off the data as that of a message
    /// off its body: `key`, `id` or `order_id` of a JSON object, else all of it.
    pub fn new(partition_key: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        Self { partition_key: partition_key.into(), data: data.into(), hash_key: None }
    }

    /// Its hash key, which chooses its shard in place of the partition key.
    #[must_use]
    pub fn hash_key(self, hash_key: u128) -> Self {
        Self { hash_key: Some(hash_key), ..self }
    }
}

impl<K: Into<String>, D: Into<Vec<u8>>> From<(K, D)> for StreamRecord {
    fn from((partition_key, data): (K, D)) -> Self {
        Self::new(partition_key, data)
    }
}
