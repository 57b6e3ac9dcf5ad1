//! What a FIFO topic remembers of its messages: which came already, and how many there were.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::settings::Scope;
use crate::{Timestamp, Uuid};

/// For so long a deduplication id counts.
/// <https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html>
const WINDOW: Duration = Duration::from_mins(5);
/// Numbers of AWS have 20 digits and gaps.
const FIRST: u64 = 10_000_000_000_000_000_000;
const GAP: u64 = 1_000;

/// A message that came already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) message: Uuid,
    pub(super) sequence: String,
}

/// Where a deduplication id counts: in one message group, or in the topic.
type Key = (Option<Arc<str>>, Arc<str>);

/// What a FIFO topic remembers.
#[derive(Debug, Default)]
pub(super) struct Fifo {
    known: BTreeMap<Key, Known>,
    forget: VecDeque<(Timestamp, Key)>,
    count: u64,
}

impl Fifo {
    /// The message of this deduplication id that came in the last five minutes.
    pub(super) fn find(&mut self, now: Timestamp, scope: Scope, group: &Arc<str>, id: &Arc<str>) -> Option<&Known> {
        while let Some((_, key)) = self.forget.pop_front_if(|(until, _)| *until <= now) {
            self.known.remove(&key);
        }
        self.known.get(&key(scope, group, id))
    }

    /// Remembers a message, and numbers it.
    pub(super) fn add(
        &mut self,
        now: Timestamp,
        scope: Scope,
        group: &Arc<str>,
        id: &Arc<str>,
        message: Uuid,
    ) -> String {
        let sequence = (FIRST + self.count * GAP).to_string();
        self.count += 1;
        let key = key(scope, group, id);
        self.known.insert(key.clone(), Known { message, sequence: sequence.clone() });
        self.forget.push_back((now + WINDOW, key));
        sequence
    }
}

fn key(scope: Scope, group: &Arc<str>, id: &Arc<str>) -> Key {
    let group = match scope {
        Scope::Topic => None,
        Scope::MessageGroup => Some(Arc::clone(group)),
    };
    (group, Arc::clone(id))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Fifo, Known};
    use crate::sns::settings::Scope;
    use crate::{Timestamp, Uuid};

    #[test]
    fn ids_count_for_five_minutes_in_the_topic_or_in_a_group() {
        let texts: [Arc<str>; 3] = ["g1".into(), "g2".into(), "id".into()];
        let [one, two, id] = &texts;
        for (scope, elsewhere) in [(Scope::Topic, true), (Scope::MessageGroup, false)] {
            let mut fifo = Fifo::default();
            let sequence = fifo.add(Timestamp(0), scope, one, id, Uuid(7));
            let known = Known { message: Uuid(7), sequence };
            assert_eq!(fifo.find(Timestamp(299_999), scope, one, id), Some(&known));
            assert_eq!(fifo.find(Timestamp(299_999), scope, two, id).is_some(), elsewhere);
            assert_eq!(fifo.find(Timestamp(300_000), scope, one, id), None);
        }
    }

    #[test]
    fn numbers_have_twenty_digits_and_grow() {
        let mut fifo = Fifo::default();
        let text: Arc<str> = "x".into();
        let numbers = [1, 2].map(|id| fifo.add(Timestamp(0), Scope::Topic, &text, &text, Uuid(id)));
        assert_eq!(numbers, ["10000000000000000000", "10000000000000001000"]);
    }
}
