//! A document of XML as a tree. Backends lay it out as they like, and may be anybody, so depth is bounded and nothing is looked up.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::read::wrong;
use crate::Error;

/// Deeper than any answer of the models.
const DEPTH_MAX: usize = 32;

/// An element. Prefixes of names and attributes are left out.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) text: String,
    children: Vec<Element>,
}

impl Element {
    /// Reads a document.
    pub(super) fn parse(document: &[u8]) -> Result<Self, Error> {
        let document = std::str::from_utf8(document).map_err(told)?;
        let mut reader = Reader::from_str(document);
        // Outermost, an element that holds the document.
        let mut open = vec![Self::default()];
        loop {
            let event = reader.read_event().map_err(told)?;
            let depth = open.len();
            let Some(innermost) = open.last_mut().filter(|_| depth <= DEPTH_MAX) else {
                return Err(wrong("elements are nested too deeply"));
            };
            match event {
                Event::Start(tag) => open.push(Self::begin(&tag)),
                Event::Empty(tag) => innermost.children.push(Self::begin(&tag)),
                // The reader sees to it that names match.
                Event::End(_) => {
                    let element = open.pop().unwrap_or_default();
                    open.last_mut().ok_or_else(|| wrong("an element is closed twice"))?.children.push(element);
                }
                Event::Text(part) => innermost.text += &part.decode().map_err(told)?,
                Event::CData(part) => innermost.text += &part.decode().map_err(told)?,
                Event::GeneralRef(entity) => innermost.text += &resolved(&entity)?,
                Event::DocType(_) => return Err(wrong("a document type is not taken")),
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        match open.as_mut_slice() {
            [document] => match document.children.len() {
                0 => Err(wrong("there is no element")),
                1 => Ok(document.children.remove(0)),
                _ => Err(wrong("there is more than one outermost element")),
            },
            _ => Err(wrong("an element is not closed")),
        }
    }

    fn begin(tag: &BytesStart<'_>) -> Self {
        let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
        Self { name, ..Self::default() }
    }

    /// The elements of this name in it.
    pub(super) fn named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element of this name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.named(name).next()
    }
}

fn resolved(entity: &BytesRef<'_>) -> Result<String, Error> {
    if let Some(character) = entity.resolve_char_ref().map_err(told)? {
        return Ok(character.into());
    }
    let name = entity.decode().map_err(told)?;
    let text = resolve_predefined_entity(&name);
    text.map(str::to_owned).ok_or_else(|| wrong(format!("the entity `{name}` is not known")))
}

fn told(error: impl std::fmt::Display) -> Error {
    wrong(error.to_string())
}
