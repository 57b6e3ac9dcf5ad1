//! What chaos remembers of a run: messages that were handed out, copies that are still to come, and handles that stand for others.

use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::{Fields, Value};

use crate::edit::{handle, text, with};
use crate::key::group;
use crate::numbers::Numbers;
use crate::plan::KeySource;
use crate::running::Running;
use crate::streams::Streams;

/// At least so many messages and handles are remembered; older ones lose their keys, and handles of copies are then unknown to the backend.
const MOST: usize = 100_000;
/// Handles of copies begin so: nothing in them needs escapes in a URL or in JSON.
const ALIAS: &str = "redeliver-copy-";

/// What chaos remembers of a run.
#[derive(Debug, Default)]
pub struct Memory {
    delivered: IndexMap<String, Delivered>,
    aliases: IndexMap<String, Alias>,
    copies: Vec<Pending>,
    next: u64,
    /// What goes on by itself.
    pub(crate) running: Running,
    /// What is remembered of streams.
    pub(crate) streams: Streams,
    /// What is remembered of sequence numbers.
    pub(crate) numbers: Numbers,
}

/// A message that was handed out.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// As the backend gave it.
    pub message: Value,
    /// Name of the queue.
    pub queue: String,
    /// Its business key.
    pub key: Option<String>,
    /// Its message group.
    pub group: Option<String>,
}

/// What a handle of a copy stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alias {
    /// A handle of the backend.
    Real(String),
    /// A message that the backend does not have any more: what is done with it succeeds and has no effect.
    Gone,
}

/// A message that a later receive is given.
#[derive(Debug, Clone)]
struct Pending {
    queue: String,
    due: Duration,
    message: Value,
    /// Whether it was withheld, and is lost if it never comes.
    owed: bool,
}

impl Memory {
    /// The delivery with this handle.
    pub fn delivered(&self, handle: &str) -> Option<&Delivered> {
        self.delivered.get(handle)
    }

    /// What a handle of a copy stands for; `None` for handles of the backend.
    pub fn alias(&self, handle: &str) -> Option<&Alias> {
        self.aliases.get(handle)
    }

    /// Remembers messages that a receive on `queue` gave.
    pub(crate) fn learn(&mut self, queue: &str, messages: &[Value], keys: &KeySource) {
        for message in messages {
            let Some(handle) = handle(message) else { continue };
            let delivered = Delivered {
                message: message.clone(),
                queue: queue.to_owned(),
                key: keys.key(message),
                group: group(message),
            };
            self.delivered.insert(handle.to_owned(), delivered);
        }
        forget_oldest(&mut self.delivered);
    }

    /// A copy of a message with a handle of its own, which stands for `alias`. Where the receive asked for it, the copy counts one receive more.
    pub fn copy(&mut self, message: &Value, alias: Alias) -> Value {
        self.next += 1;
        let name = format!("{ALIAS}{}", self.next);
        self.aliases.insert(name.clone(), alias);
        forget_oldest(&mut self.aliases);
        let mut copy = message.clone();
        with(&mut copy, "ReceiptHandle", Some(Value::String(name)));
        count_one_more(&mut copy);
        copy
    }

    /// Gives a message to the first receive on `queue` from `due` on. What is owed comes even after the faults are over.
    pub fn hand_out_later(&mut self, queue: &str, due: Duration, message: Value, owed: bool) {
        self.copies.push(Pending { queue: queue.to_owned(), due, message, owed });
    }

    /// Takes the messages that a receive on `queue` is given now instead of the backend's, at most `most`.
    pub(crate) fn take_due(&mut self, queue: &str, now: Duration, most: usize) -> Vec<Value> {
        let mut taken = Vec::new();
        self.copies.retain(|copy| {
            let take = copy.queue == queue && copy.due <= now && taken.len() < most;
            if take {
                taken.push(copy.message.clone());
            }
            !take
        });
        taken
    }

    /// Forgets copies that are not owed, and hands out the others at once.
    pub(crate) fn heal(&mut self) {
        self.running.heal();
        self.streams.heal();
        self.copies.retain(|copy| copy.owed);
        for copy in &mut self.copies {
            copy.due = Duration::ZERO;
        }
    }

    /// How many withheld messages have not come yet.
    pub(crate) fn owed(&self) -> usize {
        self.copies.iter().filter(|copy| copy.owed).count()
    }
}

/// Forgets half of twice as many as are to be remembered: each is moved at most once.
pub(crate) fn forget_oldest<T>(remembered: &mut IndexMap<String, T>) {
    if remembered.len() >= 2 * MOST {
        remembered.drain(..MOST);
    }
}

fn count_one_more(message: &mut Value) {
    const COUNT: &str = "ApproximateReceiveCount";
    let Value::Structure(fields) = &*message else { return };
    let Some(Value::Map(attributes)) = Fields::get(fields, "Attributes") else { return };
    let Some(count) = attributes.get(COUNT).and_then(|count| match count {
        Value::String(text) => text.parse::<u64>().ok(),
        _ => None,
    }) else {
        return;
    };
    let mut attributes = attributes.clone();
    attributes.insert(COUNT.to_owned(), Value::String((count + 1).to_string()));
    with(message, "Attributes", Some(Value::Map(attributes)));
}

/// The key of an entry: by its own text, or by the message that its handle belongs to.
pub(crate) fn key_of(entry: &Value, memory: &Memory, keys: &KeySource) -> Option<String> {
    keys.key(entry).or_else(|| {
        let handle = text(entry, "ReceiptHandle")?;
        memory.delivered(handle)?.key.clone()
    })
}

/// The message group of an entry, likewise.
pub(crate) fn group_of(entry: &Value, memory: &Memory) -> Option<String> {
    group(entry).or_else(|| memory.delivered(text(entry, "ReceiptHandle")?)?.group.clone())
}
