//! A message as a frame: lengths, checksum of the lengths, headers, payload, checksum of everything before.

use super::{FrameError, Header, HeaderValue, Message};

/// Lengths and checksum before the headers, in bytes.
pub(super) const PRELUDE_LENGTH: usize = 12;
/// The checksum at the end, in bytes.
pub(super) const CHECKSUM_LENGTH: usize = 4;
/// Services may not send longer headers or payloads, in bytes.
pub(super) const HEADERS_LENGTH_MAX: usize = 131_072;
pub(super) const PAYLOAD_LENGTH_MAX: usize = 25_165_824;

/// The longest value of a header, in bytes.
pub(super) const VALUE_LENGTH_MAX: usize = 32_767;

const NAME_LENGTH_MAX: usize = 255;

/// The bytes of a message.
pub fn encode(message: &Message) -> Result<Vec<u8>, FrameError> {
    let mut headers = Vec::new();
    distinct(&message.headers)?;
    for header in &message.headers {
        write_header(&mut headers, header)?;
    }
    let headers_length = limited("headers", headers.len(), HEADERS_LENGTH_MAX)?;
    let payload_length = limited("a payload", message.payload.len(), PAYLOAD_LENGTH_MAX)?;
    let total = PRELUDE_LENGTH + headers_length + payload_length + CHECKSUM_LENGTH;
    let mut frame = Vec::with_capacity(total);
    frame.extend(word(total));
    frame.extend(word(headers_length));
    frame.extend(crc32fast::hash(&frame).to_be_bytes());
    frame.extend(headers);
    frame.extend(&message.payload);
    frame.extend(crc32fast::hash(&frame).to_be_bytes());
    Ok(frame)
}

/// Names may appear once only. Sorted, since a hostile message may have tens of thousands.
pub(super) fn distinct(headers: &[Header]) -> Result<(), FrameError> {
    let mut names: Vec<_> = headers.iter().map(|header| &header.name).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(FrameError::Headers { reason: "a name appears twice" });
    }
    Ok(())
}

fn write_header(bytes: &mut Vec<u8>, Header { name, value }: &Header) -> Result<(), FrameError> {
    if name.is_empty() {
        return Err(FrameError::Headers { reason: "a name is empty" });
    }
    let length = limited("the name of a header", name.len(), NAME_LENGTH_MAX)?;
    bytes.push(u8::try_from(length).expect("the length is limited"));
    bytes.extend(name.as_bytes());
    match value {
        HeaderValue::Boolean(true) => bytes.push(0),
        HeaderValue::Boolean(false) => bytes.push(1),
        HeaderValue::Byte(number) => write_value(bytes, 2, &number.to_be_bytes()),
        HeaderValue::Short(number) => write_value(bytes, 3, &number.to_be_bytes()),
        HeaderValue::Integer(number) => write_value(bytes, 4, &number.to_be_bytes()),
        HeaderValue::Long(number) => write_value(bytes, 5, &number.to_be_bytes()),
        HeaderValue::Bytes(value) => write_measured(bytes, 6, value)?,
        HeaderValue::String(value) => write_measured(bytes, 7, value.as_bytes())?,
        HeaderValue::Timestamp(millis) => write_value(bytes, 8, &millis.to_be_bytes()),
        HeaderValue::Uuid(value) => write_value(bytes, 9, value),
    }
    Ok(())
}

fn write_value(bytes: &mut Vec<u8>, kind: u8, value: &[u8]) {
    bytes.push(kind);
    bytes.extend(value);
}

fn write_measured(bytes: &mut Vec<u8>, kind: u8, value: &[u8]) -> Result<(), FrameError> {
    let length = limited("the value of a header", value.len(), VALUE_LENGTH_MAX)?;
    bytes.push(kind);
    bytes.extend(u16::try_from(length).expect("the length is limited").to_be_bytes());
    bytes.extend(value);
    Ok(())
}

pub(super) fn limited(part: &'static str, length: usize, length_max: usize) -> Result<usize, FrameError> {
    if length > length_max { Err(FrameError::TooLong { part, length, length_max }) } else { Ok(length) }
}

fn word(length: usize) -> [u8; 4] {
    u32::try_from(length).expect("headers and payload are limited").to_be_bytes()
}
