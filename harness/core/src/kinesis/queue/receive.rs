//! `ReceiveQueueRecords` and `ReceiveDeadLetterQueueRecords`.

use redeliver_model::kinesis::{
    QueueRecord, ReceiveDeadLetterQueueRecordsInput, ReceiveDeadLetterQueueRecordsOutput, ReceiveQueueRecordsInput,
    ReceiveQueueRecordsOutput, Reply,
};

use super::attributes::visibility_secs;
use super::handle::Handle;
use super::{QueueFault, QueueId};
use crate::kinesis::context::Context;
use crate::kinesis::{Error, Kinesis};
use crate::{Ticket, Timestamp};

/// Records that may be in flight. <https://docs.aws.amazon.com/streams/latest/dev/queues-quotas.html>
const IN_FLIGHT_MAX: usize = 120_000;
/// Records of an answer.
const RECORDS_MAX: i32 = 10;
/// Seconds for which a receive waits, unless it says otherwise. silent: whether one for dead letters does.
const WAIT_SECS: i32 = 9;

/// What a receive asks for.
#[derive(Debug, Clone, Copy)]
pub(in crate::kinesis) struct Asked {
    /// The queue.
    pub(super) queue: QueueId,
    /// How many records at most.
    pub(super) most: usize,
    /// Seconds for which they are hidden, where it is not what the queue says.
    pub(super) visibility_secs: Option<u32>,
    /// Whether it asks for dead letters.
    pub(super) dead: bool,
    /// Until when it waits.
    pub(super) until: Timestamp,
}

impl Asked {
    fn new(
        cx: &Context<'_>,
        queue: QueueId,
        [limit, wait, visibility]: [Option<i32>; 3],
        dead: bool,
    ) -> Result<Self, Error> {
        let within = |value: i32, most: i32, member| {
            let must = "be within its bounds";
            if (1..=most).contains(&value) {
                Ok(value)
            } else {
                Err(Error::OutOfRange { member, value: value.into(), must })
            }
        };
        let most = within(limit.unwrap_or(RECORDS_MAX), RECORDS_MAX, "limit")?;
        let wait = within(wait.unwrap_or(WAIT_SECS), 20, "waitTimeSeconds")?;
        Ok(Self {
            queue,
            most: usize::try_from(most).unwrap_or(1),
            visibility_secs: visibility.map(visibility_secs).transpose()?,
            dead,
            until: cx.now.plus_secs(wait.unsigned_abs().into()),
        })
    }

    /// The reply with these records.
    pub(super) fn reply(self, records: Vec<QueueRecord>) -> Reply {
        let queue_records = Some(records);
        if self.dead {
            Reply::ReceiveDeadLetterQueueRecords(ReceiveDeadLetterQueueRecordsOutput { queue_records })
        } else {
            Reply::ReceiveQueueRecords(ReceiveQueueRecordsOutput { queue_records })
        }
    }
}

impl Kinesis {
    /// Hands out records, or lets the call wait for some.
    pub(in crate::kinesis) fn receive_queue_records(
        &mut self,
        cx: &mut Context<'_>,
        input: &ReceiveQueueRecordsInput,
    ) -> Result<Result<Reply, Ticket>, Error> {
        let id = self.queues.find(input.queue_arn.as_deref())?;
        let numbers = [input.limit, input.wait_time_seconds, input.visibility_timeout_seconds];
        self.receive(cx, Asked::new(cx, id, numbers, false)?)
    }

    /// Hands out dead letters, or lets the call wait for some.
    pub(in crate::kinesis) fn receive_dead_letters(
        &mut self,
        cx: &mut Context<'_>,
        input: &ReceiveDeadLetterQueueRecordsInput,
    ) -> Result<Result<Reply, Ticket>, Error> {
        let id = self.queues.find(input.queue_arn.as_deref())?;
        let numbers = [input.limit, input.wait_time_seconds, input.visibility_timeout_seconds];
        self.receive(cx, Asked::new(cx, id, numbers, true)?)
    }

    fn receive(&mut self, cx: &mut Context<'_>, asked: Asked) -> Result<Result<Reply, Ticket>, Error> {
        let queue = self.queues.get_mut(asked.queue);
        queue.be_open()?;
        if queue.backlog.in_flight() >= IN_FLIGHT_MAX {
            return Err(QueueFault::TooManyInFlight { limit: IN_FLIGHT_MAX }.into());
        }
        let records = self.hand_out(cx.now, asked);
        Ok(if records.is_empty() { Err(self.wait(asked)) } else { Ok(asked.reply(records)) })
    }

    /// The records that there are for a receive.
    pub(super) fn hand_out(&mut self, now: Timestamp, asked: Asked) -> Vec<QueueRecord> {
        let Some(queue) = self.queues.all.get_mut(&asked.queue) else { return Vec::new() };
        let Some(stream) = self.registry.get(queue.stream) else { return Vec::new() };
        queue.backlog.advance(now, queue.attributes.receives_max);
        let keys = if asked.dead {
            queue.backlog.next_dead(stream, now, asked.most)
        } else {
            queue.backlog.next(stream, now, asked.most)
        };
        let secs = asked.visibility_secs.unwrap_or(queue.attributes.visibility_secs);
        let mut records = Vec::with_capacity(keys.len());
        for key in keys {
            let receipt = self.ids.uuid();
            let stored = stream.shards.get(key.0).and_then(|shard| shard.records.get(key.1));
            let Some(stored) = stored else { continue };
            let held = queue.backlog.hand_out(key, now, now.plus_secs(secs.into()), receipt);
            records.push(QueueRecord {
                approximate_arrival_timestamp: Some(stored.taken_at),
                data: Some(stored.data.clone()),
                first_receive_timestamp: Some(held.first_at),
                partition_key: stored.key.clone(),
                receipt_handle: Some(Handle { queue: asked.queue, key, receipt }.to_text()),
                receive_count: i32::try_from(held.receives).ok(),
                record_id: Some(format!("{:08x}{:016x}", key.0.0, key.1)),
            });
        }
        records
    }
}
