//! The freedoms that AWS keeps for itself, one question each.

use std::time::Duration;

use crate::sns::{Course, Falling, Passing};

/// How a receive polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Poll {
    /// `WaitTimeSeconds` 0: AWS asks a sample of its servers.
    Short,
    /// `WaitTimeSeconds` above 0: AWS asks all servers.
    Long,
}

/// A change that may take a while until requests see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Queue attributes, up to 60 seconds; retention up to 15 minutes.
    QueueAttributes,
    /// The deduplication scope of a live FIFO queue. Recorded on AWS: still the old one seconds after the change reads back.
    DeduplicationScope,
    /// Deletion of a queue, up to 60 seconds.
    QueueDeletion,
    /// A purge, up to 60 seconds.
    Purge,
}

/// Answers for every freedom that AWS keeps for itself. The default answers are the calm ones.
///
/// Every question is asked at one place of the state machines and allows exactly what its source says, so any answer is legal.
pub trait Oracle {
    /// Over how many shards the messages of a new standard queue are spread, at least 1.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html>
    fn shards(&mut self) -> u16 {
        1
    }

    /// The shard, below `shards`, on which a message of a standard queue lands.
    fn place(&mut self, shards: u16) -> u16 {
        let _ = shards;
        0
    }

    /// Which shards a receive asks and in which order, into the empty `asked`: a long poll asks all, a short poll may ask fewer.
    fn ask(&mut self, poll: Poll, shards: u16, asked: &mut Vec<u16>) {
        let _ = poll;
        asked.extend(0..shards);
    }

    /// How many messages a receive on a standard queue returns, from 1 to `available`, which is what it found up to its maximum.
    fn batch(&mut self, available: usize) -> usize {
        available
    }

    /// Whether a message that a standard queue hands out stays visible to others as well (a copy on a server that was not
    /// told): the duplicate of at-least-once delivery.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html>
    fn duplicate(&mut self) -> bool {
        false
    }

    /// Whether a message that was deleted from a standard queue comes back once.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html>
    fn resurrect(&mut self) -> bool {
        false
    }

    /// What an approximate counter says when the exact number is `exact` and the queue has been quiet for `quiet`; exact again
    /// after a quiet minute.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>
    fn counter(&mut self, exact: u64, quiet: Duration) -> u64 {
        let _ = quiet;
        exact
    }

    /// How long a change takes until requests see it.
    fn settling(&mut self, change: Change) -> Duration {
        match change {
            Change::QueueAttributes | Change::QueueDeletion | Change::Purge => Duration::ZERO,
            // The recording shows that it is not prompt; attribute changes are documented to take up to 60 seconds.
            Change::DeduplicationScope => Duration::from_mins(1),
        }
    }

    /// How long SNS takes until it delivers a message of a standard topic to a subscription: AWS promises neither a time nor an order.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
    fn delivery_lag(&mut self) -> Duration {
        Duration::ZERO
    }

    /// After which time SNS delivers a message of a standard topic to a subscription once more, though the first delivery went well.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
    fn delivered_again(&mut self) -> Option<Duration> {
        None
    }

    /// What a fault does to a delivery that is about to be made; a test of consumers may ask for anything that AWS documents.
    fn course(&mut self, passing: &Passing<'_>) -> Course {
        let _ = passing;
        Course::default()
    }

    /// Whether the dead-letter queue of a subscription is gone when a message falls back to it.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html>
    fn has_lost_dead_letters(&mut self, falling: &Falling<'_>) -> bool {
        let _ = falling;
        false
    }

    /// The delay before SNS tries a delivery again, when its policy says `planned`: AWS adds jitter.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
    fn retry_delay(&mut self, planned: Duration) -> Duration {
        planned
    }

    /// How long a stream of Kinesis takes to be made, changed or deleted, when it is said to take `planned`: AWS promises no time.
    /// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html>
    fn transition(&mut self, planned: Duration) -> Duration {
        planned
    }

    /// How many records a read of a shard gives when it could give `available`: AWS may give fewer, even none, though there are more.
    /// <https://docs.aws.amazon.com/streams/latest/dev/troubleshooting-consumers.html>
    fn read(&mut self, available: usize) -> usize {
        available
    }

    /// Why the making of a channel of Kinesis fails in the end, such as for a bucket that is not there; it does not when there is nothing.
    /// <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-troubleshooting.html>
    fn channel_fails(&mut self) -> Option<String> {
        None
    }

    /// Messages per second of a message move task that was started without a rate, from 1 to 500.
    fn move_rate(&mut self) -> u32 {
        500
    }
}

/// Gives the calm answer to every question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Calm;

impl Oracle for Calm {}
