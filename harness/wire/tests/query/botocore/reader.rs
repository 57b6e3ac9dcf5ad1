//! XML as a structure.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use quick_xml::Reader;
use quick_xml::events::Event;
use redeliver_model::{Fields, Kind, Shape, Timestamp, Value};

use super::model::{Model, Target};

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// Reads a document, or panics with what is wrong with it.
    pub(crate) fn parse(document: &[u8]) -> Self {
        let text = std::str::from_utf8(document).expect("documents are UTF-8");
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{error} in {text}")) {
                Event::Start(tag) => open.push(Self::begin(&tag)),
                Event::Empty(tag) => {
                    open.last_mut().expect("the root is never closed").children.push(Self::begin(&tag));
                }
                Event::End(_) => {
                    let node = open.pop().expect("the reader checks that tags match");
                    open.last_mut().expect("the root is never closed").children.push(node);
                }
                Event::Text(part) => {
                    open.last_mut().expect("the root is never closed").text += &part.decode().expect("UTF-8");
                }
                Event::GeneralRef(entity) => {
                    let character = entity.resolve_char_ref().expect("a legal character").unwrap_or_else(|| {
                        match &*entity.decode().expect("UTF-8") {
                            "amp" => '&',
                            "lt" => '<',
                            "gt" => '>',
                            "quot" => '"',
                            other => panic!("an unknown entity {other}"),
                        }
                    });
                    open.last_mut().expect("the root is never closed").text.push(character);
                }
                Event::Decl(_) => {}
                Event::Eof => break,
                other => panic!("unexpected {other:?} in {text}"),
            }
        }
        assert_eq!(open.len(), 1, "unclosed elements in {text}");
        let mut root = open.remove(0).children;
        assert_eq!(root.len(), 1, "not one root in {text}");
        root.remove(0)
    }

    fn begin(tag: &quick_xml::events::BytesStart<'_>) -> Self {
        let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("names are UTF-8");
        let namespace = tag.try_get_attribute("xmlns").expect("attributes are well-formed");
        Self {
            name: utf8(tag.name().as_ref()),
            namespace: namespace.map(|found| utf8(&found.value)),
            ..Self::default()
        }
    }

    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The one child of this name.
    pub(crate) fn child<'a>(&'a self, name: &'a str) -> &'a Self {
        let found: Vec<_> = self.named(name).collect();
        assert_eq!(found.len(), 1, "{name} in {self:?}");
        found[0]
    }
}

/// Reads an element as a structure of this shape.
pub(crate) fn read(model: &Model, shape: &'static Shape, node: &Node) -> Value {
    let raw = model.shape(shape.name);
    let mut fields = Fields::new();
    for (name, reference) in raw["members"].as_object().into_iter().flatten() {
        let target = model.target(reference);
        let known = shape.member(name).expect("the tables have every member of the model");
        let is_flat = target.is_flattened() && ["list", "map"].contains(&target.kind());
        let element = is_flat.then(|| target.shape["member"]["locationName"].as_str()).flatten();
        let nodes: Vec<_> = node.named(element.or(target.location()).unwrap_or(name)).collect();
        let value = match nodes.as_slice() {
            [] => continue,
            nodes if is_flat => several(model, &target, known.shape, nodes),
            [node] => one(model, &target, known.shape, node),
            _ => panic!("{name} comes more than once in {node:?}"),
        };
        fields.push(known.name, value);
    }
    Value::Structure(fields)
}

fn one(model: &Model, target: &Target<'_>, shape: &'static Shape, node: &Node) -> Value {
    let text = &node.text;
    match target.kind() {
        "structure" => read(model, shape, node),
        "list" => {
            let name = target.shape["member"]["locationName"].as_str().unwrap_or("member");
            several(model, target, shape, &node.named(name).collect::<Vec<_>>())
        }
        "map" => several(model, target, shape, &node.named("entry").collect::<Vec<_>>()),
        "boolean" => Value::Boolean(text.parse().expect("a boolean")),
        "integer" | "long" => Value::Integer(text.parse().expect("an integer")),
        "double" | "float" => Value::Double(text.parse().expect("a number")),
        "blob" => Value::Blob(BASE64.decode(text).expect("base64").into()),
        "timestamp" => Value::Timestamp(time(text)),
        "string" => Value::String(text.clone()),
        other => panic!("an unknown kind {other} of {}", target.name),
    }
}

/// The elements of a list or map.
fn several(model: &Model, target: &Target<'_>, shape: &'static Shape, nodes: &[&Node]) -> Value {
    match &shape.kind {
        Kind::List { member, .. } => {
            let inner = model.target(&target.shape["member"]);
            Value::List(nodes.iter().map(|node| one(model, &inner, member, node)).collect())
        }
        Kind::Map { value, .. } => {
            let (key, inner) = (model.target(&target.shape["key"]), model.target(&target.shape["value"]));
            let entries = nodes.iter().map(|node| {
                let name = node.child(key.location().unwrap_or("key")).text.clone();
                (name, one(model, &inner, value, node.child(inner.location().unwrap_or("value"))))
            });
            Value::Map(entries.collect())
        }
        other => panic!("{other:?} has no elements"),
    }
}

/// Counts the days one year and month at a time, so that it can't have the codec's mistakes.
fn time(text: &str) -> Timestamp {
    let numbers: Vec<u64> =
        text.trim_end_matches('Z').split(['-', 'T', ':', '.']).map(|part| part.parse().expect("a number")).collect();
    let [year, month, day, hour, minute, second, millis] = numbers[..] else { panic!("{text} is no time") };
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let february = if is_leap(year) { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before: u64 = months.iter().take(usize::try_from(month).expect("a month") - 1).sum();
    let years: u64 = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let days = years + before + day - 1;
    Timestamp((((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000 + millis)
}
