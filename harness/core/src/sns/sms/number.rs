//! Phone numbers.

/// Digits of a number of E.164.
const DIGITS_MAX: usize = 15;

/// Whether the text is a number in the form of E.164, as `Publish` wants it.
/// <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>
pub(super) fn is_e164(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    (2..=DIGITS_MAX).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that the endpoint of a subscription stands for. There, single separators between digits are allowed: `+12/34-567.890`
/// was accepted, `+15--551234567`, `+15551234567.` and `/+15551234567` were not, as recorded.
pub(crate) fn endpoint(text: &str) -> Option<String> {
    let rest = text.strip_prefix('+')?;
    let separated = rest.split(['/', '-', '.']).all(|part| !part.is_empty());
    let number: String = text.chars().filter(|character| !matches!(character, '/' | '-' | '.')).collect();
    (separated && is_e164(&number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{endpoint, is_e164};

    #[test]
    fn publish_takes_e164_only() {
        let taken = ["+15551234567", "+491701234567"].map(is_e164);
        let refused = ["+1a234", "NAA+15551234567", "15551234567", "+", "+1234567890123456", "+0123456789", ""];
        assert_eq!((taken, refused.map(is_e164)), ([true; 2], [false; 7]));
    }

    #[test]
    fn subscriptions_allow_single_separators() {
        let number = Some("+1234567890".to_owned());
        assert_eq!([endpoint("+12/34-567.890"), endpoint("+1234567890")], [number.clone(), number]);
        for text in ["+15--551234567", "NAA+15551234567", "+15551234567.", "/+15551234567"] {
            assert_eq!(endpoint(text), None, "{text}");
        }
    }
}
