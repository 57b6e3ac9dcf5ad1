//! JSON or CBOR inside of events.

use redeliver_model::{Shape, Value};

use crate::{Dialect, Error, cbor, json};

/// What the payloads of a stream are written in, which is that of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// JSON.
    Json,
    /// AWS CBOR.
    Cbor,
}

impl Payload {
    /// The payloads for a request in this protocol; streams are answered in no other than JSON and CBOR.
    pub fn of(dialect: Dialect) -> Option<Self> {
        match dialect {
            Dialect::Json(_) => Some(Self::Json),
            Dialect::Cbor => Some(Self::Cbor),
            Dialect::Query { .. } | Dialect::Unrecognized => None,
        }
    }

    /// The payloads that this value of `:content-type` tells.
    pub(super) fn named(content_type: &str) -> Option<Self> {
        match content_type {
            "application/json" | "application/x-amz-json-1.1" => Some(Self::Json),
            "application/cbor" | "application/x-amz-cbor-1.1" => Some(Self::Cbor),
            _ => None,
        }
    }

    /// The value of `:content-type`.
    ///
    /// silent: how AWS names CBOR there; clients do not look at it.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Cbor => "application/x-amz-cbor-1.1",
        }
    }

    pub(super) fn encode(self, value: Value) -> Vec<u8> {
        match self {
            Self::Json => json::encode(value),
            Self::Cbor => cbor::encode(value),
        }
    }

    pub(super) fn decode(self, shape: &'static Shape, bytes: &[u8]) -> Result<Value, Error> {
        match self {
            Self::Json => json::decode(shape, bytes),
            Self::Cbor => cbor::decode(shape, bytes),
        }
    }
}
