//! A message to a phone or a device.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use redeliver_model::sns::MessageAttributeValue;

use super::Published;
use super::outbox::Entry;
use crate::{Timestamp, Uuid};

/// A message to a phone or a device.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message<'a> {
    /// When it leaves.
    pub(crate) at: Timestamp,
    /// The id that its publisher was told.
    pub(crate) id: Uuid,
    /// The text for endpoints of this kind.
    pub(crate) text: &'a str,
    /// Its attributes.
    pub(crate) attributes: &'a IndexMap<String, MessageAttributeValue>,
}

impl<'a> Message<'a> {
    /// A message of a topic, at the time at which it leaves.
    pub(crate) fn of_topic(at: Timestamp, published: &'a Published, key: &str) -> Self {
        Self { at, id: published.id, text: published.body_by_key(key), attributes: &published.attributes }
    }

    /// The text of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)?.string_value.as_deref()
    }

    /// The attributes with one of these beginnings, which are meant for the way and not for the receiver.
    pub(crate) fn attributes_of(&self, beginnings: &[&str]) -> BTreeMap<String, String> {
        let wanted = |name: &str| beginnings.iter().any(|beginning| name.starts_with(beginning));
        let texts = self.attributes.keys().filter(|name| wanted(name));
        texts.filter_map(|name| Some((name.clone(), self.attribute(name)?.to_owned()))).collect()
    }

    /// What the outbox keeps of it.
    pub(crate) fn entry(&self, protocol: &'static str, endpoint: String) -> Entry {
        Entry {
            at: self.at,
            protocol,
            endpoint,
            message: self.text.to_owned(),
            subject: None,
            message_id: self.id,
            attributes: BTreeMap::new(),
            failure: None,
        }
    }
}
