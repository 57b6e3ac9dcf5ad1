//! `GetRecords`.

use redeliver_model::kinesis::{ChildShard, GetRecordsInput, GetRecordsOutput, Record};

use super::context::Context;
use super::event::{Event, Happening};
use super::find::Named;
use super::iterator::ShardIterator;
use super::{Error, Kinesis, Shard, Stream};
use crate::Timestamp;

/// Records of an answer, unless the call says less.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html>
const RECORDS_MAX: usize = 10_000;
/// Bytes of an answer.
const BYTES_MAX: usize = 10 * 1_024 * 1_024;

impl Kinesis {
    /// The records at an iterator, and an iterator for those behind them.
    pub(in crate::kinesis) fn get_records(
        &mut self,
        cx: &mut Context<'_>,
        input: &GetRecordsInput,
    ) -> Result<GetRecordsOutput, Error> {
        let text = input.shard_iterator.as_deref().ok_or(Error::Missing { member: "shardIterator" })?;
        let iterator = ShardIterator::parse(text, cx.now)?;
        let salt = self.ids.uuid();
        let owner = self.registry.get(iterator.stream).ok_or(Error::InvalidIterator)?;
        let named = Named { name: None, arn: Some(input.stream_arn.as_deref().unwrap_or(&owner.arn)) };
        if self.find(cx.caller, named)? != iterator.stream {
            return Err(Error::InvalidIterator);
        }
        let throttle = self.limits.stream_throughput;
        self.keys.check(self.stream(iterator.stream).key_id.as_deref())?;
        let stream = self.stream_mut(iterator.stream);
        if stream.listed_shard(cx.now, iterator.shard).is_none() {
            return Err(Error::InvalidIterator);
        }
        if input.dry_run == Some(true) {
            return Err(Error::DryRun);
        }
        if throttle && !stream.throughput(iterator.shard).is_none_or(|shard| shard.begin_read(cx.now)) {
            return Err(stream.rate_exceeded(iterator.shard));
        }
        let shard = stream.shards.get(iterator.shard).ok_or(Error::InvalidIterator)?;
        let most = input.limit.and_then(|limit| usize::try_from(limit).ok());
        let most = most.map_or(RECORDS_MAX, |limit| limit.clamp(1, RECORDS_MAX));
        // A read may find fewer records than there are, even none.
        let there = shard.records.there(iterator.next.max(shard.records.at(stream.horizon(cx.now)))).min(most);
        let most = cx.oracle.read(there).min(there);
        let page = Page::read(stream, shard, iterator.next, most, cx.now);
        cx.log.kinesis(|| Event { at: cx.now, stream: stream.arn.clone(), what: page.told(shard) });
        let is_over = !shard.is_open() && page.next >= shard.records.next();
        let child_shards = is_over.then(|| children(stream, shard));
        let next = ShardIterator { next: page.next, made_at: cx.now, salt, ..iterator };
        if let Some(shard) = stream.throughput(iterator.shard) {
            shard.end_read(page.bytes);
        }
        Ok(GetRecordsOutput {
            child_shards,
            millis_behind_latest: i64::try_from(page.behind_ms).ok(),
            next_shard_iterator: (!is_over).then(|| next.to_text()),
            records: Some(page.records),
        })
    }
}

/// Some records of a shard.
pub(in crate::kinesis) struct Page {
    /// The records.
    pub(in crate::kinesis) records: Vec<Record>,
    /// Their bytes.
    pub(in crate::kinesis) bytes: usize,
    /// The index behind the last of them.
    pub(in crate::kinesis) next: u64,
    /// How far it is from the newest record, in time.
    pub(in crate::kinesis) behind_ms: u64,
    /// Index and time of the first and the last one.
    ends: Option<[(u64, Timestamp); 2]>,
}

impl Page {
    /// The records from an index on, `most` at most.
    pub(in crate::kinesis) fn read(stream: &Stream, shard: &Shard, from: u64, most: usize, now: Timestamp) -> Self {
        let from = from.max(shard.records.at(stream.horizon(now)));
        let most = shard.records.there(from).min(most);
        let encryption = stream.key_id.as_ref().map(|_| stream.encryption_type());
        let mut page = Self { records: Vec::with_capacity(most), bytes: 0, next: from, behind_ms: 0, ends: None };
        for (index, stored) in shard.records.from(from) {
            let bytes = page.bytes + stored.size();
            if page.records.len() == most || (bytes > BYTES_MAX && !page.records.is_empty()) {
                let behind = now.since(stored.taken_at).as_millis();
                // Who has not read everything is behind, however little.
                page.behind_ms = u64::try_from(behind).unwrap_or(u64::MAX).max(1);
                break;
            }
            page.records.push(Record {
                approximate_arrival_timestamp: Some(stored.taken_at),
                data: Some(stored.data.clone()),
                encryption_type: encryption.clone(),
                partition_key: stored.key.clone(),
                sequence_number: Some(shard.number(index, stored.taken_at).to_text()),
            });
            let end = (index, stored.taken_at);
            page.ends = Some([page.ends.map_or(end, |[first, _]| first), end]);
            page.bytes = bytes;
            page.next = index + 1;
        }
        page
    }

    /// What histories say of it.
    pub(in crate::kinesis) fn told(&self, shard: &Shard) -> Happening {
        let number = |(index, taken_at)| shard.number(index, taken_at);
        Happening::Read {
            shard: shard.id,
            records: self.records.len(),
            first: self.ends.map(|[first, _]| number(first)),
            last: self.ends.map(|[_, last]| number(last)),
            behind_ms: self.behind_ms,
        }
    }
}

/// The shards that a reader goes on with.
pub(in crate::kinesis) fn children(stream: &Stream, shard: &Shard) -> Vec<ChildShard> {
    let children = shard.children.iter().filter_map(|id| stream.shards.get(*id));
    let child = |child: &Shard| {
        let (parent, adjacent) = child.origin.parents();
        ChildShard {
            hash_key_range: Some(child.range.to_model()),
            parent_shards: Some(parent.into_iter().chain(adjacent).map(|shard| shard.to_string()).collect()),
            shard_id: Some(child.id.to_string()),
        }
    };
    children.map(child).collect()
}
