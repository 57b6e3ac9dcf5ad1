//! Frames as messages, in pieces of any size.

use super::encode::{
    CHECKSUM_LENGTH, HEADERS_LENGTH_MAX, PAYLOAD_LENGTH_MAX, PRELUDE_LENGTH, VALUE_LENGTH_MAX, distinct, limited,
};
use super::{FrameError, Header, HeaderValue, Message};

/// Takes the bytes of a stream as they come and gives its messages. A broken stream stays broken.
///
/// The specification leaves the limits of length to services, and asks clients to accept more. They hold here all the
/// same, so that a damaged or hostile stream costs a bounded amount of memory; no service may send what they refuse.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    broken: Option<FrameError>,
}

impl Decoder {
    /// Nothing received yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.broken.is_none() {
            self.buffer.extend(bytes);
        }
    }

    /// The next message; nothing as long as it is not complete.
    pub fn pull(&mut self) -> Result<Option<Message>, FrameError> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        match read(&self.buffer) {
            Ok(None) => Ok(None),
            Ok(Some((message, length))) => {
                self.buffer.drain(..length);
                Ok(Some(message))
            }
            Err(error) => {
                self.broken = Some(error.clone());
                self.buffer = Vec::new();
                Err(error)
            }
        }
    }

    /// Says that the stream has ended, which it may do only between messages.
    pub fn finish(self) -> Result<(), FrameError> {
        match self.broken {
            Some(error) => Err(error),
            None if self.buffer.is_empty() => Ok(()),
            None => Err(FrameError::CutOff { left: self.buffer.len() }),
        }
    }
}

/// The message at the start of the bytes and the length of its frame.
fn read(bytes: &[u8]) -> Result<Option<(Message, usize)>, FrameError> {
    let mut rest = bytes;
    let (Some(total), Some(headers), Some(found)) = (word(&mut rest), word(&mut rest), word(&mut rest)) else {
        return Ok(None);
    };
    let expected = crc32fast::hash(&bytes[..PRELUDE_LENGTH - CHECKSUM_LENGTH]);
    if expected != found {
        return Err(FrameError::PreludeChecksum { expected, found });
    }
    let [total_length, headers_length] = [total, headers].map(|length| length as usize);
    let payload_length = total_length.checked_sub(PRELUDE_LENGTH + CHECKSUM_LENGTH + headers_length);
    let payload_length = payload_length.ok_or(FrameError::Lengths { total, headers })?;
    limited("headers", headers_length, HEADERS_LENGTH_MAX)?;
    limited("a payload", payload_length, PAYLOAD_LENGTH_MAX)?;
    let Some(frame) = bytes.get(..total_length) else { return Ok(None) };
    let (checked, mut checksum) = frame.split_at(total_length - CHECKSUM_LENGTH);
    let (expected, found) = (crc32fast::hash(checked), word(&mut checksum).expect("a checksum has four bytes"));
    if expected != found {
        return Err(FrameError::MessageChecksum { expected, found });
    }
    let (headers, payload) = checked[PRELUDE_LENGTH..].split_at(headers_length);
    Ok(Some((Message { headers: read_headers(headers)?, payload: payload.to_vec() }, total_length)))
}

fn read_headers(mut bytes: &[u8]) -> Result<Vec<Header>, FrameError> {
    let mut headers = Vec::new();
    while !bytes.is_empty() {
        let length = take::<1>(&mut bytes)?[0];
        if length == 0 {
            return Err(FrameError::Headers { reason: "a name is empty" });
        }
        let name = text(split(&mut bytes, length.into())?)?;
        headers.push(Header { name, value: read_value(&mut bytes)? });
    }
    distinct(&headers)?;
    Ok(headers)
}

fn read_value(bytes: &mut &[u8]) -> Result<HeaderValue, FrameError> {
    let kind = take::<1>(bytes)?[0];
    Ok(match kind {
        0 => HeaderValue::Boolean(true),
        1 => HeaderValue::Boolean(false),
        2 => HeaderValue::Byte(i8::from_be_bytes(take(bytes)?)),
        3 => HeaderValue::Short(i16::from_be_bytes(take(bytes)?)),
        4 => HeaderValue::Integer(i32::from_be_bytes(take(bytes)?)),
        5 => HeaderValue::Long(i64::from_be_bytes(take(bytes)?)),
        6 => HeaderValue::Bytes(measured(bytes)?.to_vec()),
        7 => HeaderValue::String(text(measured(bytes)?)?),
        8 => HeaderValue::Timestamp(i64::from_be_bytes(take(bytes)?)),
        9 => HeaderValue::Uuid(take(bytes)?),
        _ => return Err(FrameError::Headers { reason: "a value has none of the types 0 to 9" }),
    })
}

fn measured<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], FrameError> {
    let length = u16::from_be_bytes(take(bytes)?);
    split(bytes, limited("the value of a header", length.into(), VALUE_LENGTH_MAX)?)
}

fn text(bytes: &[u8]) -> Result<String, FrameError> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| FrameError::Headers { reason: "a text is not UTF-8" })
}

fn take<const LENGTH: usize>(bytes: &mut &[u8]) -> Result<[u8; LENGTH], FrameError> {
    let taken = split(bytes, LENGTH)?;
    Ok(taken.try_into().expect("the slice has this length"))
}

fn split<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8], FrameError> {
    let (taken, rest) = bytes.split_at_checked(length).ok_or(FrameError::Headers { reason: "they are cut off" })?;
    *bytes = rest;
    Ok(taken)
}

fn word(bytes: &mut &[u8]) -> Option<u32> {
    let (word, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_be_bytes(*word))
}
