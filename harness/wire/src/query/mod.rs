//! AWS query: parameters of a URL or form in, XML (or a JSON of its own) out.
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>
//!
//! SQS speaks it beside JSON since before there was JSON, SNS speaks nothing else. Both look at the same tables of shapes, whose
//! members know their names in this protocol.
//!
//! - `detect`: whether a request speaks it, for which service and operation
//! - `parameters`: [`Parameters`]: what stands in a URL or form, by name
//! - `decode`: [`decode`]: parameters as a structure
//! - `scalar`: texts as numbers, bytes, times
//! - `xml`: writes elements
//! - `answer`: results and errors as XML
//! - `plain`: results and errors as JSON
//! - `told`: what errors say here that they say in other words elsewhere

mod answer;
mod decode;
mod detect;
mod parameters;
mod plain;
mod scalar;
mod told;
mod xml;

pub use decode::decode;
pub use parameters::Parameters;

pub(crate) use detect::detect;
pub(crate) use told::text;

use redeliver_model::{Operation, Service, Value};

use crate::{Description, Error, Format};

/// The body for a result.
pub fn success(format: Format, operation: &'static Operation, value: Value, request_id: &str) -> Vec<u8> {
    match format {
        Format::Xml => answer::success(operation, value, request_id),
        Format::Json => plain::success(operation, value, request_id),
    }
}

/// The body for an error.
pub(crate) fn failure(
    service: Service,
    format: Format,
    error: &Error,
    description: &Description,
    request_id: &str,
) -> Vec<u8> {
    match format {
        Format::Xml => answer::failure(service, error, description, request_id),
        Format::Json => plain::failure(description, request_id),
    }
}
