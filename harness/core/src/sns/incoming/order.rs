//! Message groups and deduplication ids.

use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::Incoming;
use crate::sns::publish_fault::PublishFault;
use crate::sns::settings::Settings;

const CHARACTERS_MAX: usize = 128;

/// The group of a message and, on FIFO topics, its deduplication id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sns) struct Order {
    /// The message group.
    pub(in crate::sns) group: Option<Arc<str>>,
    /// The deduplication id, as it was given or made from the text.
    pub(in crate::sns) deduplication: Option<Arc<str>>,
}

impl Order {
    /// What a message to a topic of these settings says of it. One message of a batch that lacks something fails all of it.
    pub(in crate::sns) fn new(settings: &Settings, incoming: &Incoming) -> Result<Self, PublishFault> {
        let group = checked("MessageGroupId", incoming.group.as_deref())?;
        let given = checked("MessageDeduplicationId", incoming.deduplication.as_deref())?;
        if !settings.fifo {
            // A group goes to queues that share fairly.
            return match given {
                Some(_) => Err(PublishFault::DeduplicationUnwanted),
                None => Ok(Self { group, deduplication: None }),
            };
        }
        if group.is_none() {
            return Err(PublishFault::GroupMissing);
        }
        let made = || settings.content_deduplication.then(|| hash(incoming.message()).into());
        let deduplication = given.or_else(made).ok_or(PublishFault::DeduplicationMissing)?;
        Ok(Self { group, deduplication: Some(deduplication) })
    }
}

fn checked(parameter: &'static str, text: Option<&str>) -> Result<Option<Arc<str>>, PublishFault> {
    let Some(text) = text else { return Ok(None) };
    let is_good = (1..=CHARACTERS_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_good { Ok(Some(text.into())) } else { Err(PublishFault::IdForm { parameter }) }
}

/// SHA-256 of the text: attributes do not count.
/// <https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html>
fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("writing to a string does not fail");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::hash;

    /// Recorded on AWS.
    #[test]
    fn id_made_from_a_text_is_its_hash() {
        assert_eq!(hash("Test"), "532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25");
    }
}
