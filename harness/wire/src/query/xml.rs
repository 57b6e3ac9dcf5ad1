//! Writes elements of XML.
//!
//! Written here and not by a library, because the bytes are AWS's: which characters are escaped and how, and what is indented.

/// A document in the making.
#[derive(Debug)]
pub(super) struct Document {
    text: String,
    /// Names of the open elements.
    open: Vec<&'static str>,
    /// Whether elements stand on lines of their own.
    indented: bool,
    /// Whether the last tag still lacks its `>`.
    unfinished: bool,
}

impl Document {
    /// Begins a document, maybe with the line that says so, with its outermost element.
    pub(super) fn new(declared: bool, indented: bool, root: &str, namespace: &str) -> Self {
        let declaration = if declared { "<?xml version=\"1.0\"?>" } else { "" };
        let text = format!("{declaration}<{root} xmlns=\"{namespace}\"");
        Self { text, open: Vec::new(), indented, unfinished: true }
    }

    /// Begins an element.
    pub(super) fn begin(&mut self, name: &'static str) {
        self.start(name);
        self.open.push(name);
        self.unfinished = true;
    }

    /// Ends the element that was begun last.
    pub(super) fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.unfinished {
            self.text.push_str("/>");
            self.unfinished = false;
        } else {
            self.line(self.open.len() + 1);
            self.close(name);
        }
    }

    /// An element with a text.
    pub(super) fn leaf(&mut self, name: &str, text: &str) {
        self.start(name);
        if text.is_empty() {
            self.text.push_str("/>");
        } else {
            self.text.push('>');
            self.escape(text);
            self.close(name);
        }
    }

    /// Ends the document.
    pub(super) fn finish(mut self, root: &str) -> Vec<u8> {
        if self.unfinished {
            self.text.push('>');
        }
        self.line(0);
        self.close(root);
        self.line(0);
        self.text.into_bytes()
    }

    fn start(&mut self, name: &str) {
        if self.unfinished {
            self.text.push('>');
            self.unfinished = false;
        }
        self.line(self.open.len() + 1);
        self.text.push('<');
        self.text.push_str(name);
    }

    fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    fn line(&mut self, depth: usize) {
        if self.indented {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", depth));
        }
    }

    /// A parser turns a bare carriage return into a line feed, so it is escaped. Characters that XML cannot say at all become U+FFFD.
    fn escape(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\r' => self.text.push_str("&#xD;"),
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                    self.text.push('\u{fffd}');
                }
                other => self.text.push(other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Document;

    fn sample(declared: bool, indented: bool) -> String {
        let mut document = Document::new(declared, indented, "Root", "urn:x");
        document.begin("Outer");
        document.leaf("Text", "a");
        document.leaf("Nothing", "");
        document.begin("Empty");
        document.end();
        document.end();
        String::from_utf8(document.finish("Root")).unwrap()
    }

    #[test]
    fn elements_nest() {
        let compact = "<Outer><Text>a</Text><Nothing/><Empty/></Outer></Root>";
        assert_eq!(sample(true, false), format!("<?xml version=\"1.0\"?><Root xmlns=\"urn:x\">{compact}"));
        let lines = "<Root xmlns=\"urn:x\">\n  <Outer>\n    <Text>a</Text>\n    <Nothing/>\n    <Empty/>\n  </Outer>\n</Root>\n";
        assert_eq!(sample(false, true), lines);
    }

    #[test]
    fn text_is_escaped_once() {
        let mut document = Document::new(false, false, "R", "n");
        document.leaf("T", "a&b &amp; <\">'\r\n\t\u{0}\u{b}\u{fffe} é😀");
        let text = String::from_utf8(document.finish("R")).unwrap();
        let inner = "a&amp;b &amp;amp; &lt;&quot;&gt;'&#xD;\n\t\u{fffd}\u{fffd}\u{fffd} é😀";
        assert_eq!(text, format!("<R xmlns=\"n\"><T>{inner}</T></R>"));
    }
}
