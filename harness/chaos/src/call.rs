//! A call as chaos sees it.

use http::Request;
use redeliver_model::{Operation, Service, Value};
use redeliver_wire::{Detected, Dialect, detect};

use crate::edit::{list, text};
use crate::streams::Spot;

/// A call whose parameters could be read.
#[derive(Debug, Clone)]
pub struct Call {
    /// What is asked for.
    pub operation: &'static Operation,
    /// The protocol.
    pub dialect: Dialect,
    /// The parameters.
    pub input: Value,
    /// Whose client makes it.
    pub consumer: String,
    /// Which attempt of the SDK it is, from 1.
    pub attempt: u32,
    /// Whether rules changed the parameters.
    pub(crate) changed: bool,
    /// What the iterator stands for that a read begins at.
    pub(crate) spot: Option<Spot>,
    /// All records of a put, where rules took some out.
    pub(crate) whole: Option<Vec<Value>>,
}

impl Call {
    /// Reads a request; `None` for what is no call of a known operation, which passes untouched.
    pub(crate) fn read<B: AsRef<[u8]>>(request: &Request<B>, consumer: &str) -> Option<Self> {
        let (head, ()) = copy_of(request).into_parts();
        let body = request.body().as_ref();
        let detected = detect(&head, body);
        let input = detected.input(body).ok()?;
        let Detected { dialect, operation, .. } = detected;
        let operation = operation.ok()?;
        let attempt = head.headers.get("amz-sdk-request").and_then(|value| attempt(value.to_str().ok()?)).unwrap_or(1);
        Some(Self {
            operation,
            dialect,
            input,
            consumer: consumer.to_owned(),
            attempt,
            changed: false,
            spot: None,
            whole: None,
        })
    }

    /// `sqs:SendMessage`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.operation.service.prefix(), self.operation.name)
    }

    /// Whether it is this operation of SQS.
    pub fn is(&self, operation: &str) -> bool {
        self.operation.service == Service::Sqs && self.operation.name == operation
    }

    /// Whether it is this operation of Kinesis.
    pub fn is_of_streams(&self, operation: &str) -> bool {
        self.operation.service == Service::Kinesis && self.operation.name == operation
    }

    /// Name of the queue, the topic or the stream that is asked.
    pub fn queue(&self) -> Option<&str> {
        let input = &self.input;
        let queue = || text(input, "QueueUrl")?.rsplit('/').next();
        // The ARN of a subscription is that of its topic with one part more.
        let topic = || text(input, "TopicArn").or_else(|| text(input, "SubscriptionArn"))?.split(':').nth(5);
        let spot = || self.spot.as_ref().map(|spot| spot.stream.as_str());
        text(input, "QueueName").or_else(queue).or_else(topic).or_else(|| stream(input)).or_else(spot)
    }

    /// Id of the shard that is read.
    pub(crate) fn shard(&self) -> Option<&str> {
        let spot = self.spot.as_ref().map(|spot| spot.shard.as_str());
        spot.or_else(|| text(&self.input, "ShardId"))
    }

    /// Whether it has several entries, each with a result of its own.
    pub(crate) fn is_batch(&self) -> bool {
        self.operation.name.ends_with("Batch") || self.is_of_streams("PutRecords")
    }

    /// The member that has the entries of a batch.
    pub(crate) fn batch(&self) -> &'static str {
        match self.operation.name {
            "PublishBatch" => "PublishBatchRequestEntries",
            "PutRecords" => "Records",
            _ => "Entries",
        }
    }

    /// A whole number of the parameters.
    pub fn number(&self, name: &str) -> Option<i64> {
        match &self.input {
            Value::Structure(fields) => match fields.get(name)? {
                Value::Integer(number) => Some(*number),
                _ => None,
            },
            _ => None,
        }
    }

    /// The messages or receipt handles that it is about: the entries of a batch, or itself.
    pub(crate) fn entries(&self) -> Vec<&Value> {
        if let Some(whole) = &self.whole {
            whole.iter().collect()
        } else if self.is_batch() {
            list(&self.input, self.batch()).iter().collect()
        } else {
            vec![&self.input]
        }
    }
}

/// Name of the stream, which the ARNs of it and of its consumers have, too.
fn stream(input: &Value) -> Option<&str> {
    let of_arn = |name| text(input, name)?.split_once("stream/")?.1.split('/').next();
    text(input, "StreamName").or_else(|| of_arn("StreamARN")).or_else(|| of_arn("ConsumerARN"))
}

/// A request without its body.
fn copy_of<B>(request: &Request<B>) -> Request<()> {
    let mut copy = Request::new(());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.version_mut() = request.version();
    *copy.headers_mut() = request.headers().clone();
    copy
}

/// The number in `attempt=2; max=3`.
fn attempt(header: &str) -> Option<u32> {
    header.split(';').find_map(|part| part.trim().strip_prefix("attempt=")?.parse().ok())
}
