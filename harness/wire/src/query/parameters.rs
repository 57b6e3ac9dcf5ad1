//! What stands in a URL or form, by name.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use percent_encoding::percent_decode;

/// Names and values, sorted by name. Names are paths with dots between their parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parameters {
    pairs: Vec<(String, String)>,
    malformed: bool,
}

impl Parameters {
    /// Reads `name=value&...`, in which `+` is a space and `%` begins an escape. Of two equal names the later wins
    /// (silent: AWS says nothing about it).
    pub fn parse(texts: &[&[u8]]) -> Self {
        let mut found = BTreeMap::new();
        let mut malformed = false;
        for pair in texts.iter().flat_map(|text| text.split(|byte| *byte == b'&')).filter(|pair| !pair.is_empty()) {
            let split = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let (name, value) = (decoded(&pair[..split]), decoded(pair.get(split + 1..).unwrap_or_default()));
            match (name, value) {
                (Some(name), Some(value)) => _ = found.insert(name, value),
                _ => malformed = true,
            }
        }
        Self { pairs: found.into_iter().collect(), malformed }
    }

    /// Whether something was left out because it is no UTF-8.
    pub fn is_malformed(&self) -> bool {
        self.malformed
    }

    /// The value of exactly this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let index = self.pairs.binary_search_by(|(found, _)| found.as_str().cmp(name)).ok()?;
        Some(&self.pairs[index].1)
    }

    /// The value of exactly this name, unless it is empty.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// Names and values, sorted by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets a value.
    pub fn set(&mut self, name: &str, value: String) {
        match self.pairs.binary_search_by(|(found, _)| found.as_str().cmp(name)) {
            Ok(index) => self.pairs[index].1 = value,
            Err(index) => self.pairs.insert(index, (name.to_owned(), value)),
        }
    }

    /// Forgets a name and all that are below it.
    pub(super) fn forget(&mut self, name: &str) {
        self.pairs.retain(|(found, _)| {
            found.strip_prefix(name).is_none_or(|rest| !rest.is_empty() && !rest.starts_with('.'))
        });
    }

    /// Whether there is this name or one below it.
    pub(super) fn names(&self, name: &str) -> bool {
        self.get(name).is_some() || self.has_below(name)
    }

    /// The first parts of all names.
    pub(super) fn tops(&self) -> impl Iterator<Item = &str> {
        let mut last = None;
        self.pairs.iter().filter_map(move |(name, _)| {
            let top = name.split('.').next().unwrap_or_default();
            (last != Some(top)).then(|| {
                last = Some(top);
                top
            })
        })
    }

    /// Whether there are names below this one.
    pub(super) fn has_below(&self, name: &str) -> bool {
        self.below(name).next().is_some()
    }

    /// The part that follows this name, in every name that begins with it.
    pub(super) fn below<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let start = self.pairs.partition_point(|(found, _)| is_before(found, name));
        let below = self.pairs[start..].iter().map_while(move |(found, _)| found.strip_prefix(name)?.strip_prefix('.'));
        below.map(|rest| rest.split('.').next().unwrap_or_default())
    }

    /// The numbers below this name, in their order, as they are written. They need neither begin with one nor be without gaps.
    pub(super) fn numbers(&self, name: &str) -> Vec<String> {
        let numbers = self.below(name).filter_map(|part| Some((part.parse::<u64>().ok()?, part)));
        let sorted: BTreeMap<u64, &str> = numbers.collect();
        sorted.into_values().map(str::to_owned).collect()
    }
}

/// Whether `found` sorts before all names that begin with `name` and a dot.
fn is_before(found: &str, name: &str) -> bool {
    let (found, name) = (found.as_bytes(), name.as_bytes());
    let common = found.len().min(name.len());
    match found[..common].cmp(&name[..common]) {
        Ordering::Less => true,
        Ordering::Greater => false,
        Ordering::Equal => found.get(common).is_none_or(|next| *next < b'.'),
    }
}

/// `None` when it is no UTF-8. Escapes that are none stay as they are.
fn decoded(text: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    String::from_utf8(percent_decode(&spaced).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::Parameters;

    fn pairs(text: &[u8]) -> Vec<(String, String)> {
        Parameters::parse(&[text]).pairs
    }

    #[test]
    fn escapes_are_resolved_once() {
        let cases: [(&str, &str, &str); 8] = [
            ("a=b", "a", "b"),
            ("a=1+2%2B3%203", "a", "1 2+3 3"),
            ("a=%2525", "a", "%25"),
            ("a=x%3Dy%26z", "a", "x=y&z"),
            ("a=b=c", "a", "b=c"),
            ("%61=%C3%A9", "a", "é"),
            ("a", "a", ""),
            ("a=%zz%2", "a", "%zz%2"),
        ];
        for (text, name, value) in cases {
            assert_eq!(pairs(text.as_bytes()), [(name.to_owned(), value.to_owned())], "{text}");
        }
        assert_eq!(pairs(b""), []);
        assert_eq!(pairs(b"&&"), []);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_noted() {
        for text in [&b"a=%ff"[..], b"a=\xff", b"%ff=a", b"b=1&a=%C3"] {
            assert!(Parameters::parse(&[text]).is_malformed(), "{text:?}");
        }
        assert_eq!(Parameters::parse(&[b"b=1&a=%ff"]).get("b"), Some("1"));
        assert!(!Parameters::parse(&[b"a=%C3%A9"]).is_malformed());
    }

    #[test]
    fn later_values_win() {
        let parameters = Parameters::parse(&[b"a=1&a=2", b"a=3&b=4"]);
        assert_eq!((parameters.get("a"), parameters.get("b"), parameters.get("c")), (Some("3"), Some("4"), None));
    }

    #[test]
    fn numbers_come_in_order_and_may_have_gaps() {
        let parameters =
            Parameters::parse(&[b"A.10=x&A.2.B=x&A.9.B.1=x&A.9.C=x&A.x=x&A=x&AB.3=x&A-.4=x&A.99999999999999999999=x"]);
        assert_eq!(parameters.numbers("A"), ["2", "9", "10"]);
        assert_eq!(parameters.numbers("A.9.B"), ["1"]);
        assert_eq!(parameters.numbers("B"), Vec::<String>::new());
        assert_eq!(parameters.tops().collect::<Vec<_>>(), ["A", "A-", "A", "AB"]);
        let mut fewer = Parameters::parse(&[b"A=1&A.1=2&AB=3&B.A=4"]);
        assert!(fewer.names("A") && fewer.names("B") && !fewer.names("C"));
        fewer.forget("A");
        assert_eq!(fewer.pairs, pairs(b"AB=3&B.A=4"));
        assert!(parameters.has_below("A.2") && !parameters.has_below("A.10") && !parameters.has_below(""));
    }
}
