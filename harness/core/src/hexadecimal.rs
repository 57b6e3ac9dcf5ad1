//! Bytes as hexadecimal digits.

/// Two lower-case digits for each byte. By arithmetic and not by table, so that the compiler can do all bytes at once.
pub(crate) fn digits<const BYTES: usize>(bytes: [u8; BYTES]) -> [[u8; 2]; BYTES] {
    let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'a' - 10 };
    bytes.map(|byte| [digit(byte >> 4), digit(byte & 15)])
}

/// Digits, and what is between them, as a text.
pub(crate) fn text(ascii: &[u8]) -> String {
    str::from_utf8(ascii).expect("digits and what is between them are ASCII").to_owned()
}

#[cfg(test)]
mod tests {
    use super::{digits, text};

    #[test]
    fn digits_are_lower_case() {
        assert_eq!(text(digits([0x01, 0x9a, 0xbc, 0xdf]).as_flattened()), "019abcdf");
    }
}
