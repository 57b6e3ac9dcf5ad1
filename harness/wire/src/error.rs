//! Why a request has no reply, and how clients are told.

use redeliver_model::{Fault, Service};

/// Why a request has no reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The headers name no protocol that is spoken here.
    #[error(
        "content type `{content_type}` is not spoken here: send `application/x-amz-json-1.0` or `application/x-amz-json-1.1`"
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
    /// Name, code, status and text.
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
            // Recorded on AWS: HTTP 404 with an XML document when no protocol is recognised, 400 in JSON.
            Self::Unrecognized { .. } => {
                framework("UnknownOperationException", 404, Fault::Client, Some(self.to_string()))
            }
            Self::UnknownOperation { .. } => {
                framework("UnknownOperationException", 400, Fault::Client, Some(self.to_string()))
            }
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
            Self::Internal { .. } => framework("InternalFailure", 500, Fault::Server, Some(self.to_string())),
            Self::Service(redeliver_core::Error::Sqs(error)) => {
                let told = error.describe();
                Description {
                    shape: told.shape,
                    origin: Origin::Service(Service::Sqs),
                    code: told.code,
                    status: told.status,
                    fault: told.fault,
                    message: Some(told.message),
                }
            }
        }
    }
}
