//! Shard iterators: places in shards, good for five minutes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Error, ShardId, StreamId};
use crate::{Timestamp, Uuid};

/// Milliseconds for which an iterator is good.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html>
const LIFE_MS: u64 = 300_000;
/// What begins an iterator, so that other bytes are not taken for one.
const MARK: [u8; 4] = *b"rdi1";
const LENGTH: usize = 4 + 4 + 4 + 8 + 8 + 16 + 4;

/// A place in a shard. It holds no state on the server: it may be used again, and gives the same records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kinesis) struct ShardIterator {
    /// The stream; one that is made anew under the same name is another.
    pub(in crate::kinesis) stream: StreamId,
    /// The shard.
    pub(in crate::kinesis) shard: ShardId,
    /// The index of the next record, which may not be there yet or not be there any more.
    pub(in crate::kinesis) next: u64,
    /// When it was made.
    pub(in crate::kinesis) made_at: Timestamp,
    /// Tells it from every other: no two are the same, even of one place and time.
    pub(in crate::kinesis) salt: Uuid,
}

impl ShardIterator {
    /// As clients get it.
    pub(in crate::kinesis) fn to_text(self) -> String {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.extend(MARK);
        bytes.extend(self.stream.0.to_be_bytes());
        bytes.extend(self.shard.0.to_be_bytes());
        bytes.extend(self.next.to_be_bytes());
        bytes.extend(self.made_at.as_millis().to_be_bytes());
        bytes.extend(self.salt.0.to_be_bytes());
        bytes.extend(check(&bytes).to_be_bytes());
        STANDARD.encode(bytes)
    }

    /// Reads one, and refuses it when it is too old. Double quotes around it are taken, as recorded.
    pub(in crate::kinesis) fn parse(text: &str, now: Timestamp) -> Result<Self, Error> {
        let iterator = Self::read_quoted(text).ok_or(Error::InvalidIterator)?;
        if now.since(iterator.made_at).as_millis() > LIFE_MS.into() {
            return Err(Error::ExpiredIterator { made_at: iterator.made_at, now });
        }
        Ok(iterator)
    }

    /// Reads one, however old.
    pub(in crate::kinesis) fn read_quoted(text: &str) -> Option<Self> {
        let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        Self::read(bare)
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok().filter(|bytes| bytes.len() == LENGTH && bytes.starts_with(&MARK))?;
        let (inside, sum) = bytes.split_last_chunk()?;
        if u32::from_be_bytes(*sum) != check(inside) {
            return None;
        }
        let (stream, rest) = inside[MARK.len()..].split_first_chunk()?;
        let (shard, rest) = rest.split_first_chunk()?;
        let (next, rest) = rest.split_first_chunk()?;
        let (made_at, rest) = rest.split_first_chunk()?;
        let (salt, _) = rest.split_first_chunk()?;
        Some(Self {
            stream: StreamId(u32::from_be_bytes(*stream)),
            shard: ShardId(u32::from_be_bytes(*shard)),
            next: u64::from_be_bytes(*next),
            made_at: Timestamp(u64::from_be_bytes(*made_at)),
            salt: Uuid(u128::from_be_bytes(*salt)),
        })
    }
}

/// FNV-1a, so that an iterator that was changed is none.
fn check(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::{Error, ShardId, ShardIterator, StreamId, Timestamp, Uuid};

    const ITERATOR: ShardIterator =
        ShardIterator { stream: StreamId(3), shard: ShardId(2), next: 7, made_at: Timestamp(1_000), salt: Uuid(9) };

    #[test]
    fn iterator_is_good_for_five_minutes_also_in_quotes() {
        let text = ITERATOR.to_text();
        for text in [text.clone(), format!("\"{text}\"")] {
            assert_eq!(ShardIterator::parse(&text, Timestamp(1_000)), Ok(ITERATOR));
            assert_eq!(ShardIterator::parse(&text, Timestamp(301_000)), Ok(ITERATOR));
            let expired = Error::ExpiredIterator { made_at: Timestamp(1_000), now: Timestamp(301_001) };
            assert_eq!(ShardIterator::parse(&text, Timestamp(301_001)), Err(expired));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let changed = ITERATOR.to_text().replacen('A', "B", 1);
        for text in ["", "x", "AAAA", &changed, &ITERATOR.to_text()[4..]] {
            assert_eq!(ShardIterator::parse(text, Timestamp(1_000)), Err(Error::InvalidIterator), "{text}");
        }
    }
}
