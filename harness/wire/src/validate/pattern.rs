//! Java's regular expressions.
//!
//! The patterns of the models are Java's. They match whole texts; `\d`, `\w`, `\s` mean ASCII; a dot is anything but
//! the five line terminators. <https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html>

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use redeliver_model::{Kind, Service, Shape};
use regex::Regex;

/// Whether the whole text matches a pattern of a model.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    static COMPILED: LazyLock<BTreeMap<&'static str, OnceLock<Option<Regex>>>> =
        LazyLock::new(|| patterns().into_iter().map(|pattern| (pattern, OnceLock::new())).collect());
    let compiled = COMPILED.get(pattern).map(|once| once.get_or_init(|| compile(pattern).ok()));
    // A test compiles every pattern; one that could not be compiled would refuse nothing.
    compiled.and_then(Option::as_ref).is_none_or(|regex| regex.is_match(text))
}

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    Regex::new(&translate(pattern))
}

/// Every pattern of a shape that an operation takes.
fn patterns() -> Vec<&'static str> {
    let mut found = Vec::new();
    for operation in Service::ALL.iter().flat_map(|service| service.model().operations) {
        collect(operation.input, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn collect(shape: &'static Shape, found: &mut Vec<&'static str>) {
    found.extend(shape.constraints.pattern);
    match &shape.kind {
        Kind::Structure { members } | Kind::EventStream { members } => {
            members.iter().for_each(|member| collect(member.shape, found));
        }
        Kind::List { member, .. } => collect(member, found),
        Kind::Map { key, value, .. } => {
            collect(key, found);
            collect(value, found);
        }
        Kind::String | Kind::Integer | Kind::Long | Kind::Double | Kind::Boolean | Kind::Blob | Kind::Timestamp => {}
    }
}

/// The same expression in the syntax of the `regex` crate.
fn translate(pattern: &str) -> String {
    let mut translated = String::from(r"\A(?:");
    let mut letters = pattern.chars();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('d') => translated.push_str("[0-9]"),
                Some('D') => translated.push_str("[^0-9]"),
                Some('w') => translated.push_str("[a-zA-Z_0-9]"),
                Some('W') => translated.push_str("[^a-zA-Z_0-9]"),
                Some('s') => translated.push_str(r"[ \t\n\x0B\f\r]"),
                Some('S') => translated.push_str(r"[^ \t\n\x0B\f\r]"),
                escaped => {
                    translated.push('\\');
                    translated.extend(escaped);
                }
            },
            '.' if !in_class => translated.push_str(r"[^\n\r\x{85}\x{2028}\x{2029}]"),
            _ => {
                in_class = match letter {
                    '[' => true,
                    ']' => false,
                    _ => in_class,
                };
                translated.push(letter);
            }
        }
    }
    translated.push_str(r")\z");
    translated
}

#[cfg(test)]
mod tests {
    use super::{compile, matches, patterns};

    #[test]
    fn every_pattern_of_every_model_compiles() {
        let patterns = patterns();
        assert!(patterns.len() >= 20, "only {} patterns found: the walk is broken", patterns.len());
        for pattern in patterns {
            compile(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        }
    }

    #[test]
    fn whole_texts_match() {
        let cases = [
            ("[a-zA-Z0-9_.-]+", "a.B-c_9", true),
            ("[a-zA-Z0-9_.-]+", "a\n", false),
            ("[a-zA-Z0-9_.-]+", "", false),
            ("[a-zA-Z0-9_.-]+", "ä", false),
            ("^(0|([1-9]\\d{0,38}))$", "0", true),
            ("^(0|([1-9]\\d{0,38}))$", "01", false),
            ("^(0|([1-9]\\d{0,38}))$", "0\n", false),
            ("^(0|([1-9]\\d{0,38}))$", "340282366920938463463374607431768211455", true),
            ("^(0|([1-9]\\d{0,38}))$", "3402823669209384634633746074317682114550", false),
            // Digits of another script.
            ("\\d{12}", "١٢٣٤٥٦٧٨٩٠١٢", false),
            ("\\d{12}", "123456789012", true),
            ("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+", "arn:aws:kinesis:us-east-1:123456789012:stream/s", true),
            ("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+", "arn:aws:kinesis:us-east-1:123456789012:stream/", false),
            ("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+", "arn:aws:kinesis:us-east-1:123456789012:stream/a b", false),
            ("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+", "arn:aws\n:kinesis:r:123456789012:stream/s", false),
        ];
        for (pattern, text, expected) in cases {
            let whole = patterns().into_iter().find(|known| *known == pattern);
            let whole = whole.unwrap_or_else(|| panic!("{pattern} is in no model any more"));
            assert_eq!(matches(whole, text), expected, "{pattern} on {text:?}");
        }
    }
}
