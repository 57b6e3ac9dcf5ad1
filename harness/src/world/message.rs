//! What a producer of the test sends.

/// A message that [`World::send`](super::World::send) sends, and [`World::publish`](super::World::publish) publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub(crate) body: String,
    pub(crate) key: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) deduplication: Option<String>,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Message {
    /// A message with this body.
    pub fn new(body: impl Into<String>) -> Self {
        Self { body: body.into(), key: None, group: None, deduplication: None, attributes: Vec::new() }
    }

    /// Its business key, sent as the message attribute `key`.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Its message group, on FIFO queues and topics. Default: the business key if there is one, else one group for all.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// Its deduplication id, on FIFO queues and topics. Default: one of its own.
    #[must_use]
    pub fn deduplication(mut self, id: impl Into<String>) -> Self {
        self.deduplication = Some(id.into());
        self
    }

    /// A message attribute of type `String`.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }
}

impl From<&str> for Message {
    fn from(body: &str) -> Self {
        Self::new(body)
    }
}

impl From<String> for Message {
    fn from(body: String) -> Self {
        Self::new(body)
    }
}
