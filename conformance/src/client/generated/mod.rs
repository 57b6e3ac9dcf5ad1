//! Generated code, one module a service.

pub(crate) mod sqs;
