//! XML as a value that patterns match; `specs/README.md` defines it under `raw`.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde_json::{Map, Value};

use super::form::add;

/// Text beside attributes or elements.
const TEXT: &str = "#text";

/// A document as a map with the one key that its outermost element is; `None` when it is no XML.
pub(crate) fn read(text: &str) -> Option<Value> {
    let mut reader = Reader::from_str(text);
    let mut document = Map::new();
    let mut open: Vec<Element> = Vec::new();
    loop {
        let ended = match reader.read_event().ok()? {
            Event::Start(start) if !open.is_empty() || document.is_empty() => {
                open.push(Element::new(&start)?);
                None
            }
            Event::Empty(start) if !open.is_empty() || document.is_empty() => Some(Element::new(&start)?),
            Event::End(_) => Some(open.pop()?),
            Event::Text(part) => {
                let part = part.xml10_content().ok()?;
                match open.last_mut() {
                    Some(element) => element.text.push_str(&part),
                    None if part.trim().is_empty() => {}
                    None => return None,
                }
                None
            }
            Event::CData(part) => {
                open.last_mut()?.text.push_str(&part.xml10_content().ok()?);
                None
            }
            Event::GeneralRef(name) => {
                let element = open.last_mut()?;
                match name.resolve_char_ref().ok()? {
                    Some(character) => element.text.push(character),
                    None => element.text.push_str(resolve_predefined_entity(&name.decode().ok()?)?),
                }
                None
            }
            Event::Eof if open.is_empty() && !document.is_empty() => return Some(Value::Object(document)),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => None,
            // Two outermost elements, an end that comes too early, a document type: no answer of a service.
            _ => return None,
        };
        if let Some(element) = ended {
            let (name, value) = element.finish();
            add(open.last_mut().map_or(&mut document, |around| &mut around.inside), name, value);
        }
    }
}

/// An element that is open.
struct Element {
    name: String,
    /// Attributes by `@name`, then elements by name.
    inside: Map<String, Value>,
    text: String,
}

impl Element {
    fn new(start: &BytesStart<'_>) -> Option<Self> {
        let utf8 = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(str::to_owned);
        let mut inside = Map::new();
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            inside.insert(format!("@{}", utf8(attribute.key.as_ref())?), Value::String(value.into_owned()));
        }
        Some(Self { name: utf8(start.name().as_ref())?, inside, text: String::new() })
    }

    /// Name and value. White space beside elements is layout.
    fn finish(self) -> (String, Value) {
        let Self { name, mut inside, text } = self;
        if inside.is_empty() {
            return (name, Value::String(text));
        }
        let holds_elements = inside.keys().any(|key| !key.starts_with('@'));
        let is_layout = holds_elements && text.trim().is_empty();
        if !text.is_empty() && !is_layout {
            inside.insert(TEXT.to_owned(), Value::String(text));
        }
        (name, Value::Object(inside))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn elements_become_keys_and_what_is_repeated_becomes_a_list() {
        let text = r#"<?xml version="1.0"?>
<Response xmlns="http://queue.amazonaws.com/doc/2012-11-05/">
  <Result>
    <Url>a</Url>
    <Url>b</Url>
    <Url>c</Url>
    <Attribute><Name>n</Name><Value/></Attribute>
  </Result>
  <Empty></Empty>
</Response>
"#;
        let result = json!({ "Url": ["a", "b", "c"], "Attribute": { "Name": "n", "Value": "" } });
        let namespace = "http://queue.amazonaws.com/doc/2012-11-05/";
        assert_eq!(read(text), Some(json!({ "Response": { "@xmlns": namespace, "Result": result, "Empty": "" } })));
    }

    #[test]
    fn text_is_what_a_processor_of_xml_hands_on() {
        let cases = [
            ("<a>&lt;&amp;amp;&#xD;&#10;&quot;&apos;</a>", "<&amp;\r\n\"'"),
            ("<a>x\r\ny\rz</a>", "x\ny\nz"),
            ("<a>  </a>", "  "),
            ("<a><![CDATA[<b>&amp;]]></a>", "<b>&amp;"),
            ("<a>1<!-- 2 -->3</a>", "13"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), Some(json!({ "a": expected })), "{text}");
        }
    }

    #[test]
    fn attributes_and_mixed_text_have_keys_of_their_own() {
        assert_eq!(read("<a b='1&amp;2'/>"), Some(json!({ "a": { "@b": "1&2" } })));
        assert_eq!(read("<a b='1'> t </a>"), Some(json!({ "a": { "@b": "1", "#text": " t " } })));
        assert_eq!(read("<a>x<b/>y</a>"), Some(json!({ "a": { "b": "", "#text": "xy" } })));
    }

    #[test]
    fn what_is_no_xml_is_nothing() {
        let broken = [
            "",
            " ",
            "text",
            "<a>",
            "<a></b>",
            "</a>",
            "<a/><b/>",
            "<a/>x",
            "x<a/>",
            "<a>&no;</a>",
            "<a>&#0;</a>",
            "<a b/>",
            "{}",
        ];
        for text in broken {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
