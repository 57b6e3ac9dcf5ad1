//! The one table from facts to codes, statuses and texts of Kinesis.

use redeliver_model::kinesis::MODEL;
use redeliver_model::{Timestamp, calendar};

use super::Error;
use crate::{Description, UnusableKey};

const ARGUMENT: &str = "InvalidArgumentException";
const IN_USE: &str = "ResourceInUseException";
const LIMIT: &str = "LimitExceededException";
const NOT_FOUND: &str = "ResourceNotFoundException";
const VALIDATION: &str = "ValidationException";

impl Error {
    /// Code, status and text.
    ///
    /// # Panics
    ///
    /// Never: that every fact stands in the table is proved by a test.
    pub fn describe(&self) -> Description {
        let (shape, message) = self.name_and_text();
        Description::modelled(&MODEL, shape, message)
    }

    /// Texts without a comment are recorded.
    fn name_and_text(&self) -> (&'static str, String) {
        match self {
            Self::Key(UnusableKey { key, fault }) => (fault.shape(), fault.text(key)),
            Self::Missing { .. }
            | Self::Unknown { .. }
            | Self::OutOfRange { .. }
            | Self::Creation { .. }
            | Self::NoWarmThroughput
            | Self::OnDemand { .. }
            | Self::Distribution => self.validation(),
            Self::StreamNotFound { .. } | Self::ShardNotFound { .. } | Self::ShardToReshardNotFound { .. } => {
                self.not_found()
            }
            Self::StreamExists { stream, account } => {
                (IN_USE, format!("Stream {stream} under account {account} already exists."))
            }
            Self::StreamNotActive { stream, account, status } => (
                IN_USE,
                format!("Stream {stream} under account {account} not ACTIVE, instead in state {}", status.as_str()),
            ),
            Self::TooManyCreating { .. }
            | Self::TooManyShards { .. }
            | Self::TooManyShardsOfStream { .. }
            | Self::TooOften { .. }
            | Self::TooManyOnDemand { .. } => self.limit(),
            Self::RateExceeded { shard, stream, account } => (
                "ProvisionedThroughputExceededException",
                format!("Rate exceeded for shard {shard} in stream {stream} under account {account}."),
            ),
            Self::ExpiredIterator { made_at, now } => {
                ("ExpiredIteratorException", format!("Iterator expired. {}", aged("iterator", *made_at, *now)))
            }
            // silent: the text.
            Self::ExpiredToken { made_at, now } => {
                ("ExpiredNextTokenException", format!("NextToken expired. {}", aged("token", *made_at, *now)))
            }
            // silent: the text.
            Self::DryRun => {
                ("DryRunOperationException", "Request would have succeeded, but DryRun parameter is set.".to_owned())
            }
            Self::Queue(fault) => fault.name_and_text(),
            Self::Channel(fault) => fault.name_and_text(),
            Self::Control(fault) => fault.name_and_text(),
            _ => (ARGUMENT, self.argument()),
        }
    }

    /// What the framework says of parameters, and Kinesis of those that do not fit each other.
    fn validation(&self) -> (&'static str, String) {
        let violated = |value: &str, member: &str, must: &str| {
            let text = format!("Value {value} at '{member}' failed to satisfy constraint: Member must {must}");
            (VALIDATION, format!("1 validation error detected: {text}"))
        };
        match self {
            Self::Missing { member } => violated("null", member, "not be null"),
            Self::Unknown { member, value } => violated(&format!("'{value}'"), member, "satisfy enum value set"),
            Self::OutOfRange { member, value, must } => violated(&format!("'{value}'"), member, must),
            // silent: the text.
            Self::OnDemand { operation } => {
                (VALIDATION, format!("{operation} is not supported for streams in ON_DEMAND mode."))
            }
            Self::NoWarmThroughput => {
                (VALIDATION, "WarmThroughputMiBps is not supported for PROVISIONED streams.".to_owned())
            }
            Self::Creation { reason } => (VALIDATION, (*reason).to_owned()),
            // silent: the text.
            _ => (ARGUMENT, "RecordDistributionStrategy AUTO is only supported for ON_DEMAND streams.".to_owned()),
        }
    }

    fn not_found(&self) -> (&'static str, String) {
        let text = match self {
            Self::ShardNotFound { shard, stream, account } => {
                format!("Shard {shard} in stream {stream} under account {account} does not exist")
            }
            Self::ShardToReshardNotFound { shard, stream, account } => {
                format!("Could not find shard {shard} in stream {stream} under account {account}.")
            }
            Self::StreamNotFound { stream, account } => format!("Stream {stream} under account {account} not found."),
            _ => String::new(),
        };
        (NOT_FOUND, text)
    }

    fn limit(&self) -> (&'static str, String) {
        let text = match self {
            Self::TooManyShards { account, region, current, limit, more } => format!(
                "This request would exceed the shard limit for the account {account} in {region}. Current shard count for the \
                 account: {current}. Limit: {limit}. Number of additional shards that would have resulted from this request: \
                 {more}. Refer to the AWS Service Limits page \
                 (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request \
                 higher limits."
            ),
            // silent: the texts.
            Self::TooManyOnDemand { account, limit } => {
                format!("This request would exceed the limit of {limit} on-demand streams for the account {account}.")
            }
            Self::TooManyShardsOfStream { limit } => format!("A stream may be scaled to {limit} shards."),
            Self::TooOften { operation, limit } => {
                format!("{operation} may be called {limit} times in 24 hours for a stream.")
            }
            Self::TooManyCreating { account } => {
                format!("This request would exceed the limit of 5 streams in CREATING state for the account {account}.")
            }
            _ => String::new(),
        };
        (LIMIT, text)
    }

