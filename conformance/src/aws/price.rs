//! What AWS asks for, as a fact with a date and a source.

/// What is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A request to a standard queue, or about queues as such; each begun 64 KiB counts.
    SqsRequest,
    /// A request to a FIFO queue.
    SqsFifoRequest,
    /// What a message with a group on a standard queue costs beside its request.
    SqsFairMessage,
    /// A request to SNS; each begun 64 KiB counts.
    SnsRequest,
    /// An hour of a shard of a provisioned stream.
    ShardHour,
    /// An hour of an on-demand stream.
    OnDemandHour,
    /// An hour of an enhanced fan-out consumer and a shard.
    ConsumerShardHour,
    /// An hour of a shard that keeps records longer than a day.
    RetentionHour,
    /// Each begun 25 KiB of a record that is put.
    PutUnit,
    /// A MiB that is written to an on-demand stream.
    OnDemandMebibyte,
}

/// The price of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// What is paid for.
    pub item: Item,
    /// What it is called.
    pub name: &'static str,
    /// Billionths of a dollar for one.
    pub nanos: u64,
}

/// When these prices were looked up.
pub const PRICES_OF: &str = "2026";
/// The regions that have these prices; others are about a tenth to a half dearer.
pub const PRICES_IN: [&str; 3] = ["us-east-1", "us-east-2", "us-west-2"];
/// Where AWS tells its prices.
pub const SOURCES: &str = "https://aws.amazon.com/sqs/pricing/, .../sns/pricing/, .../kinesis/data-streams/pricing/";

/// Prices without the free tier. AWS's pages show theirs only to a browser, so these are what others quote of them: for SQS as of 2026-03-14, for
/// SNS as of 2026-06-13 (<https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/>; FIFO topics are cheaper and count as
/// standard ones here), for Kinesis without a day. The estimate therefore tells an order of magnitude and names the pages.
///
/// SQS: 0.40, 0.50 and 0.10 more dollars a million, <https://aws.amazon.com/sqs/pricing/>. SNS: 0.50 a million, deliveries to queues free,
/// <https://aws.amazon.com/sns/pricing/>. Kinesis: 0.015 a shard and hour, 0.014 a million PUT units, 0.015 a consumer, shard and hour,
/// 0.020 for retention beyond a day, on demand 0.04 an hour and 0.08 a GB, <https://aws.amazon.com/kinesis/data-streams/pricing/>.
pub const PRICES: [Price; 10] = [
    Price { item: Item::SqsRequest, name: "requests to SQS", nanos: 400 },
    Price { item: Item::SqsFifoRequest, name: "requests to FIFO queues", nanos: 500 },
    Price { item: Item::SqsFairMessage, name: "messages of fair queues", nanos: 100 },
    Price { item: Item::SnsRequest, name: "requests to SNS", nanos: 500 },
    Price { item: Item::ShardHour, name: "shard hours", nanos: 15_000_000 },
    Price { item: Item::OnDemandHour, name: "hours of on-demand streams", nanos: 40_000_000 },
    Price { item: Item::ConsumerShardHour, name: "consumer shard hours", nanos: 15_000_000 },
    Price { item: Item::RetentionHour, name: "shard hours of long retention", nanos: 20_000_000 },
    Price { item: Item::PutUnit, name: "PUT units", nanos: 14 },
    Price { item: Item::OnDemandMebibyte, name: "MiB on demand", nanos: 78_125 },
];

/// Dollars with four decimals, rounded up.
pub fn dollars(nanos: u64) -> String {
    let parts = nanos.div_ceil(100_000);
    format!("${}.{:04}", parts / 10_000, parts % 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_are_rounded_up() {
        assert_eq!([0, 1, 400_000_000, 15_000_000_001].map(dollars), ["$0.0000", "$0.0001", "$0.4000", "$15.0001"]);
    }
}
