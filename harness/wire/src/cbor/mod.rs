//! AWS CBOR 1.1: values to CBOR and back, by shape.
//!
//! The protocol is AWS JSON 1.1 with other bodies. It is in no public model: what is known comes from the SDKs for
//! Java, whose default it is for Kinesis (<https://github.com/aws/aws-sdk-java-v2/issues/3498>), and from recorded
//! answers. It differs from CBOR as the RFC has it in one point: a timestamp, tag 1, is an integer of *milliseconds*
//! (<https://github.com/aws/aws-sdk-java-v2/issues/4661>).
//!
//! - `decode`: [`decode`]: CBOR as a value of a shape
//! - `encode`: [`encode`], [`error`]: a value as CBOR, and the error document

mod decode;
mod encode;

pub use decode::decode;
pub use encode::{encode, error};
