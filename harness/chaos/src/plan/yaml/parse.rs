//! From YAML text to a tree with places.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};
use serde_json::{Number, Value};

use super::{Entry, Node, Problem, Shape, Span, Text};

/// Deepest nesting that is read: plans need four.
const DEPTH_MAX: usize = 32;

/// Reads one document. What is wrong is pushed to `problems`; without a node the text is no YAML.
pub(crate) fn parse(text: &Arc<Text>, problems: &mut Vec<Problem>) -> Option<Node> {
    let bytes = text.text.char_indices().map(|(byte, _)| byte).chain([text.text.len()]).collect();
    let mut walk = Walk { text, bytes, parser: Parser::new_from_str(&text.text), problems };
    match walk.document() {
        Ok(node) => Some(node),
        Err(Unreadable(problem)) => {
            problems.push(*problem);
            None
        }
    }
}

/// Why reading ended.
struct Unreadable(Box<Problem>);

impl From<Problem> for Unreadable {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

struct Walk<'a> {
    text: &'a Arc<Text>,
    /// Byte offset of each character: the parser counts characters.
    bytes: Vec<usize>,
    parser: Parser<'a, StrInput<'a>>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn span(&self, span: saphyr_parser::Span) -> Span {
        let byte = |index: usize| self.bytes.get(index).copied().unwrap_or(self.text.text.len());
        let (start, end) = (byte(span.start.index()), byte(span.end.index()));
        let shown = self.text.text[start..end.max(start)].lines().next().unwrap_or_default().trim_end();
        Span { line: span.start.line(), column: span.start.col() + 1, offset: start, length: shown.len() }
    }

    fn next(&mut self) -> Result<(Event<'a>, saphyr_parser::Span), Unreadable> {
        let end = Ok((Event::StreamEnd, saphyr_parser::Span::default()));
        self.parser.next_event().unwrap_or(end).map_err(|error: ScanError| {
            let at = self.span(saphyr_parser::Span::empty(*error.marker()));
            Problem::new(self.text, at, format!("cannot be read as YAML: {}", error.info()))
                .label("reading ends here")
                .remedy("look at indentation, quotes and brackets up to here")
                .into()
        })
    }

    fn document(&mut self) -> Result<Node, Unreadable> {
        let mut found = None;
        loop {
            let (event, at) = self.next()?;
            let span = self.span(at);
            match (event, found) {
                (Event::DocumentStart(_), Some(_)) => {
                    let problem = Problem::new(self.text, span, "a second document starts here");
                    return Err(problem.remedy("put one plan into one file").into());
                }
                (Event::StreamEnd, Some(node)) => return Ok(node),
                (Event::StreamEnd, None) => {
                    let start = Span { line: 1, column: 1, ..span };
                    let problem = Problem::new(self.text, start, "the file is empty");
                    return Err(problem.remedy("a plan starts with `plan: \"1.0\"`").into());
                }
                (Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd, kept) => {
                    found = kept;
                }
                (event, _) => found = Some(self.node(event, at, 0)?),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, at: saphyr_parser::Span, depth: usize) -> Result<Node, Unreadable> {
        let span = self.span(at);
        let text = Arc::clone(self.text);
        let refused = |what: &str, remedy: &str| Err(Problem::new(&text, span, what).remedy(remedy).into());
        if depth > DEPTH_MAX {
            return refused("this is nested too deeply", "write it with fewer levels: a plan needs four");
        }
        let (shape, end) = match event {
            Event::Scalar(text, style, ..) => (Shape::Scalar(scalar(&text, style)), at),
            Event::SequenceStart(..) => self.list(depth)?,
            Event::MappingStart(..) => self.map(depth)?,
            _ => return refused("aliases are not supported in plans", "write the value out"),
        };
        let whole = self.span(saphyr_parser::Span::new(at.start, end.end));
        Ok(Node { span: whole, shape })
    }

    fn list(&mut self, depth: usize) -> Result<(Shape, saphyr_parser::Span), Unreadable> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, at) => return Ok((Shape::List(items), at)),
                (event, at) => items.push(self.node(event, at, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<(Shape, saphyr_parser::Span), Unreadable> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, at) = self.next()?;
            let span = self.span(at);
            let key = match event {
                Event::MappingEnd | Event::StreamEnd => return Ok((Shape::Map(entries), at)),
                Event::Scalar(key, ..) => key.to_string(),
                _ => {
                    let problem = Problem::new(self.text, span, "a key must be a text");
                    return Err(problem.remedy("use a word as the key").into());
                }
            };
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            if let Some(first) = entries.iter().find(|entry| entry.key == key) {
                let problem = Problem::new(self.text, span, format!("key `{key}` stands here twice"))
                    .label("again")
                    .also(first.at, "first")
                    .remedy("keep one of the two: the other would be dropped silently");
                self.problems.push(problem);
            } else {
                entries.push(Entry { key, at: span, value });
            }
        }
    }
}

/// What a scalar means, by YAML's core schema; a number that JSON lacks is a text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::from(text);
    }
    match text {
        "" | "~" | "null" => return Value::Null,
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    let number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    if let (true, Ok(whole)) = (number, text.parse::<i64>()) {
        return Value::from(whole);
    }
    let fraction = if number { text.parse().ok().and_then(Number::from_f64) } else { None };
    fraction.map_or_else(|| Value::from(text), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Vec<String>> {
        let mut problems = Vec::new();
        let node = parse(&Text::new("plan.yaml", text), &mut problems);
        let told = problems.iter().map(|problem| format!("{}: {}", problem.span.line, problem.message)).collect();
        node.filter(|_| problems.is_empty()).ok_or(told)
    }

    #[test]
    fn values_have_their_places() {
        let node = read("a: 1\nb:\n  - { c: \"ä\", d: 1.5 }\n  - 10s\n").unwrap();
        let Some(Node { shape: Shape::List(items), .. }) = node.get("b") else { panic!("{node:?}") };
        let d = items[0].get("d").unwrap();
        assert_eq!((d.span.line, d.span.column, d.span.length, d.shown()), (3, 18, 3, "`1.5`".to_owned()));
        assert_eq!((items[1].kind(), items[1].shown()), ("a text", "`10s`".to_owned()));
    }

    #[test]
    fn what_is_no_plain_yaml_is_refused() {
        assert_eq!(read("").unwrap_err(), ["1: the file is empty"]);
        assert_eq!(read("a: 1\nb: 2\na: 3\n").unwrap_err(), ["3: key `a` stands here twice"]);
        assert_eq!(read("a: &x 1\nb: *x\n").unwrap_err(), ["2: aliases are not supported in plans"]);
        assert_eq!(read("a: 1\n---\nb: 1\n").unwrap_err(), ["2: a second document starts here"]);
        assert_eq!(read(&"[".repeat(99)).unwrap_err(), ["1: this is nested too deeply"]);
        assert!(read("a: [1\nb: 2\n").unwrap_err()[0].starts_with("2: cannot be read as YAML"));
    }
}
