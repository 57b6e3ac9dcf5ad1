//! Texts with `*`, any characters or none, and `?`, any one character.

/// Whether a text fits a pattern.
pub(super) fn is_like(pattern: &str, text: &str) -> bool {
    if pattern == "*" || pattern == text {
        return true;
    }
    let mut rest = text.chars();
    let mut wanted = pattern.chars();
    // Where to go on when what follows the last `*` does not fit: one character further into the text.
    let mut retry = None;
    loop {
        let before = wanted.clone();
        match (wanted.next(), rest.clone().next()) {
            (Some('*'), _) => retry = Some((wanted.clone(), rest.clone())),
            (Some(character), Some(found)) if character == '?' || character == found => {
                rest.next();
            }
            (None, None) => return true,
            (_, next) => {
                let Some((star, from)) = &mut retry else { return false };
                if next.is_none() && from.clone().next().is_none() {
                    return before.clone().all(|character| character == '*');
                }
                from.next();
                (wanted, rest) = (star.clone(), from.clone());
            }
        }
    }
}

/// Whether an ARN fits a pattern: each of the six parts must fit its own.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
pub(super) fn is_arn_like(pattern: &str, arn: &str) -> bool {
    if pattern == arn {
        return true;
    }
    let (mut patterns, mut parts) = (pattern.splitn(6, ':'), arn.splitn(6, ':'));
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) if is_like(pattern, part) => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_arn_like, is_like};

    #[test]
    fn patterns_fit_as_they_read() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("*", "", true),
            ("*", "abc", true),
            ("a*c", "abbc", true),
            ("a*c", "abb", false),
            ("a?c", "aéc", true),
            ("a?c", "ac", false),
            ("*b*b", "abab", true),
            ("*b*b", "aba", false),
            ("?*", "", false),
            ("a**", "a", true),
            ("a", "ab", false),
            ("", "a", false),
            ("*?", "x", true),
        ] {
            assert_eq!(is_like(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn parts_of_arns_fit_one_by_one() {
        let arn = "arn:aws:sns:us-east-1:111111111111:t:x";
        for pattern in ["arn:aws:sns:*:*:t*", "arn:*:sns:us-east-?:111111111111:t:x", "arn:aws:sns:*:*:*"] {
            assert!(is_arn_like(pattern, arn), "{pattern}");
        }
        for pattern in ["arn:*", "*", "arn:aws:sns:*:t:x", "arn:aws:sqs:*:*:*", "arn:aws:sns:us-east-1:111111111111:t"]
        {
            assert!(!is_arn_like(pattern, arn), "{pattern}");
        }
    }
}