    fn argument(&self) -> String {
        match self {
            Self::ExplicitHashKey { value } => format!(
                "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was {value}"
            ),
            Self::NotInside { .. }
            | Self::AlreadyResharded { .. }
            | Self::NotAdjacent { .. }
            | Self::ScaledTooFar { .. } => self.reshard(),
            Self::RetentionTooShort { .. } | Self::RetentionTooLong { .. } | Self::RetentionDirection { .. } => {
                self.retention()
            }
            Self::MinimumSequenceNumber { value, stream, account } => format!(
                "ExclusiveMinimumSequenceNumber {value} used in PutRecord on stream {stream} under account {account} is invalid."
            ),
            Self::InvalidIterator => "Invalid ShardIterator.".to_owned(),
            Self::StartingNumber { kind, number } => {
                let number = number.as_ref().map_or_else(
                    || "no StartingSequenceNumber".to_owned(),
                    |_| "also a StartingSequenceNumber".to_owned(),
                );
                format!(
                    "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) \
                     TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified {kind} and {number}."
                )
            }
            Self::InvalidNumber { value, operation, shard, stream, account } => format!(
                "StartingSequenceNumber {value} used in {operation} on shard {shard} in stream {stream} under account {account} is \
                 invalid."
            ),
            Self::NumberOfOtherShard { of, used_for } => format!(
                "Invalid StartingSequenceNumber. It encodes {of}, while it was used in a call to a shard with {used_for}"
            ),
            Self::NoTimestamp => {
                "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has \
                                  no timestamp parameter."
                    .to_owned()
            }
            Self::TimestampInFuture { timestamp, now } => format!(
                "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: \
                 {timestamp}, currentTimestampInMillis: {now}"
            ),
            Self::NoStreamNorToken => "Either NextToken or StreamName should be provided.".to_owned(),
            Self::StreamAndToken => "NextToken and StreamName cannot be provided together.".to_owned(),
            // silent: the texts below.
            Self::NoStream => "Either StreamName or StreamARN should be provided.".to_owned(),
            Self::StreamArn { arn } => format!("Invalid StreamARN: {arn}"),
            Self::NamesDiffer { name, arn } => format!("StreamName {name} and StreamARN {arn} do not match."),
            Self::NoPartitionKey => "PartitionKey must be provided for this stream.".to_owned(),
            Self::RecordTooLarge { size, limit } => format!(
                "The record is too large: {size} bytes with its partition key, and the stream takes {limit} bytes."
            ),
            Self::BatchTooLarge { limit } => {
                format!("Records size exceeds {} MB limit", limit / 1_024 / 1_024)
            }
            Self::InvalidToken => "Invalid NextToken.".to_owned(),
            Self::Filter { lacks } => format!("ShardFilter of this type needs {lacks}."),
            _ => String::new(),
        }
    }
}

impl Error {
    fn reshard(&self) -> String {
        match self {
            Self::NotInside { value, shard, stream, account, range } => format!(
                "NewStartingHashKey {value} used in SplitShard() on shard {shard} in stream {stream} under account {account} is \
                 not both greater than one plus the shard's StartingHashKey {} and less than the shard's EndingHashKey {}.",
                range.start, range.end
            ),
            Self::AlreadyResharded { shard, stream, account } => format!(
                "Shard {shard} in stream {stream} under account {account} has already been merged or split, and thus is not \
                 eligible for merging or splitting."
            ),
            Self::NotAdjacent { shard, adjacent, stream, account } => format!(
                "Shards {shard} and {adjacent} in stream {stream} under account {account} are not an adjacent pair of shards \
                 eligible for merging"
            ),
            // silent: the text follows public reports.
            Self::ScaledTooFar { up, current, target } => format!(
                "UpdateShardCount cannot scale {} your current open shard count. Current open shard count: {current} Target \
                 shard count: {target}",
                if *up { "up over double" } else { "down below half" }
            ),
            _ => String::new(),
        }
    }

    fn retention(&self) -> String {
        match self {
            Self::RetentionTooShort { hours } => format!(
                "Minimum allowed retention period is 24 hours. Requested retention period ({hours} hours) is too short."
            ),
            // silent: the text.
            Self::RetentionTooLong { hours } => format!(
                "Maximum allowed retention period is 8760 hours. Requested retention period ({hours} hours) is too long."
            ),
            Self::RetentionDirection { hours, current, longer, stream } => {
                let (than, other) = if *longer { ("shorter", "Decrease") } else { ("longer", "Increase") };
                format!(
                    "Requested retention period ({hours} hours) for stream {stream} can not be {than} than existing retention \
                     period ({current} hours). Use {other}RetentionPeriod API."
                )
            }
            _ => String::new(),
        }
    }
}

/// How AWS says that something is older than five minutes.
fn aged(what: &str, made_at: Timestamp, now: Timestamp) -> String {
    format!(
        "The {what} was created at time {} while right now it is {} which is further in the future than the tolerated delay of \
         300000 milliseconds.",
        written(made_at),
        written(now)
    )
}

/// A time as Java writes it, for example `Thu Jan 01 00:00:00 UTC 1970`.
fn written(time: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = calendar::date(time);
    let seconds = time.as_secs() % 86_400;
    let name =
        |names: &[&'static str], index: u64| usize::try_from(index).ok().and_then(|index| names.get(index).copied());
    let weekday = name(&DAYS, time.as_secs() / 86_400 % 7).unwrap_or_default();
    let month = name(&MONTHS, month - 1).unwrap_or_default();
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{weekday} {month} {day:02} {hour:02}:{minute:02}:{second:02} UTC {year}")
}
