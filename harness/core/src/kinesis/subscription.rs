//! Subscriptions to shards: streams of events that last five minutes.

use std::collections::BTreeMap;

use redeliver_model::kinesis::SubscribeToShardEvent;

use super::agenda::Due;
use super::consumer::ConsumerId;
use super::event::Event;
use super::get_records::{Page, children};
use super::{ControlFault, Kinesis, SequenceNumber, Shard, ShardId, StreamId};
use crate::log::Log;
use crate::{Emitted, Ticket, Timestamp};

/// Milliseconds for which a subscription lasts.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html>
pub(in crate::kinesis) const LIFE_MS: u64 = 300_000;
/// Milliseconds after which an event without records says that there are none. silent: how often AWS sends them.
const BEAT_MS: u64 = 5_000;
/// Bytes a second that a consumer gets of a shard.
/// <https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html>
const BYTES_PER_SECOND: u64 = 2 << 20;
/// Tickets of subscriptions have this bit, which no other ticket has.
const MARK: u64 = 1 << 63;
/// Records of an event at most. silent: the number.
const RECORDS_MAX: usize = 10_000;

/// One subscription.
#[derive(Debug)]
pub(in crate::kinesis) struct Subscription {
    /// The stream and its consumer.
    pub(in crate::kinesis) consumer: (StreamId, ConsumerId),
    /// The shard.
    pub(in crate::kinesis) shard: ShardId,
    /// The index of the next record.
    pub(in crate::kinesis) next: u64,
    /// When it ends.
    pub(in crate::kinesis) ends_at: Timestamp,
    /// When it may hand out records again.
    pub(in crate::kinesis) ready_at: Timestamp,
    /// When it says that there are no records.
    pub(in crate::kinesis) beat_at: Timestamp,
}

/// The subscriptions that are open.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Subscriptions {
    open: BTreeMap<Ticket, Subscription>,
    opened: u64,
}

impl Subscriptions {
    /// Adds one.
    pub(in crate::kinesis) fn add(&mut self, subscription: Subscription) -> Ticket {
        self.opened += 1;
        let ticket = Ticket(MARK | self.opened);
        self.open.insert(ticket, subscription);
        ticket
    }

    /// Takes one out.
    pub(in crate::kinesis) fn remove(&mut self, ticket: Ticket) {
        self.open.remove(&ticket);
    }

    /// The subscription of a consumer to a shard.
    pub(in crate::kinesis) fn of(&self, consumer: (StreamId, ConsumerId), shard: ShardId) -> Option<Ticket> {
        let is_meant = |open: &Subscription| open.consumer == consumer && open.shard == shard;
        self.open.iter().find(|(_, open)| is_meant(open)).map(|(ticket, _)| *ticket)
    }

    /// How many subscriptions a consumer has.
    pub(in crate::kinesis) fn of_consumer(&self, consumer: (StreamId, ConsumerId)) -> usize {
        self.open.values().filter(|open| open.consumer == consumer).count()
    }

    fn tickets(&self) -> Vec<Ticket> {
        self.open.keys().copied().collect()
    }
}

impl Kinesis {
    /// Forgets a subscription or a waiting receive whose caller went away.
    pub(crate) fn abandon(&mut self, ticket: Ticket) {
        self.subscriptions.remove(ticket);
        self.abandon_wait(ticket);
    }

    /// Ends all subscriptions, and all receives that wait.
    pub(crate) fn end_subscriptions(&mut self, log: &mut Log) {
        self.end_all_waits(log);
        for ticket in self.subscriptions.tickets() {
            self.end_subscription(ticket, Emitted::End, log);
        }
    }

    /// Ends a subscription with its last words.
    pub(in crate::kinesis) fn end_subscription(&mut self, ticket: Ticket, last: Emitted, log: &mut Log) {
        self.subscriptions.remove(ticket);
        log.emit(ticket, last);
    }

    /// Hands out what there is to all subscriptions.
    pub(in crate::kinesis) fn feed_all(&mut self, log: &mut Log) {
        for ticket in self.subscriptions.tickets() {
            self.feed(ticket, log);
        }
    }

    /// Hands out what there is to a subscription, and ends it when it is over.
    pub(in crate::kinesis) fn feed(&mut self, ticket: Ticket, log: &mut Log) {
        let now = self.clock;
        let Some(open) = self.subscriptions.open.get_mut(&ticket) else { return };
        let (id, consumer) = open.consumer;
        let stream = self.registry.get(id).filter(|stream| stream.consumers.contains_key(&consumer));
        let Some((stream, shard)) = stream.and_then(|stream| Some((stream, stream.shards.get(open.shard)?))) else {
            let fault = ControlFault::SubscriptionOrphaned;
            return self.end_subscription(ticket, Emitted::Failed(super::Error::from(fault).into()), log);
        };
        if now >= open.ends_at {
            return self.end_subscription(ticket, Emitted::End, log);
        }
        if now < open.ready_at {
            return;
        }
        let page = Page::read(stream, shard, open.next, RECORDS_MAX, now);
        let is_over = !shard.is_open() && page.next >= shard.records.next();
        if page.records.is_empty() && !is_over && now < open.beat_at {
            return;
        }
        if !page.records.is_empty() {
            log.kinesis(|| Event { at: now, stream: stream.arn.clone(), what: page.told(shard) });
        }
        let bytes: u64 = page.records.iter().map(size).sum();
        open.next = page.next;
        open.ready_at = Timestamp(now.as_millis() + bytes * 1_000 / BYTES_PER_SECOND);
        open.beat_at = Timestamp(now.as_millis() + BEAT_MS).max(open.ready_at);
        let event = SubscribeToShardEvent {
            child_shards: is_over.then(|| children(stream, shard)),
            continuation_sequence_number: (!is_over).then(|| continuation(shard, page.next, now).to_string()),
            millis_behind_latest: i64::try_from(page.behind_ms).ok(),
            records: Some(page.records),
        };
        let (ready_at, beat_at) = (open.ready_at, open.beat_at);
        log.emit(ticket, Emitted::Event(Box::new(event)));
        if is_over {
            return self.end_subscription(ticket, Emitted::End, log);
        }
        for at in [ready_at, beat_at] {
            if at > now {
                self.agenda.plan(at, Due::Subscription(ticket));
            }
        }
    }
}

fn size(record: &redeliver_model::kinesis::Record) -> u64 {
    let bytes = record.data.as_ref().map_or(0, redeliver_model::Bytes::len);
    u64::try_from(bytes + record.partition_key.as_ref().map_or(0, String::len)).unwrap_or(u64::MAX)
}

/// The number behind which a reader that was interrupted goes on: of the last record, or the one that the shard begins with.
fn continuation(shard: &Shard, next: u64, now: Timestamp) -> SequenceNumber {
    match next.saturating_sub(1) {
        0 => shard.first_number(),
        // A record that is gone had been taken at some time before.
        last => shard.number(last, shard.records.get(last).map_or(now, |record| record.taken_at)),
    }
}
