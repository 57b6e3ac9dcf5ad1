//! A call as chaos sees it.

use http::Request;
use redeliver_model::{Operation, Service, Value};
use redeliver_wire::{Detected, Dialect, detect};

use crate::edit::{list, text};

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
        Some(Self { operation, dialect, input, consumer: consumer.to_owned(), attempt, changed: false })
    }

    /// `sqs:SendMessage`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.operation.service.prefix(), self.operation.name)
    }

    /// Whether it is this operation of SQS.
    pub fn is(&self, operation: &str) -> bool {
        self.operation.service == Service::Sqs && self.operation.name == operation
    }

    /// Name of the queue or of the topic that is asked.
    pub fn queue(&self) -> Option<&str> {
        let input = &self.input;
        let queue = || text(input, "QueueUrl")?.rsplit('/').next();
        // The ARN of a subscription is that of its topic with one part more.
        let topic = || text(input, "TopicArn").or_else(|| text(input, "SubscriptionArn"))?.split(':').nth(5);
        text(input, "QueueName").or_else(queue).or_else(topic)
    }

    /// The member that has the entries of a batch.
    pub(crate) fn batch(&self) -> &'static str {
        match self.operation.name {
            "PublishBatch" => "PublishBatchRequestEntries",
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
        if self.operation.name.ends_with("Batch") {
            list(&self.input, self.batch()).iter().collect()
        } else {
            vec![&self.input]
        }
    }
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
