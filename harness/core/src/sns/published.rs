//! One message as it was published.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use redeliver_model::sns::MessageAttributeValue;

use super::{Protocol, TopicId};
use crate::{Timestamp, Uuid};

/// One message as it was published.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    /// Its id.
    pub(crate) id: Uuid,
    /// When it was published.
    pub(crate) at: Timestamp,
    /// The topic.
    pub(crate) topic: TopicId,
    /// ARN of the topic.
    pub(crate) topic_arn: Arc<str>,
    /// Scheme, host and port that were asked: URLs in envelopes begin with it.
    pub(crate) endpoint: Arc<str>,
    /// The subject.
    pub(crate) subject: Option<String>,
    /// The body.
    pub(crate) bodies: Bodies,
    /// Message attributes.
    pub(crate) attributes: IndexMap<String, MessageAttributeValue>,
    /// The message group.
    pub(crate) group: Option<Arc<str>>,
    /// The deduplication id, given or made from the body; of FIFO topics alone.
    pub(crate) deduplication: Option<Arc<str>>,
    /// The sequence number, of FIFO topics alone.
    pub(crate) sequence: Option<String>,
    /// The HTTP header `X-Amzn-Trace-Id`.
    pub(crate) trace: Option<String>,
}

/// What a message says, to all or to each protocol something else (`MessageStructure` `json`).
/// <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bodies {
    /// For protocols that have none of their own.
    pub(crate) default: String,
    /// By protocol or, of mobile push, by platform.
    pub(crate) by_protocol: BTreeMap<String, String>,
}

impl Bodies {
    /// The same to all.
    pub(crate) fn same(default: String) -> Self {
        Self { default, by_protocol: BTreeMap::new() }
    }

    /// What stands under this key, such as `sms` or `GCM`; else that for all.
    pub(crate) fn by_key(&self, key: &str) -> &str {
        self.by_protocol.get(key).unwrap_or(&self.default)
    }
}

impl Published {
    /// The body for endpoints of a protocol.
    pub(crate) fn body_for(&self, protocol: Protocol) -> &str {
        self.body_by_key(protocol.as_str())
    }

    /// The body under a key of `MessageStructure` `json`, such as `GCM`.
    pub(crate) fn body_by_key(&self, key: &str) -> &str {
        self.bodies.by_key(key)
    }
}
