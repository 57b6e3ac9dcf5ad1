//! From JSON pointers to places, by a walk over the parser's events that is independent of deserialising.

use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScanError, Span, StrInput};

use super::child;

/// A stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Where it starts, in bytes from the start of the text.
    pub offset: usize,
    /// How many bytes it has.
    pub length: usize,
}

/// A key that stands twice in one map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The key.
    pub key: String,
    /// Where it stands first.
    pub first: Place,
    /// Where it stands again.
    pub again: Place,
}

/// Text that is no YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanProblem {
    /// Where reading ended.
    pub place: Place,
    /// What the parser says.
    pub message: String,
}

/// The places of one node.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// The key, where the node is the value of one.
    key: Option<Place>,
    /// The value, clipped to its first line.
    value: Place,
    /// Whether the value starts on the line of its key.
    beside_key: bool,
}

/// The places of all keys and values of a text.
#[derive(Debug, Clone, Default)]
pub struct Places {
    nodes: IndexMap<String, Node>,
    duplicates: Vec<Duplicate>,
}

impl Places {
    /// Walks a text.
    pub fn of(text: &str) -> Result<Self, ScanProblem> {
        let mut walk = Walk {
            text,
            bytes: text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect(),
            parser: Parser::new_from_str(text),
            places: Self::default(),
            anchors: IndexMap::new(),
        };
        walk.document().map_err(|error| ScanProblem {
            place: walk.place(Span::empty(*error.marker())),
            message: error.info().to_owned(),
        })?;
        Ok(walk.places)
    }

    /// Keys that stand twice in one map.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    /// The key with its value where both are on one line, else the key; an element of a list from its start.
    pub fn whole(&self, pointer: &str) -> Option<Place> {
        let node = self.nodes.get(pointer)?;
        Some(match node.key {
            Some(key) if node.beside_key => Place { length: node.value.offset + node.value.length - key.offset, ..key },
            Some(key) => key,
            None => node.value,
        })
    }

    /// The key, or the element of a list.
    pub fn key(&self, pointer: &str) -> Option<Place> {
        self.nodes.get(pointer).map(|node| node.key.unwrap_or(node.value))
    }

    /// The value, clipped to its first line.
    pub fn value(&self, pointer: &str) -> Option<Place> {
        self.nodes.get(pointer).map(|node| node.value)
    }
}

struct Walk<'a> {
    text: &'a str,
    /// Byte offset of each character: the parser counts characters.
    bytes: Vec<usize>,
    parser: Parser<'a, StrInput<'a>>,
    places: Places,
    /// Pointer of each anchored node.
    anchors: IndexMap<usize, String>,
}

impl<'a> Walk<'a> {
    fn place(&self, span: Span) -> Place {
        let byte = |index: usize| self.bytes.get(index).copied().unwrap_or(self.text.len());
        let (start, end) = (byte(span.start.index()), byte(span.end.index()));
        let shown = self.text[start..end.max(start)].lines().next().unwrap_or_default().trim_end();
        Place { line: span.start.line(), column: span.start.col() + 1, offset: start, length: shown.len() }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), ScanError> {
        self.parser.next_event().unwrap_or(Ok((Event::StreamEnd, Span::default())))
    }

    fn document(&mut self) -> Result<(), ScanError> {
        let mut documents = 0;
        loop {
            match self.next()? {
                (Event::DocumentStart(_), span) if documents > 0 => {
                    return Err(ScanError::new_str(span.start, "a second document starts here, a file holds one"));
                }
                (Event::StreamStart | Event::DocumentStart(_), _) => {}
                (Event::DocumentEnd, _) => documents += 1,
                (Event::StreamEnd, _) => return Ok(()),
                (event, span) => self.node(&event, span, String::new(), None)?,
            }
        }
    }

    /// Notes the node that starts with `event` and everything in it.
    fn node(&mut self, event: &Event<'a>, span: Span, pointer: String, key: Option<Place>) -> Result<(), ScanError> {
        // The node keeps its row in front of what is in it.
        let start = self.place(span);
        self.note(&pointer, key, start);
        let (anchor, end) = match event {
            Event::Alias(anchor) => {
                self.copy(*anchor, &pointer, start);
                return Ok(());
            }
            Event::Scalar(_, _, anchor, _) => (*anchor, span),
            Event::SequenceStart(anchor, _) => (*anchor, self.sequence(&pointer)?),
            Event::MappingStart(anchor, _) => (*anchor, self.mapping(&pointer)?),
            _ => return Ok(()),
        };
        let value = self.place(Span::new(span.start, end.end));
        self.note(&pointer, key, value);
        self.anchors.insert(anchor, pointer);
        Ok(())
    }

