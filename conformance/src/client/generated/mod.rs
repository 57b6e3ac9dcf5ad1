//! Generated code, one module a service.

#[expect(clippy::too_many_lines, reason = "one arm an operation, and there are 57")]
pub(crate) mod kinesis;
#[expect(clippy::too_many_lines, reason = "one arm an operation, and there are 42")]
pub(crate) mod sns;
pub(crate) mod sqs;
