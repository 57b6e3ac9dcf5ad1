//! Bytes as text and back.

use ::base64::DecodeError;
use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

/// Text for bytes.
pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
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
