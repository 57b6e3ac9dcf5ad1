//! AWS JSON: values to JSON and back, by shape.
//! <https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html>
//!
//! - `decode`: [`decode`], [`read`]: JSON as a value of a shape
//! - `encode`: [`encode`], [`error`]: a value as JSON, and the error document

mod decode;
mod encode;

pub use decode::{decode, read};
pub(crate) use encode::scalar;
pub use encode::{encode, error};
