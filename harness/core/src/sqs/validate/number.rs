//! Values of attributes of type `Number`.

/// Why a text is no value of type `Number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotANumber {
    /// It does not read as a decimal number.
    Form,
    /// It has more than 38 significant digits.
    Precision,
    /// It is nearer to zero than 10^-128 or further from it than 10^126.
    Magnitude,
}

/// A decimal number of at most 38 significant digits, zero or from 10^-128 to 10^126 away from it.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html>
pub(super) fn number(text: &str) -> Result<(), NotANumber> {
    const PRECISION_MAX: usize = 38;
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = whole.bytes().chain(fraction.bytes());
    if whole.len() + fraction.len() == 0 || !digits.all(|digit| digit.is_ascii_digit()) {
        return Err(NotANumber::Form);
    }
    let all = format!("{whole}{fraction}");
    let significant = all.trim_matches('0');
    if significant.is_empty() {
        return Ok(());
    }
    if significant.len() > PRECISION_MAX {
        return Err(NotANumber::Precision);
    }
    // The power of ten of the first significant digit.
    let zeros = all.len() - all.trim_start_matches('0').len();
    let power = signed(whole.len()) - signed(zeros) - 1 + exponent;
    let in_range = (-128..126).contains(&power) || (power == 126 && significant == "1");
    if in_range { Ok(()) } else { Err(NotANumber::Magnitude) }
}

fn parse_exponent(text: &str) -> Result<i64, NotANumber> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(NotANumber::Form);
    }
    text.parse::<i32>().map(i64::from).map_err(|_| NotANumber::Magnitude)
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).expect("no text is that long")
}

#[cfg(test)]
mod tests {
    use super::{NotANumber, number};

    #[test]
    fn numbers_of_every_form_are_accepted() {
        let [long, zeros] = ["9".repeat(38), format!("000{}000", "9".repeat(38))];
        for text in
            ["0", "-0.0", "1493147359900", "+1.5", ".5", "5.", "1e10", "-2.5E-3", "1E126", "1e-128", &long, &zeros]
        {
            assert_eq!(number(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_numbers_are_refused() {
        for text in ["", "-", ".", "abc", "1,5", "0x10", "1e", "1e+", " 1", "NaN", "inf", "--1", "1.2.3", "١"] {
            assert_eq!(number(text), Err(NotANumber::Form), "{text}");
        }
    }

    #[test]
    fn more_than_38_significant_digits_are_refused() {
        assert_eq!(number(&"9".repeat(39)), Err(NotANumber::Precision));
        assert_eq!(number(&format!("0.{}", "1".repeat(39))), Err(NotANumber::Precision));
    }

    #[test]
    fn numbers_too_near_to_zero_or_too_far_from_it_are_refused() {
        for text in ["1.1e126", "-1e127", "9e-129", "1e99999999999", "0.1e-128"] {
            assert_eq!(number(text), Err(NotANumber::Magnitude), "{text}");
        }
    }
}
