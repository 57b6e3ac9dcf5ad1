//! What leaves the world by ways that nobody plays here, such as text messages and push notifications: kept, so that tests can read it.

use std::collections::{BTreeMap, VecDeque};

use crate::{Timestamp, Uuid};

/// So many entries are kept; the oldest go first.
const ENTRIES_MAX: usize = 100_000;

/// One message that left the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it left.
    pub at: Timestamp,
    /// By which way: a protocol of subscriptions, such as `sms` or `application`.
    pub protocol: &'static str,
    /// Where to: a phone number, the ARN of a platform endpoint, an address.
    pub endpoint: String,
    /// The message as the receiver gets it.
    pub message: String,
    /// The subject, where the protocol has one.
    pub subject: Option<String>,
    /// The id that the publisher was told.
    pub message_id: Uuid,
    /// What else the protocol sends along, by the names of its message attributes, such as `AWS.SNS.SMS.SMSType`.
    pub attributes: BTreeMap<String, String>,
    /// Why it does not arrive, although the publisher was told that all is well.
    pub failure: Option<String>,
}

/// All that left the world, in order.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    entries: VecDeque<Entry>,
}

impl Outbox {
    /// Adds a message.
    pub(crate) fn push(&mut self, entry: Entry) {
        if self.entries.len() == ENTRIES_MAX {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// All that is kept, the oldest first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{ENTRIES_MAX, Entry, Outbox};
    use crate::{Timestamp, Uuid};

    #[test]
    fn oldest_entries_go_when_there_are_too_many() {
        let mut outbox = Outbox::default();
        for number in 0..=ENTRIES_MAX {
            outbox.push(Entry {
                at: Timestamp(number as u64),
                protocol: "sms",
                endpoint: "+15550100".to_owned(),
                message: number.to_string(),
                subject: None,
                message_id: Uuid(0),
                attributes: BTreeMap::new(),
                failure: None,
            });
        }
        let first = outbox.entries().next().map(|entry| entry.message.as_str());
        assert_eq!((outbox.entries().count(), first), (ENTRIES_MAX, Some("1")));
    }
}