    fn note(&mut self, pointer: &str, key: Option<Place>, value: Place) {
        let beside_key = key.is_some_and(|key| key.line == value.line);
        self.places.nodes.insert(pointer.to_owned(), Node { key, value, beside_key });
    }

    fn sequence(&mut self, pointer: &str) -> Result<Span, ScanError> {
        for index in 0.. {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, span) => return Ok(span),
                (event, span) => self.node(&event, span, child(pointer, &index.to_string()), None)?,
            }
        }
        unreachable!("a text has fewer elements than there are numbers")
    }

    fn mapping(&mut self, pointer: &str) -> Result<Span, ScanError> {
        let mut seen: IndexMap<String, Place> = IndexMap::new();
        loop {
            let (event, span) = self.next()?;
            let name = match &event {
                Event::MappingEnd | Event::StreamEnd => return Ok(span),
                Event::Scalar(name, ..) => name.to_string(),
                // A collection as a key: deserialising refuses it, here it only has to be walked.
                _ => {
                    self.node(&event, span, child(pointer, "?"), None)?;
                    "?".to_owned()
                }
            };
            let key = self.place(span);
            match seen.get(&name) {
                Some(first) => {
                    let first = *first;
                    self.places.duplicates.push(Duplicate { key: name.clone(), first, again: key });
                }
                None => {
                    seen.insert(name.clone(), key);
                }
            }
            let (event, span) = self.next()?;
            self.node(&event, span, child(pointer, &name), Some(key))?;
        }
    }

    /// What is below an alias stands where the alias stands.
    fn copy(&mut self, anchor: usize, pointer: &str, alias: Place) {
        let Some(origin) = self.anchors.get(&anchor) else { return };
        let below = format!("{origin}/");
        let copies: Vec<_> = self
            .places
            .nodes
            .keys()
            .filter_map(|known| known.strip_prefix(&below).map(|rest| format!("{pointer}/{rest}")))
            .collect();
        for copy in copies {
            self.places.nodes.insert(copy, Node { key: None, value: alias, beside_key: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: 1\nb:\n  - c: \"ä\"\n    d: [x, {e: f}]\n  - |\n    long\n    text\ng: &g { h: i }\nj: *g\n";

    fn shown(look: impl Fn(&Places) -> Option<Place>) -> Option<(usize, usize, &'static str)> {
        let place = look(&Places::of(TEXT).unwrap())?;
        Some((place.line, place.column, &TEXT[place.offset..place.offset + place.length]))
    }

    #[test]
    fn keys_and_values_are_found_by_pointer() {
        let whole = |pointer: &'static str| shown(|places| places.whole(pointer));
        assert_eq!(whole("/a"), Some((1, 1, "a: 1")));
        assert_eq!(whole("/b"), Some((2, 1, "b")));
        assert_eq!(whole("/b/0"), Some((3, 5, "c: \"ä\"")));
        assert_eq!(whole("/b/0/c"), Some((3, 5, "c: \"ä\"")));
        assert_eq!(whole("/b/0/d"), Some((4, 5, "d: [x, {e: f}]")));
        assert_eq!(whole("/b/0/d/1"), Some((4, 12, "{e: f}")));
        assert_eq!(whole("/b/0/d/1/e"), Some((4, 13, "e: f")));
        assert_eq!(whole("/b/1"), Some((6, 5, "long")));
        assert_eq!(whole("/nothing"), None);
        assert_eq!(shown(|places| places.key("/b/0/d")), Some((4, 5, "d")));
        assert_eq!(shown(|places| places.value("/b/0/d")), Some((4, 8, "[x, {e: f}]")));
    }

    #[test]
    fn what_is_below_an_alias_stands_at_the_alias() {
        assert_eq!(shown(|places| places.whole("/j/h")), Some((9, 4, "*g")));
    }

    #[test]
    fn duplicate_keys_are_found() {
        let places = Places::of("a: {b: 1, c: 2, b: 3}\n").unwrap();
        let [duplicate] = places.duplicates() else { panic!("{:?}", places.duplicates()) };
        assert_eq!((duplicate.key.as_str(), duplicate.first.column, duplicate.again.column), ("b", 5, 17));
    }

    #[test]
    fn text_that_is_no_yaml_has_a_place() {
        let problem = Places::of("a: [1\nb: 2\n").unwrap_err();
        assert_eq!(problem.place.line, 2);
    }
}
