//! Records become objects when the oldest of them has waited for long enough.
//!
//! <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-s3-about.html>

use std::sync::Arc;

use redeliver_model::Bytes;
use redeliver_model::kinesis::S3StorageClass;

use super::channel::Channel;
use super::destination::Destination;
use super::format::dead_letter;
use super::{ChannelId, Compression, StoredObject};
use crate::kinesis::agenda::Due;
use crate::kinesis::{Kinesis, Stream};
use crate::log::Log;
use crate::{Effect, Ids, Timestamp};

/// Bytes of an object, after which another one is begun. silent: the number.
const OBJECT_BYTES: usize = 64 << 20;

impl Kinesis {
    /// Plans the deliveries of channels that have something to deliver by now.
    pub(in crate::kinesis) fn watch_channels(&mut self, now: Timestamp) {
        if self.channels.all.is_empty() {
            return;
        }
        let idle = self.channels.all.iter().filter(|(_, channel)| channel.due_at.is_none() && channel.delivers());
        let idle: Vec<_> = idle.map(|(id, _)| *id).collect();
        for id in idle {
            self.watch_channel(now, id);
        }
    }

    /// Plans the next delivery of a channel: when its oldest record has waited for as long as it may.
    pub(super) fn watch_channel(&mut self, now: Timestamp, id: ChannelId) {
        let channel = self.channels.get_mut(id);
        let Some(stream) = self.registry.get(channel.stream) else { return };
        let Some(oldest) = oldest(channel, stream) else { return };
        let at = oldest.plus_secs(channel.target.freshness_secs.into()).max(now);
        channel.due_at = Some(at);
        self.agenda.plan(at, Due::Delivery(id));
    }

    /// Whether a channel has something to deliver.
    pub(crate) fn has_deliveries(&self) -> bool {
        self.channels.all.values().any(|channel| channel.due_at.is_some())
    }

    /// Writes all that a channel has to deliver.
    pub(in crate::kinesis) fn deliver(&mut self, now: Timestamp, id: ChannelId, log: &mut Log) {
        let Some(channel) = self.channels.all.get_mut(&id).filter(|channel| channel.due_at == Some(now)) else {
            return;
        };
        channel.due_at = None;
        let Some(stream) = self.registry.get(channel.stream).filter(|_| channel.delivers()) else { return };
        let (mut good, mut bad) = (Batch::default(), Batch::default());
        let mut objects = Vec::new();
        for shard in stream.shards.all() {
            let cursor = channel.cursors.entry(shard.id).or_insert(1);
            for (index, record) in shard.records.from(*cursor) {
                let is_row = matches!(channel.target.destination, Destination::Table { .. });
                match channel.format.payload(&record.data) {
                    Ok(payload) => good.push(payload, if is_row { b"\n" } else { b"" }),
                    Err(why) => {
                        let line = dead_letter(record, (shard.id, shard.number(index, record.taken_at)), why);
                        bad.push(line.as_bytes(), b"");
                    }
                }
                for (batch, is_dead_letter) in [(&mut good, false), (&mut bad, true)] {
                    if batch.body.len() >= OBJECT_BYTES {
                        objects.push((std::mem::take(batch), is_dead_letter));
                    }
                }
            }
            *cursor = shard.records.next();
        }
        objects.extend([(good, false), (bad, true)].into_iter().filter(|(batch, _)| batch.records > 0));
        for (batch, is_dead_letter) in objects {
            let object = channel.object(now, batch, is_dead_letter, &mut self.ids);
            channel.count(&object);
            log.effect(Effect::Store { object: Arc::new(object) });
        }
    }
}

/// When the oldest record came that is not delivered yet.
fn oldest(channel: &Channel, stream: &Stream) -> Option<Timestamp> {
    let next = stream.shards.all().iter().filter_map(|shard| {
        let cursor = channel.cursors.get(&shard.id).copied().unwrap_or(1);
        shard.records.from(cursor).next().map(|(_, record)| record.taken_at)
    });
    next.min()
}

/// Records of one object.
#[derive(Debug, Default)]
struct Batch {
    body: Vec<u8>,
    records: usize,
}

impl Batch {
    fn push(&mut self, payload: &[u8], end: &[u8]) {
        self.body.extend(payload);
        self.body.extend(end);
        self.records += 1;
    }
}

impl Channel {
    fn object(&self, now: Timestamp, batch: Batch, is_dead_letter: bool, ids: &mut Ids) -> StoredObject {
        let id = ids.uuid();
        let plain = (Compression::None, S3StorageClass::Standard.as_str().to_owned());
        let (bucket_arn, owner, key, (compression, storage_class)) = match &self.target.destination {
            _ if is_dead_letter => {
                let there = self.target.shown_dead_letters(&self.name, &self.id);
                let prefix = there.error_output_prefix.unwrap_or_default();
                let key = format!("{prefix}{}-{id}.json", self.name);
                (there.bucket_arn, there.expected_bucket_owner, key, plain)
            }
            Destination::Bucket { storage, template } => {
                let class = storage.storage_class.as_ref().map_or(plain.1, |class| class.as_str().to_owned());
                let key = template.key(self.names(), now, id);
                let owner = storage.expected_bucket_owner.clone();
                (storage.bucket_arn.clone(), owner, key, (self.target.compression, class))
            }
            Destination::Table { table } => {
                let [namespace, name] =
                    [&table.namespace, &table.table_name].map(|part| part.as_deref().unwrap_or_default());
                (table.table_bucket_arn.clone(), None, format!("{namespace}/{name}/data/{id}.json"), plain)
            }
        };
        StoredObject {
            at: now,
            id,
            channel: Arc::clone(&self.arn),
            region: Arc::clone(&self.home.1),
            bucket: bucket_arn.map(|arn| bucket(&arn).to_owned()).unwrap_or_default(),
            key,
            records: batch.records,
            body: Bytes::from(batch.body),
            compression,
            storage_class,
            key_id: self.encryption.as_ref().and_then(|encryption| encryption.key_id.clone()),
            bucket_owner: owner,
            is_dead_letter,
        }
    }

    fn count(&mut self, object: &StoredObject) {
        let records = u64::try_from(object.records).unwrap_or(u64::MAX);
        self.delivered.objects += 1;
        if object.is_dead_letter {
            self.delivered.dead_letters += records;
        } else {
            self.delivered.records += records;
        }
    }
}

/// The name of the bucket, or of the table bucket, with this ARN.
fn bucket(arn: &str) -> &str {
    let name = arn.rsplit_once(':').map_or(arn, |(_, name)| name);
    name.strip_prefix("bucket/").unwrap_or(name)
}
