//! The protocols: what a request speaks, its response speaks too.

use redeliver_model::Service;

/// Version of the AWS JSON protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonVersion {
    /// 1.0, as SQS speaks it: error names carry a namespace.
    V1_0,
    /// 1.1, as Kinesis speaks it: error names are bare.
    V1_1,
}

/// What a request of the query protocol is answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// XML, unless the caller wants something else.
    Xml,
    /// JSON, which is not that of AWS JSON.
    Json,
}

/// The protocol of a request, which is that of its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// AWS JSON.
    Json(JsonVersion),
    /// AWS CBOR 1.1: AWS JSON 1.1 with bodies in CBOR, as the SDKs for Java speak it to Kinesis.
    Cbor,
    /// AWS query: parameters of a form or URL in.
    Query {
        /// Whose namespace and layout the answer has.
        service: Service,
        /// What goes out.
        format: Format,
    },
    /// None that is known.
    Unrecognized,
}

impl Dialect {
    /// The value of `Content-Type` in responses.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json(JsonVersion::V1_0) => "application/x-amz-json-1.0",
            Self::Json(JsonVersion::V1_1) => "application/x-amz-json-1.1",
            Self::Cbor => "application/x-amz-cbor-1.1",
            Self::Query { format: Format::Json, .. } => "application/json",
            Self::Query { format: Format::Xml, .. } | Self::Unrecognized => "text/xml",
        }
    }
}
