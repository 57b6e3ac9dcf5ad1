//! Decimal numbers, written fast: every record that is read has two of them.

/// The largest power of ten of 64 bits: a long number is written in parts of 19 digits.
const PART: u64 = 10_000_000_000_000_000_000;
const PART_DIGITS: usize = 19;
/// `floor((2^128 - 1) / PART) - 2^64`, which makes division by `PART` two multiplications.
#[expect(clippy::cast_possible_truncation, reason = "the subtraction of 2^64 is what the cast does")]
const RECIPROCAL: u64 = (u128::MAX / PART as u128) as u64;

/// Digits of a sequence number.
pub(in crate::kinesis) const LONG_DIGITS: usize = 56;

/// Writes `high * 2^128 + low`, which has 56 digits or fewer, with zeros in front.
pub(in crate::kinesis) fn long(high: u64, low: u128) -> [u8; LONG_DIGITS] {
    let (middle, low) = halves(low);
    let (quotient_high, rest) = divide(high, middle);
    let (quotient_low, last) = divide(rest, low);
    let (first, second) = divide(quotient_high, quotient_low);
    let mut text = [b'0'; LONG_DIGITS];
    write(first, &mut text[..LONG_DIGITS - 2 * PART_DIGITS]);
    write(second, &mut text[LONG_DIGITS - 2 * PART_DIGITS..LONG_DIGITS - PART_DIGITS]);
    write(last, &mut text[LONG_DIGITS - PART_DIGITS..]);
    text
}

/// Writes the lowest digits of `number` into all of `text`.
pub(in crate::kinesis) fn write(mut number: u64, text: &mut [u8]) {
    for digit in text.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "it takes the halves apart")]
fn halves(wide: u128) -> (u64, u64) {
    ((wide >> 64) as u64, wide as u64)
}

/// Quotient and rest of `high * 2^64 + low` divided by `PART`, for a `high` below `PART`.
/// Möller and Granlund, "Improved division by invariant integers", algorithm 4.
fn divide(high: u64, low: u64) -> (u64, u64) {
    let estimate = u128::from(RECIPROCAL) * u128::from(high) + ((u128::from(high) << 64) | u128::from(low));
    let (quotient, below) = halves(estimate);
    let mut quotient = quotient.wrapping_add(1);
    let mut rest = low.wrapping_sub(quotient.wrapping_mul(PART));
    if rest > below {
        quotient = quotient.wrapping_sub(1);
        rest = rest.wrapping_add(PART);
    }
    if rest >= PART {
        quotient += 1;
        rest -= PART;
    }
    (quotient, rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PART, divide, long, write};

    #[test]
    fn long_number_is_written() {
        assert_eq!(&long(0, 0), &[b'0'; 56]);
        assert_eq!(&long(0, u128::MAX)[17..], b"340282366920938463463374607431768211455");
        let mut digits = [0; 4];
        write(70, &mut digits);
        assert_eq!(&digits, b"0070");
    }

    proptest! {
        #[test]
        fn division_is_that_of_wide_numbers(high in 0..PART, low: u64) {
            let wide = (u128::from(high) << 64) | u128::from(low);
            let (quotient, rest) = divide(high, low);
            prop_assert_eq!((u128::from(quotient), u128::from(rest)), (wide / u128::from(PART), wide % u128::from(PART)));
        }
    }
}
