//! Generated code, one module a service.

#[expect(clippy::too_many_lines, reason = "one arm an operation, and there are 42")]
pub(crate) mod kinesis;
pub(crate) mod sns;
pub(crate) mod sqs;
