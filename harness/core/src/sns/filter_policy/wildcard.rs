//! Patterns with `*`, which stands for any characters or none.

/// A pattern with `*`, as the texts between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wildcard {
    /// One more than there are `*`.
    parts: Box<[Box<str>]>,
}

impl Wildcard {
    /// Reads a pattern, in which `\*` and `\\` stand for themselves. Complaints count the quotation mark before the pattern.
    pub(super) fn parse(pattern: &str) -> Result<Self, String> {
        let mut parts = vec![String::new()];
        let mut characters = pattern.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            match (character, next) {
                ('*', Some('*')) => return Err(format!("Consecutive wildcard characters at pos {}", at + 1)),
                ('*', _) => parts.push(String::new()),
                ('\\', Some(escaped @ ('*' | '\\'))) => {
                    characters.next();
                    last(&mut parts).push(escaped);
                }
                ('\\', _) => return Err(format!("Invalid escape character at pos {}", at + 1)),
                _ => last(&mut parts).push(character),
            }
        }
        Ok(Self { parts: parts.into_iter().map(String::into_boxed_str).collect() })
    }

    /// How many `*` there are.
    pub(super) fn stars(&self) -> usize {
        self.parts.len() - 1
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let [first, middle @ .., end] = &*self.parts else { return self.parts.iter().all(|part| **part == *text) };
        let Some(rest) = text.strip_prefix(&**first) else { return false };
        let Some(mut rest) = rest.strip_suffix(&**end) else { return false };
        for part in middle {
            let Some(at) = rest.find(&**part) else { return false };
            rest = &rest[at + part.len()..];
        }
        true
    }
}

fn last(parts: &mut [String]) -> &mut String {
    parts.last_mut().expect("there is a first part from the beginning on")
}

#[cfg(test)]
mod tests {
    use super::Wildcard;

    #[test]
    fn star_stands_for_any_characters_or_none() {
        let matches = |pattern: &str, text: &str| Wildcard::parse(pattern).unwrap().matches(text);
        for (pattern, text) in [
            ("a*", "a"),
            ("a*", "abc"),
            ("*", ""),
            ("*b*", "abc"),
            ("a*a", "aa"),
            ("a*b*c", "a-b-b-c"),
            ("x", "x"),
            (r"a\**", "a*é"),
            (r"\\", r"\"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("a*", "ba"), ("a*a", "a"), ("*b*", "ac"), ("a*b*c", "acb"), ("x", "xx"), (r"a\*", "ab")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn bad_patterns_are_refused_with_a_place() {
        let error = |pattern: &str| Wildcard::parse(pattern).unwrap_err();
        assert_eq!(error("a**"), "Consecutive wildcard characters at pos 2");
        assert_eq!(
            (error(r"\x"), error(r"a\")),
            ("Invalid escape character at pos 1".into(), "Invalid escape character at pos 2".into())
        );
    }
}
