//! Identifiers from a seed: the same world gives the same ids.

use std::fmt;

use crate::hexadecimal;

/// A universally unique identifier of version 4 form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(pub u128);

impl Uuid {
    /// Reads the hyphenated lower- or upper-case form.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let hyphens_fit = bytes.len() == 36 && [8, 13, 18, 23].iter().all(|&at| bytes[at] == b'-');
        if !hyphens_fit {
            return None;
        }
        let digits: String = text.chars().filter(|&c| c != '-').collect();
        if digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(&digits, 16).ok().map(Self)
    }

    /// The hyphenated lower-case form.
    pub fn to_text(self) -> String {
        let pairs = hexadecimal::digits(self.0.to_be_bytes());
        let digits = pairs.as_flattened();
        let mut text = [b'-'; 36];
        text[..8].copy_from_slice(&digits[..8]);
        text[9..13].copy_from_slice(&digits[8..12]);
        text[14..18].copy_from_slice(&digits[12..16]);
        text[19..23].copy_from_slice(&digits[16..20]);
        text[24..].copy_from_slice(&digits[20..]);
        hexadecimal::text(&text)
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_text())
    }
}

/// A stream of identifiers.
#[derive(Debug, Clone)]
pub struct Ids {
    state: u64,
}

impl Ids {
    /// The stream of this seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next identifier.
    pub fn uuid(&mut self) -> Uuid {
        let wide = (u128::from(self.next()) << 64) | u128::from(self.next());
        // Version 4, variant 1, as AWS's message ids have.
        Uuid(wide & !(0xF << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62))
    }

    /// `SplitMix64`: one addition and a mix, so that ids cost nothing and differ in every bit.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ids, Uuid};

    #[test]
    fn ids_have_the_form_of_version_4_and_parse_back() {
        let id = Ids::new(7).uuid();
        let text = id.to_text();
        assert_eq!((text.len(), &text[14..15], text.as_bytes()[19]), (36, "4", text.as_bytes()[19]));
        assert!(matches!(text.as_bytes()[19], b'8' | b'9' | b'a' | b'b'));
        assert_eq!(Uuid::parse(&text), Some(id));
    }

    #[test]
    fn same_seed_gives_the_same_ids() {
        let [mut one, mut two, mut other] = [Ids::new(7), Ids::new(7), Ids::new(8)];
        let first = one.uuid();
        assert_eq!(first, two.uuid());
        assert_ne!(first, other.uuid());
        assert_ne!(first, one.uuid());
    }
}
