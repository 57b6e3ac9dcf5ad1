//! What a publish or an entry of a batch says.

use indexmap::IndexMap;
use redeliver_model::sns::{MessageAttributeValue, PublishBatchRequestEntry, PublishInput};

use super::{attributes, structure};
use crate::sns::Error;
use crate::sns::publish_fault::PublishFault;
use crate::sns::published::Bodies;

/// Fewer characters than this. <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>
const SUBJECT_CHARACTERS: usize = 100;

/// What a publish or an entry of a batch says.
#[derive(Debug, Default)]
pub(in crate::sns) struct Incoming {
    message: String,
    subject: Option<String>,
    structure: Option<String>,
    /// `MessageGroupId`.
    pub(in crate::sns) group: Option<String>,
    /// `MessageDeduplicationId`.
    pub(in crate::sns) deduplication: Option<String>,
    /// Message attributes.
    pub(in crate::sns) attributes: IndexMap<String, MessageAttributeValue>,
}

/// What a message says, checked.
#[derive(Debug)]
pub(in crate::sns) struct Content {
    /// Its subject.
    pub(in crate::sns) subject: Option<String>,
    /// Its body.
    pub(in crate::sns) bodies: Bodies,
}

impl Incoming {
    /// Out of a publish.
    pub(in crate::sns) fn of_publish(input: PublishInput) -> Self {
        Self {
            message: input.message.unwrap_or_default(),
            subject: input.subject,
            structure: input.message_structure,
            group: input.message_group_id,
            deduplication: input.message_deduplication_id,
            attributes: input.message_attributes.unwrap_or_default(),
        }
    }

    /// Out of a batch.
    pub(in crate::sns) fn of_entry(entry: PublishBatchRequestEntry) -> Self {
        Self {
            message: entry.message.unwrap_or_default(),
            subject: entry.subject,
            structure: entry.message_structure,
            group: entry.message_group_id,
            deduplication: entry.message_deduplication_id,
            attributes: entry.message_attributes.unwrap_or_default(),
        }
    }

    /// The text as it was sent.
    pub(in crate::sns) fn message(&self) -> &str {
        &self.message
    }

    /// Checks the attributes, and gives the bytes of the whole: text, and names, types and values of attributes. The subject does not count.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html>
    ///
    /// # Errors
    ///
    /// When an attribute cannot be.
    pub(in crate::sns) fn bytes(&self) -> Result<usize, Error> {
        Ok(self.message.len() + attributes::check(&self.attributes)?)
    }

    /// What it says. Where one entry of a batch fails here, the others do not.
    ///
    /// # Errors
    ///
    /// When the message is empty, its subject has a wrong form or its structure has no `default`.
    pub(in crate::sns) fn content(&mut self) -> Result<Content, PublishFault> {
        if self.message.is_empty() {
            return Err(PublishFault::EmptyMessage);
        }
        if !self.subject.as_deref().is_none_or(is_subject) {
            return Err(PublishFault::Subject);
        }
        // Other structures than this one are none: clients send `string`.
        let bodies = match self.structure.as_deref() {
            Some("json") => structure::read(&self.message)?,
            _ => Bodies::same(self.message.clone()),
        };
        Ok(Content { subject: self.subject.take(), bodies })
    }
}

fn is_subject(text: &str) -> bool {
    !text.is_empty() && text.chars().count() < SUBJECT_CHARACTERS && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::{Incoming, PublishFault};

    fn content(message: &str, subject: Option<&str>) -> Result<Option<String>, PublishFault> {
        let mut incoming =
            Incoming { message: message.to_owned(), subject: subject.map(str::to_owned), ..Default::default() };
        incoming.content().map(|content| content.subject)
    }

    #[test]
    fn subject_is_short_text_without_control_characters() {
        let longest = "é".repeat(99);
        assert_eq!(content("m", Some(&longest)), Ok(Some(longest.clone())));
        for subject in ["", "a\nb", "\u{7}", &format!("{longest}a")] {
            assert_eq!(content("m", Some(subject)), Err(PublishFault::Subject), "{subject}");
        }
        assert_eq!((content("m", None), content("", None)), (Ok(None), Err(PublishFault::EmptyMessage)));
    }
}
