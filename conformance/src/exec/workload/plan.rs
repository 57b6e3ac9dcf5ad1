//! Which producer sends which message when.

use redeliver_spec::Produce;
use serde_json::{Map, Value};

/// How many entries a batch has.
const BATCH: usize = 10;

/// One message as its producer sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// `<group>/<number>`; the group is 0 where there are none.
    pub(super) body: String,
    /// Its message group.
    group: Option<String>,
    /// Its deduplication id, on FIFO queues.
    deduplication: Option<String>,
}

impl Message {
    /// Its parameters, as of `SendMessage` or of an entry of a batch.
    pub(super) fn parameters(&self) -> Map<String, Value> {
        let mut parameters = Map::new();
        parameters.insert("MessageBody".to_owned(), self.body.clone().into());
        if let Some(group) = &self.group {
            parameters.insert("MessageGroupId".to_owned(), group.clone().into());
        }
        if let Some(id) = &self.deduplication {
            parameters.insert("MessageDeduplicationId".to_owned(), id.clone().into());
        }
        parameters
    }
}

/// What each producer sends, call by call.
pub(super) type Sends = Vec<Vec<Message>>;

/// Deals the messages out. Groups take turns, and all messages of a group have one producer, so that there is an order to keep. Every
/// other duplicate follows its original at once, the others come at the end.
pub(super) fn plan(produce: &Produce, fifo: bool) -> Vec<Sends> {
    let producers = produce.producers.max(1);
    let mut dealt = vec![Vec::new(); producers as usize];
    for index in 0..produce.messages {
        let (group, number, turn) = match produce.groups {
            0 => (0, index, index),
            groups => (index % groups, index / groups, index % groups),
        };
        dealt[(turn % producers) as usize].push((index, message(produce, fifo, group, number)));
    }
    dealt.into_iter().map(|messages| sends(produce, &messages)).collect()
}

fn message(produce: &Produce, fifo: bool, group: u32, number: u32) -> Message {
    Message {
        body: format!("{group}/{number}"),
        group: (produce.groups > 0).then(|| group.to_string()),
        deduplication: fifo.then(|| format!("{group}-{number}")),
    }
}

/// One producer's calls.
fn sends(produce: &Produce, messages: &[(u32, Message)]) -> Sends {
    let size = if produce.batch { BATCH } else { 1 };
    let mut sends = Sends::new();
    let mut later = Sends::new();
    for chunk in messages.chunks(size) {
        sends.push(chunk.iter().map(|(_, message)| message.clone()).collect());
        for (index, message) in chunk {
            for nth in duplicates_of(produce, *index) {
                let list = if nth % 2 == 0 { &mut sends } else { &mut later };
                list.push(vec![message.clone()]);
            }
        }
    }
    sends.extend(later);
    sends
}

/// Which of the duplicates repeat the message of this index: they are spread evenly.
fn duplicates_of(produce: &Produce, index: u32) -> impl Iterator<Item = u32> {
    let messages = u64::from(produce.messages.max(1));
    let duplicates = u64::from(produce.duplicates);
    (0..produce.duplicates).filter(move |nth| {
        let original =
            if duplicates <= messages { u64::from(*nth) * messages / duplicates } else { u64::from(*nth) % messages };
        original == u64::from(index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(produce: &Produce) -> Vec<Vec<Vec<String>>> {
        let shown = |call: Vec<Message>| call.into_iter().map(|message| message.body).collect();
        plan(produce, true).into_iter().map(|sends| sends.into_iter().map(shown).collect()).collect()
    }

    #[test]
    fn a_group_has_one_producer_and_keeps_its_order() {
        let produce = Produce { producers: 2, messages: 6, groups: 3, ..Produce::default() };
        assert_eq!(
            bodies(&produce),
            [vec![vec!["0/0"], vec!["2/0"], vec!["0/1"], vec!["2/1"]], vec![vec!["1/0"], vec!["1/1"]]]
        );
    }

    #[test]
    fn batches_hold_ten_and_the_rest() {
        let produce = Produce { messages: 23, batch: true, ..Produce::default() };
        let sizes: Vec<_> = plan(&produce, false)[0].iter().map(Vec::len).collect();
        assert_eq!(sizes, [10, 10, 3]);
    }

    #[test]
    fn duplicates_are_spread_and_come_at_once_or_at_the_end() {
        let produce = Produce { messages: 6, duplicates: 3, ..Produce::default() };
        assert_eq!(
            bodies(&produce),
            [["0/0", "0/0", "0/1", "0/2", "0/3", "0/4", "0/4", "0/5", "0/2"].map(|body| vec![body])]
        );
        let many = Produce { messages: 2, duplicates: 5, ..Produce::default() };
        assert_eq!(plan(&many, true)[0].len(), 7);
    }

    #[test]
    fn only_fifo_queues_get_deduplication_ids_and_only_groups_are_named() {
        let keys = |groups, fifo| {
            let produce = Produce { messages: 1, groups, ..Produce::default() };
            plan(&produce, fifo)[0][0][0].parameters().keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(keys(0, false), ["MessageBody"]);
        assert_eq!(keys(1, false), ["MessageBody", "MessageGroupId"]);
        assert_eq!(keys(1, true), ["MessageBody", "MessageGroupId", "MessageDeduplicationId"]);
    }
}
