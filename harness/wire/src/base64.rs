//! Bytes as text and back.

use ::base64::DecodeError;
use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

/// Text for bytes.
pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

/// Writes the text for bytes behind what is there.
pub(crate) fn encode_to(text: &mut Vec<u8>, bytes: &[u8]) {
    let start = text.len();
    // Four characters for each three bytes that were begun.
    text.resize(start + bytes.len().div_ceil(3) * 4, 0);
    STANDARD.encode_slice(bytes, &mut text[start..]).expect("there is room for all of it");
}

/// Bytes of a text, or what AWS says about it
/// (<https://github.com/mhart/kinesalite/tree/master/test>).
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, String> {
    STANDARD.decode(text).map_err(|error| {
        let reason = match error {
            DecodeError::InvalidByte(_, byte) => format!("Invalid Base64 character: '{}'", char::from(byte)),
            DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => {
                format!("Base64 encoded length is expected a multiple of 4 bytes but found: {}", text.len())
            }
            // AWS's spelling.
            DecodeError::InvalidLastSymbol(..) => "Invalid last non-pad Base64 character dectected".to_owned(),
        };
        format!("'{text}' can not be converted to a Blob: {reason}")
    })
}
