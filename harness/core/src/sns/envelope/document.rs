//! JSON as SNS writes it: members in the order in which they are given, with line breaks for people or without.

/// Stands in for what is known later; a text never has it as it is, since JSON escapes it.
pub(super) const HOLE: char = '\u{1}';

/// How a document is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// One member a line, spaces around colons: what queues and HTTP endpoints get.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html>
    Lines,
    /// Without any space: what Lambda and Firehose get.
    /// <https://docs.aws.amazon.com/sns/latest/dg/firehose-archived-message-format-S3.html>
    Dense,
}

/// An object that is being written.
#[derive(Debug)]
pub(super) struct Document {
    text: String,
    layout: Layout,
    is_empty: bool,
}

impl Document {
    /// An object without members, after `before`.
    pub(super) fn after(before: &str, layout: Layout) -> Self {
        let mut text = String::with_capacity(1_024);
        text.push_str(before);
        text.push('{');
        Self { text, layout, is_empty: true }
    }

    /// Adds a text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        push_text(&mut self.text, value);
    }

    /// Adds a text that ends with a hole.
    pub(super) fn text_with_hole(&mut self, name: &str, before: &str) {
        self.name(name);
        self.text.push('"');
        push_escaped(&mut self.text, before);
        self.text.push(HOLE);
        self.text.push('"');
    }

    /// Adds a text if there is one.
    pub(super) fn text_if(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Adds `null`.
    pub(super) fn null(&mut self, name: &str) {
        self.name(name);
        self.text.push_str("null");
    }

    /// Adds an object whose members are texts of JSON.
    pub(super) fn object<'a>(&mut self, name: &str, members: impl Iterator<Item = (&'a str, String)>) {
        self.name(name);
        self.text.push('{');
        let mut separator = "";
        for (name, value) in members {
            self.text.push_str(separator);
            separator = ",";
            if self.layout == Layout::Lines {
                self.text.push_str("\n    ");
            }
            push_text(&mut self.text, name);
            self.colon();
            self.text.push_str(&value);
        }
        if self.layout == Layout::Lines {
            self.text.push_str("\n  ");
        }
        self.text.push('}');
    }

    /// The document, and `after`.
    pub(super) fn end(mut self, after: &str) -> String {
        if self.layout == Layout::Lines {
            self.text.push('\n');
        }
        self.text.push('}');
        self.text.push_str(after);
        self.text
    }

    fn name(&mut self, name: &str) {
        if !self.is_empty {
            self.text.push(',');
        }
        self.is_empty = false;
        if self.layout == Layout::Lines {
            self.text.push_str("\n  ");
        }
        push_text(&mut self.text, name);
        self.colon();
    }

    fn colon(&mut self) {
        self.text.push_str(if self.layout == Layout::Lines { " : " } else { ":" });
    }
}

/// Appends a text as JSON.
pub(super) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    push_escaped(out, text);
    out.push('"');
}

/// Escapes only what JSON does not take as it is.
fn push_escaped(out: &mut String, text: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0C => "\\f",
            0..0x20 => "\\u00",
            _ => continue,
        };
        // All that is escaped is one byte long, so no character is cut.
        out.push_str(&text[written..at]);
        out.push_str(escape);
        if escape == "\\u00" {
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 0xF)]));
        }
        written = at + 1;
    }
    out.push_str(&text[written..]);
}

#[cfg(test)]
mod tests {
    use super::{Document, Layout, push_text};

    #[test]
    fn texts_read_back_as_they_were() {
        let text: String = (0..0x180).filter_map(char::from_u32).chain("\u{2028}😀/".chars()).collect();
        let mut written = String::new();
        push_text(&mut written, &text);
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        assert!(written.contains("\\u001F") && written.contains("\\n") && written.contains('/'));
    }

    #[test]
    fn both_layouts_hold_the_same_members() {
        let written = |layout| {
            let mut document = Document::after("", layout);
            document.text("a", "1");
            document.text_if("b", None);
            document.object("c", [("d", "{}".to_owned()), ("e", "{}".to_owned())].into_iter());
            document.end("")
        };
        assert_eq!(written(Layout::Dense), r#"{"a":"1","c":{"d":{},"e":{}}}"#);
        let lines = "{\n  \"a\" : \"1\",\n  \"c\" : {\n    \"d\" : {},\n    \"e\" : {}\n  }\n}";
        assert_eq!(written(Layout::Lines), lines);
    }
}
