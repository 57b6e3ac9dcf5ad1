//! A message, prepared for any number of policies.

use std::cell::OnceCell;

use super::attributes::Attributes;
use super::body::Node;

/// A message, prepared for any number of policies: attributes are looked at once, and the body is read when a policy first asks for it.
#[derive(Debug)]
pub struct Filterable<'a> {
    attributes: Attributes<'a>,
    text: &'a str,
    body: OnceCell<Option<Node<'a>>>,
}

impl<'a> Filterable<'a> {
    /// Takes each attribute as its name, its data type and its text (none if it is binary), and the body.
    pub fn new(attributes: impl IntoIterator<Item = (&'a str, &'a str, Option<&'a str>)>, body: &'a str) -> Self {
        Self { attributes: Attributes::new(attributes), text: body, body: OnceCell::new() }
    }

    pub(super) fn attributes(&self) -> &Attributes<'a> {
        &self.attributes
    }

    /// The body, if it is a JSON object.
    pub(super) fn body(&self) -> Option<&Node<'a>> {
        self.body.get_or_init(|| Node::object(self.text)).as_ref()
    }
}
