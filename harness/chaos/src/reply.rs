//! An answer as chaos sees it.

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_LENGTH;
use redeliver_model::{Fault, Operation, Value};
use redeliver_wire::{Description, Dialect, Error, Origin, cbor, encode, json, query};

use crate::Cut;
use crate::edit::{messages, put_messages};

/// An answer of the backend.
#[derive(Debug, Clone)]
pub struct Reply {
    /// As it came.
    pub(crate) response: Response<Bytes>,
    /// What it says; `None` for refusals and for what cannot be read.
    pub output: Option<Value>,
    /// Whether rules changed what it says.
    pub(crate) changed: bool,
    /// What it is written in, which need not be what the caller wished for.
    dialect: Dialect,
    /// The id that it gives the request, where that stands in the body.
    request_id: Option<String>,
}

impl Reply {
    /// Reads an answer.
    pub(crate) fn read(response: Response<Bytes>, operation: &'static Operation, dialect: Dialect) -> Self {
        let mut reply = Self { response, output: None, changed: false, dialect, request_id: None };
        let body = reply.response.body();
        if !reply.response.status().is_success() {
            return reply;
        }
        reply.output = match dialect {
            Dialect::Json(_) if body.is_empty() => json::decode(operation.output, b"{}").ok(),
            Dialect::Json(_) => json::decode(operation.output, body).ok(),
            Dialect::Cbor => cbor::decode(operation.output, body).ok(),
            Dialect::Query { service, .. } => query::reply(operation, body).ok().map(|read| {
                reply.dialect = Dialect::Query { service, format: read.format };
                reply.request_id = read.request_id;
                read.output
            }),
            Dialect::Unrecognized => None,
        };
        reply
    }

    /// Whether the backend carried the call out.
    pub fn is_success(&self) -> bool {
        self.response.status().is_success()
    }

    /// What an answer to a call of chaos's own says; `None` for refusals.
    pub(crate) fn said(response: Response<Bytes>, operation: &'static Operation, dialect: Dialect) -> Option<Value> {
        Self::read(response, operation, dialect).output
    }

    /// Lets the stream of events that it is end before its time.
    pub(crate) fn cut(&mut self, cut: Cut) {
        self.response.extensions_mut().insert(cut);
    }

    /// Puts messages behind those that are there.
    pub(crate) fn add(&mut self, more: &[Value]) {
        let Some(output) = &mut self.output else { return };
        let all = messages(output).iter().chain(more).cloned().collect();
        put_messages(output, all);
        self.changed = true;
    }

    /// As a response, encoded anew if it was changed.
    pub(crate) fn into_response(self, operation: &'static Operation) -> Response<Bytes> {
        let Self { mut response, output, changed, dialect, request_id } = self;
        if let (true, Some(output)) = (changed, output) {
            let request_id = request_id.as_deref().unwrap_or(REQUEST_ID);
            *response.body_mut() = success_body(operation, dialect, output, request_id);
            response.headers_mut().remove(CONTENT_LENGTH);
        }
        response
    }
}

fn success_body(operation: &'static Operation, dialect: Dialect, output: Value, request_id: &str) -> Bytes {
    match dialect {
        Dialect::Json(_) => json::encode(output).into(),
        Dialect::Cbor => cbor::encode(output).into(),
        Dialect::Query { format, .. } => query::success(format, operation, output, request_id).into(),
        Dialect::Unrecognized => Bytes::new(),
    }
}

/// Request id of answers that no backend gave.
const REQUEST_ID: &str = "00000000-0000-4000-8000-c4a05c4a05c4";

/// An answer that the backend never gave.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Success with this result.
    Output(Value),
    /// An error.
    Error {
        /// Modern name, as in the model.
        shape: &'static str,
        /// Code of the query protocol.
        code: &'static str,
        /// HTTP status.
        status: u16,
        /// Text.
        message: &'static str,
        /// Whether the framework that AWS services share defines it, and not the service.
        shared: bool,
    },
}

impl Answer {
    /// As a response.
    pub(crate) fn into_response(self, operation: &'static Operation, dialect: Dialect) -> Response<Bytes> {
        match self {
            Self::Output(output) => {
                let mut response = Response::new(success_body(operation, dialect, output, REQUEST_ID));
                let headers = response.headers_mut();
                headers.insert("content-type", http::HeaderValue::from_static(dialect.content_type()));
                headers.insert("x-amzn-requestid", http::HeaderValue::from_static(REQUEST_ID));
                response
            }
            Self::Error { shape, code, status, message, shared } => {
                let description = Description {
                    shape,
                    origin: if shared { Origin::Framework } else { Origin::Service(operation.service) },
                    code,
                    status,
                    fault: if status < 500 { Fault::Client } else { Fault::Server },
                    message: Some(message.to_owned()),
                };
                encode(dialect, Err(Error::Described(Box::new(description))), REQUEST_ID).map(Bytes::from)
            }
        }
    }
}
