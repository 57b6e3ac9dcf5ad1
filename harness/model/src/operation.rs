//! Services and their operations, by name.

use crate::{ErrorShape, Shape};

/// One of the services that this project knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Amazon Simple Queue Service.
    Sqs,
    /// Amazon Simple Notification Service.
    Sns,
    /// Amazon Kinesis Data Streams.
    Kinesis,
}

impl Service {
    /// All services, in the order in which documents name them.
    pub const ALL: [Self; 3] = [Self::Sqs, Self::Sns, Self::Kinesis];

    /// The prefix in specs, ARNs and credential scopes: `sqs`, `sns` or `kinesis`.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Sqs => "sqs",
            Self::Sns => "sns",
            Self::Kinesis => "kinesis",
        }
    }

    /// The service with this prefix.
    pub fn from_prefix(prefix: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.prefix() == prefix)
    }

    /// The service's model.
    pub fn model(self) -> &'static ServiceModel {
        match self {
            Self::Sqs => &crate::sqs::MODEL,
            Self::Sns => &crate::sns::MODEL,
            Self::Kinesis => &crate::kinesis::MODEL,
        }
    }
}

/// The wire protocol that a service's SDKs speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// AWS JSON 1.0 or 1.1.
    Json,
    /// AWS query: form-encoded requests, XML responses.
    Query,
}

/// What the API model says about a whole service.
#[derive(Debug)]
pub struct ServiceModel {
    /// Which service.
    pub service: Service,
    /// API version, for example `2012-11-05`.
    pub api_version: &'static str,
    /// The protocol of today's SDKs.
    pub protocol: Protocol,
    /// JSON version, `1.0` or `1.1`; `None` for the query protocol.
    pub json_version: Option<&'static str>,
    /// What stands before the dot in `X-Amz-Target`; `None` for the query protocol.
    pub target_prefix: Option<&'static str>,
    /// Whether errors carry the header `x-amzn-query-error` with the code of the older query protocol.
    pub query_compatible: bool,
    /// XML namespace of query responses; `None` when the service does not speak that protocol.
    pub xml_namespace: Option<&'static str>,
    /// All operations, sorted by name.
    pub operations: &'static [Operation],
    /// All modelled errors, sorted by name.
    pub errors: &'static [ErrorShape],
}

impl ServiceModel {
    /// The operation of this exact name.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        let operations = self.operations;
        operations.binary_search_by(|operation| operation.name.cmp(name)).ok().map(|index| &operations[index])
    }

    /// The modelled error whose shape has this exact name.
    pub fn error(&self, name: &str) -> Option<&'static ErrorShape> {
        let errors = self.errors;
        errors.binary_search_by(|error| error.name.cmp(name)).ok().map(|index| &errors[index])
    }
}

/// One operation of a service.
#[derive(Debug)]
pub struct Operation {
    /// The API name, for example `SendMessage`.
    pub name: &'static str,
    /// The service that it belongs to.
    pub service: Service,
    /// The structure of its parameters.
    pub input: &'static Shape,
    /// The structure of its result.
    pub output: &'static Shape,
    /// The element around the result in the query protocol, such as `SendMessageResult`; `None` when there is no result.
    pub result_name: Option<&'static str>,
    /// Names of the errors that the model lists for it.
    pub errors: &'static [&'static str],
    /// Input and output token members and the page-size member, where the operation pages.
    pub paginator: Option<Paginator>,
}

impl PartialEq for Operation {
    fn eq(&self, other: &Self) -> bool {
        self.service == other.service && self.name == other.name
    }
}

impl Eq for Operation {}

/// How an operation pages.
#[derive(Debug)]
pub struct Paginator {
    /// Input member that takes the token.
    pub input_token: &'static str,
    /// Output member, or a path to it, that gives the next token.
    pub output_token: &'static str,
    /// Input member that limits a page, where there is one.
    pub limit: Option<&'static str>,
    /// Output members, or paths to them, that are the lists to be joined.
    pub results: &'static [&'static str],
}
