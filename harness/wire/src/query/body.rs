//! The body of an answer, in the format that was asked for.

use redeliver_model::{Operation, Service, Value};

use super::{answer, plain};
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
