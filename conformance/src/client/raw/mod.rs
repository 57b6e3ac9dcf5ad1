//! HTTP requests with exact bytes, and their answers as values that patterns match.
//!
//! - [`RawClient`]: sends: start here
//! - [`RawRequest`]: what is sent, from the parts of a spec
//! - [`RawAnswer`]: what came back, as a value
//! - `sign`: signatures, right and wrong ones
//! - `socket`: one exchange over a connection of its own
//! - `media`: a body as a value, by its media type
//! - `xml`, `cbor`, `form`: the formats that have no library that gives such values

mod answer;
mod cbor;
mod client;
pub(super) mod form;
mod media;
mod request;
mod sign;
mod socket;
pub(crate) mod xml;

pub(crate) use answer::{RawAnswer, header_map};
pub(crate) use client::RawClient;
pub(crate) use media::read as read_body;
pub(crate) use request::{Parts, RawRequest, Unfit};
pub(crate) use socket::BODY_BYTES_MAX;
