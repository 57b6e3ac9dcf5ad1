//! Quotas: strict as on AWS by default.

/// Quotas that a world keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of AWS that is lifted by itself")]
pub struct Limits {
    /// Messages in flight on a standard queue, 120,000 on AWS.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html>
    pub in_flight_standard: usize,
    /// Messages in flight on a FIFO queue, 120,000 on AWS.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html>
    pub in_flight_fifo: usize,
    /// Milliseconds for which the name of a deleted queue cannot be used again, 60,000 on AWS; 0 lifts the rule.
    pub name_cooldown_ms: u64,
    /// Milliseconds between two purges of a queue, 60,000 on AWS; 0 lifts the rule.
    pub purge_interval_ms: u64,
    /// Standard topics of an account in a region, 100,000 on AWS; its page of quotas is the source of all that follow.
    /// <https://docs.aws.amazon.com/general/latest/gr/sns.html>
    pub topics_standard: usize,
    /// FIFO topics of an account in a region, 1,000 on AWS.
    pub topics_fifo: usize,
    /// Subscriptions of a standard topic, 12,500,000 on AWS.
    pub subscriptions_standard: usize,
    /// Subscriptions of a FIFO topic, 100 on AWS.
    pub subscriptions_fifo: usize,
    /// Subscriptions of delivery streams that an owner has to one topic, 5 on AWS.
    pub subscriptions_firehose: usize,
    /// Subscriptions of an account that wait for their confirmation, 5,000 on AWS.
    pub subscriptions_pending: usize,
    /// Subscriptions of a topic that have a filter policy, 200 on AWS unless it was asked for more.
    pub filter_policies: usize,
    /// Subscriptions with a filter policy to the topics of an account in a region, 10,000 on AWS.
    pub filter_policies_account: usize,
    /// Whether a queue lets in other accounts only where its policy says so, as on AWS; false lets everybody in.
    pub policies: bool,
    /// Whether accounts are in the sandbox of text messages, as new ones are on AWS: only verified numbers get messages. False lets
    /// messages go to all.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox.html>
    pub sms_sandbox: bool,
    /// US dollars that an account may spend on text messages in a month and region, 1 on AWS until support raises it.
    /// <https://docs.aws.amazon.com/general/latest/gr/sns.html>
    pub sms_monthly_spend_usd: u64,
    /// Millionths of a US dollar that one part of a text message costs. On AWS it depends on the country and changes; the default is
    /// near to what one in the United States has cost. 0 makes messages free.
    /// <https://aws.amazon.com/sns/sms-pricing/>
    pub sms_part_micro_usd: u64,
    /// Milliseconds that a stream takes to be made, changed or deleted. On AWS it is many seconds; 0 lets clients never see a stream that
    /// is busy.
    pub stream_transition_ms: u64,
    /// Whether shards take in and give out only what those of AWS do in a second.
    /// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
    pub stream_throughput: bool,
    /// Whether operations of Kinesis on what is not a record may be called only as often as on AWS, such as `CreateStream` five times a
    /// second.
    /// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
    pub stream_call_rates: bool,
    /// Shards that the provisioned streams of an account and region may have; the default quota of the region when it is `None`.
    /// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
    pub shards: Option<u64>,
    /// On-demand streams of an account and region, 50 on AWS.
    /// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
    pub on_demand_streams: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            in_flight_standard: 120_000,
            in_flight_fifo: 120_000,
            name_cooldown_ms: 60_000,
            purge_interval_ms: 60_000,
            topics_standard: 100_000,
            topics_fifo: 1_000,
            subscriptions_standard: 12_500_000,
            subscriptions_fifo: 100,
            subscriptions_firehose: 5,
            subscriptions_pending: 5_000,
            filter_policies: 200,
            filter_policies_account: 10_000,
            policies: true,
            sms_sandbox: true,
            sms_monthly_spend_usd: 1,
            sms_part_micro_usd: 6_450,
            stream_transition_ms: 1_000,
            stream_throughput: true,
            stream_call_rates: true,
            shards: None,
            on_demand_streams: 50,
        }
    }
}

impl Limits {
    /// What AWS imposes and a test may find inconvenient, lifted: cooldowns after deletion and purge, the sandbox of text messages and
    /// their price, the throughput of shards, the pace of calls about streams; and streams are soon made.
    pub fn relaxed() -> Self {
        Self {
            name_cooldown_ms: 0,
            purge_interval_ms: 0,
            sms_sandbox: false,
            sms_part_micro_usd: 0,
            stream_transition_ms: 50,
            stream_throughput: false,
            stream_call_rates: false,
            ..Self::default()
        }
    }
}
