//! What a channel writes.

use std::sync::Arc;

use redeliver_model::Bytes;

use crate::{Timestamp, Uuid};

/// How an object is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// As a gzip file.
    Gzip,
    /// As a Zstandard frame.
    Zstd,
    /// As a Snappy frame; tables alone have it.
    Snappy,
}

impl Compression {
    /// As the API names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Gzip => "GZIP",
            Self::Zstd => "ZSTD",
            Self::Snappy => "SNAPPY",
        }
    }

    /// What names of files end with.
    pub fn extension(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Gzip => ".gz",
            Self::Zstd => ".zst",
            Self::Snappy => ".snappy",
        }
    }
}

/// An object that a channel writes. It is never written anew: channels only add.
/// <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-concepts.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredObject {
    /// When it is written.
    pub at: Timestamp,
    /// What no other object has; it is in the key, too.
    pub id: Uuid,
    /// ARN of the channel.
    pub channel: Arc<str>,
    /// The region, in which the bucket is as well.
    pub region: Arc<str>,
    /// Name of the bucket, or of the table bucket.
    pub bucket: String,
    /// Its key there.
    pub key: String,
    /// How many records it has.
    pub records: usize,
    /// What is in it, not compressed yet.
    pub body: Bytes,
    /// How it is to be compressed.
    pub compression: Compression,
    /// The storage class that it is to have, for example `STANDARD`.
    pub storage_class: String,
    /// The key of KMS that it is to be encrypted with.
    pub key_id: Option<String>,
    /// Account that has to own the bucket.
    pub bucket_owner: Option<String>,
    /// Whether it has the records that could not be delivered.
    pub is_dead_letter: bool,
}
