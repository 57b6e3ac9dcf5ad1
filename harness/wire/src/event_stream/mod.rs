//! Event streams, the bodies of `SubscribeToShard`: `application/vnd.amazon.eventstream`.
//! <https://smithy.io/2.0/aws/amazon-eventstream.html>
//!
//! - `writer`: [`Writer`], [`Frames`]: the body of a reply, event by event; start here
//! - `reader`: [`Incoming`]: what a message of such a body says
//! - `payload`: [`Payload`]: JSON or CBOR inside of events
//! - `message`: [`Message`], [`Header`], [`HeaderValue`]: one message of the wire format
//! - `encode`: [`encode`]: a message as a frame
//! - `decode`: [`Decoder`]: frames as messages, in pieces of any size
//! - `frame_error`: [`FrameError`]: why bytes are no frame, or a message fits into none

mod decode;
mod encode;
mod frame_error;
mod message;
mod payload;
mod reader;
mod writer;

pub use decode::Decoder;
pub use encode::encode;
pub use frame_error::FrameError;
pub use message::{Header, HeaderValue, Message};
pub use payload::Payload;
pub use reader::Incoming;
pub use writer::{CONTENT_TYPE, Event, Frames, Writer, response};
