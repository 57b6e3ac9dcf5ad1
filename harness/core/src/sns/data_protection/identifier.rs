//! Kinds of sensitive data, and where they are in a text.
//!
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-managed-data-identifiers.html>

use std::net::IpAddr;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A kind of sensitive data that is looked for.
#[derive(Debug, Clone)]
pub(super) struct Identifier {
    pub(super) name: Box<str>,
    search: Search,
}

#[derive(Debug, Clone)]
enum Search {
    /// One of AWS's kinds.
    Managed(&'static Managed),
    /// The policy's own.
    Custom(Box<Regex>),
    /// One of AWS's kinds for which there is no pattern here.
    Unseen,
}

#[derive(Debug)]
struct Managed {
    name: &'static str,
    pattern: &'static str,
    /// What a find must be besides.
    is_right: fn(&str) -> bool,
}

static MANAGED: [Managed; 8] = [
    Managed {
        name: "EmailAddress",
        pattern: r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}",
        is_right: |_| true,
    },
    Managed {
        name: "IpAddress",
        pattern: r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b|[0-9A-Fa-f:]*:[0-9A-Fa-f]*:[0-9A-Fa-f:]*",
        is_right: |found| found.parse::<IpAddr>().is_ok(),
    },
    Managed { name: "CreditCardNumber", pattern: r"\b[3-6](?:[ -]?[0-9]){12,18}\b", is_right: is_card_number },
    Managed {
        name: "Ssn-US",
        pattern: r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b",
        is_right: |found| !found.starts_with("000") && !found.starts_with("666") && !found.starts_with('9'),
    },
    Managed {
        name: "OpenSshPrivateKey",
        pattern: r"-----BEGIN OPENSSH PRIVATE KEY-----(?s:.*?)-----END OPENSSH PRIVATE KEY-----",
        is_right: |_| true,
    },
    Managed {
        name: "PgpPrivateKey",
        pattern: r"-----BEGIN PGP PRIVATE KEY BLOCK-----(?s:.*?)-----END PGP PRIVATE KEY BLOCK-----",
        is_right: |_| true,
    },
    Managed {
        name: "PkcsPrivateKey",
        pattern: r"-----BEGIN (?:RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY-----(?s:.*?)-----END (?:RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY-----",
        is_right: |_| true,
    },
    Managed { name: "PuttyPrivateKey", pattern: r"PuTTY-User-Key-File-[0-9](?s:.*)", is_right: |_| true },
];

/// The patterns of [`MANAGED`], compiled.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let compile = |managed: &Managed| Regex::new(managed.pattern).expect("a test compiles every pattern");
    MANAGED.iter().map(compile).collect()
});

impl Identifier {
    /// One of AWS's kinds by the end of its ARN.
    pub(super) fn managed(name: &str) -> Self {
        let managed = MANAGED.iter().find(|managed| managed.name == name);
        Self { name: name.into(), search: managed.map_or(Search::Unseen, Search::Managed) }
    }

    /// A kind of the policy's own.
    pub(super) fn custom(name: &str, pattern: Regex) -> Self {
        Self { name: name.into(), search: Search::Custom(Box::new(pattern)) }
    }

    /// Whether nobody looks for it here.
    pub(super) fn is_unseen(&self) -> bool {
        matches!(self.search, Search::Unseen)
    }

    /// Where it is in a text, in order and apart from each other.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let (pattern, is_right): (&Regex, fn(&str) -> bool) = match &self.search {
            Search::Unseen => return Vec::new(),
            Search::Custom(pattern) => (pattern, |found| !found.is_empty()),
            Search::Managed(managed) => {
                let at = MANAGED.iter().position(|other| other.name == managed.name);
                let Some(pattern) = at.and_then(|at| PATTERNS.get(at)) else { return Vec::new() };
                (pattern, managed.is_right)
            }
        };
        pattern.find_iter(text).filter(|found| is_right(found.as_str())).map(|found| found.range()).collect()
    }
}

/// The check digit of cards (ISO/IEC 7812-1).
fn is_card_number(text: &str) -> bool {
    let digits = text.bytes().rev().filter(u8::is_ascii_digit).map(|digit| u32::from(digit - b'0'));
    let weighed =
        digits.enumerate().map(|(at, digit)| if at % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 });
    weighed.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::{Identifier, MANAGED, PATTERNS};

    #[test]
    fn each_kind_is_found_where_it_is() {
        assert_eq!(PATTERNS.len(), MANAGED.len());
        for (name, text, expected) in [
            ("EmailAddress", "to a.b+c@example.co.uk, me@x", vec!["a.b+c@example.co.uk"]),
            ("IpAddress", "10.0.0.1 999.0.0.1 12:30:00 2001:db8::1.", vec!["10.0.0.1", "2001:db8::1"]),
            (
                "CreditCardNumber",
                "4111 1111 1111 1111 or 4111111111111112 or 378282246310005",
                vec!["4111 1111 1111 1111", "378282246310005"],
            ),
            ("Ssn-US", "123-45-6789 000-12-3456 1234-56-7890", vec!["123-45-6789"]),
            (
                "PkcsPrivateKey",
                "x -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- y",
                vec!["-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----"],
            ),
            ("Name", "Jane Doe", vec![]),
        ] {
            let found: Vec<&str> = Identifier::managed(name).find(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{name}");
        }
        assert!(Identifier::managed("Name").is_unseen() && !Identifier::managed("IpAddress").is_unseen());
    }
}
