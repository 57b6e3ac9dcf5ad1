//! Generated code, one module a service.

pub(crate) mod sns;
pub(crate) mod sqs;
