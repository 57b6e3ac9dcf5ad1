//! Why a request has no reply, and how clients are told.

use redeliver_model::{Fault, Service};

use crate::{Dialect, query};

/// Why a request has no reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The request speaks no protocol that is spoken here.
    #[error(
        "a request with the content type `{content_type}` and without `Action` speaks no known protocol: send \
         `application/x-amz-json-1.0` with `X-Amz-Target`, or `application/x-www-form-urlencoded` with `Action`"
    )]
    Unrecognized {
        /// The value of `Content-Type`, empty when it is missing.
        content_type: String,
    },
    /// `X-Amz-Target` is missing or names no operation.
    #[error("target `{target}` names no operation: send `X-Amz-Target: AmazonSQS.<Operation>`")]
    UnknownOperation {
        /// The header's value, empty when it is missing.
        target: String,
    },
    /// The query protocol: `Action` names no operation that can be asked for there.
    #[error("{}", invalid_action(*service, action, version.as_deref()))]
    InvalidAction {
        /// The service.
        service: Service,
        /// The value of `Action`.
        action: String,
        /// The value of `Version`.
        version: Option<String>,
    },
    /// The query protocol: a parameter has the wrong form.
    #[error("{message}")]
    MalformedInput {
        /// What AWS says.
        message: String,
    },
    /// The query protocol: a name or value is no UTF-8.
    #[error("The query string contains a syntax error.")]
    MalformedQueryString,
    /// The body is not of the operation's shape.
    #[error("the body is not of the operation's shape: {}", message.as_deref().unwrap_or("it is no JSON object"))]
    Serialization {
        /// What AWS says; it says nothing when the body is not JSON at all.
        message: Option<String>,
    },
    /// Parameters break constraints of the model.
    #[error("{message}")]
    Validation {
        /// Whose operation was called.
        service: Service,
        /// Every violation, in the words of AWS.
        message: String,
    },
    /// A service refused.
    #[error(transparent)]
    Service(#[from] redeliver_core::Error),
    /// Something beside the services refused, such as a check of signatures; clients are told as described.
    #[error("{}", .0.message.as_deref().unwrap_or(.0.shape))]
    Described(Box<Description>),
    /// A bug in here: clients see it as an error of the service, which they retry.
    #[error("internal failure: {detail}")]
    Internal {
        /// What is known about it.
        detail: String,
    },
}

/// How clients are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Modern name: the last part of `__type` in JSON.
    pub shape: &'static str,
    /// Who defines that name, which is the namespace before it.
    pub origin: Origin,
    /// Code of the query protocol.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Whose fault it is.
    pub fault: Fault,
    /// The text, where there is one.
    pub message: Option<String>,
}

/// Who defines an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A service.
    Service(Service),
    /// The framework that all AWS services share. Its errors spell the member `Message`.
    Framework,
}

impl Error {
    /// Name, code, status and text as they are told in this protocol.
    pub fn describe_in(&self, dialect: Dialect) -> Description {
        let Dialect::Query { service, .. } = dialect else { return self.describe() };
        // The query protocol has another name for this.
        if let Self::UnknownOperation { target } = self {
            return Self::InvalidAction { service, action: target.clone(), version: None }.describe();
        }
        let told = self.describe();
        Description { message: query::text(self).or(told.message), ..told }
    }

    /// Name, code, status and text as they are told in AWS JSON.
    pub fn describe(&self) -> Description {
        let framework = |shape, status, fault, message| Description {
            shape,
            origin: Origin::Framework,
            code: shape,
            status,
            fault,
            message,
        };
        match self {
            // Recorded on AWS: HTTP 404 when no protocol is recognised, 400 in JSON.
            Self::Unrecognized { .. } => {
                framework("UnknownOperationException", 404, Fault::Client, Some(self.to_string()))
            }
            Self::UnknownOperation { .. } => {
                framework("UnknownOperationException", 400, Fault::Client, Some(self.to_string()))
            }
            Self::InvalidAction { .. } => framework("InvalidAction", 400, Fault::Client, Some(self.to_string())),
            Self::MalformedInput { message } => framework("MalformedInput", 400, Fault::Client, Some(message.clone())),
            // silent: what AWS says of bytes that are no text. Of its common errors this is the one with that meaning:
            // <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html>
            Self::MalformedQueryString => framework("MalformedQueryString", 404, Fault::Client, Some(self.to_string())),
            Self::Serialization { message } => framework("SerializationException", 400, Fault::Client, message.clone()),
            Self::Validation { service, message } => Description {
                shape: "ValidationException",
                origin: Origin::Service(*service),
                code: match service {
                    Service::Sns => "ValidationError",
                    Service::Sqs | Service::Kinesis => "ValidationException",
                },
                status: 400,
                fault: Fault::Client,
                message: Some(message.clone()),
            },
            Self::Described(description) => description.as_ref().clone(),
            Self::Internal { .. } => framework("InternalFailure", 500, Fault::Server, Some(self.to_string())),
            Self::Service(error) => {
                let told = error.describe();
                Description {
                    shape: told.shape,
                    origin: Origin::Service(error.service()),
                    code: told.code,
                    status: told.status,
                    fault: told.fault,
                    message: Some(told.message),
                }
            }
        }
    }
}

/// SQS names no version, SNS does (<https://github.com/ex-aws/ex_aws/pull/177>).
fn invalid_action(service: Service, action: &str, version: Option<&str>) -> String {
    match service {
        Service::Sqs => format!("The action {action} is not valid for this endpoint."),
        Service::Sns | Service::Kinesis => {
            let version = version.unwrap_or("NO_VERSION_SPECIFIED");
            format!("Could not find operation {action} for version {version}")
        }
    }
}
