//! The naive queue: a plain list, every question answered by looking at all of it.

use std::collections::BTreeMap;

/// A queue that keeps everything in one list, in the order of sending.
#[derive(Debug, Clone, Default)]
pub(crate) struct Naive {
    pub(crate) fifo: bool,
    pub(crate) retention_ms: u64,
    pub(crate) visibility_ms: u64,
    pub(crate) delay_ms: u64,
    pub(crate) max_receive_count: Option<u32>,
    pub(crate) messages: Vec<Kept>,
    /// Every handle that was given out, with the message's id and which receive of it that was.
    pub(crate) handles: Vec<(String, String, u32)>,
    /// Deduplication ids with the time of the accepted send and its message id.
    pub(crate) sends: BTreeMap<String, (u64, String)>,
    pub(crate) purged_at: Option<u64>,
}

/// A message in the naive queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) group: Option<String>,
    pub(crate) sent_at: u64,
    /// When it becomes visible; in the past when it is.
    pub(crate) visible_at: u64,
    pub(crate) receives: u32,
    pub(crate) first_received_at: Option<u64>,
}

/// What handling a message by an old handle must give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Handling {
    /// It works.
    Works,
    /// Nothing happens, and that is no error.
    Nothing,
    /// It is refused.
    Refused,
}

impl Naive {
    /// Forgets what outlived the retention period.
    pub(crate) fn expire(&mut self, now: u64) {
        let retention = self.retention_ms;
        self.messages.retain(|message| message.sent_at + retention > now);
    }

    /// Sends. `None`: a new message must have been accepted; otherwise the id of the message that this one repeats.
    pub(crate) fn repeats(&self, now: u64, deduplication: Option<&str>) -> Option<String> {
        let (sent_at, id) = self.sends.get(deduplication?)?;
        (sent_at + 300_000 > now).then(|| id.clone())
    }

    /// Keeps an accepted message.
    pub(crate) fn keep(
        &mut self,
        now: u64,
        id: &str,
        body: &str,
        group: Option<&str>,
        dedup: Option<&str>,
        delay: Option<i32>,
    ) {
        let delay_ms = delay.map_or(self.delay_ms, |secs| u64::try_from(secs).unwrap() * 1_000);
        if let Some(dedup) = dedup {
            self.sends.insert(dedup.to_owned(), (now, id.to_owned()));
        }
        self.messages.push(Kept {
            id: id.to_owned(),
            body: body.to_owned(),
            group: group.map(str::to_owned),
            sent_at: now,
            visible_at: now + delay_ms,
            receives: 0,
            first_received_at: None,
        });
    }

    /// The message of a handle, if it is still there, and whether the handle is that of its last receive.
    fn of_handle(&self, index: usize) -> Option<(usize, bool)> {
        let (_, id, receive) = &self.handles[index];
        let at = self.messages.iter().position(|message| message.id == *id)?;
        Some((at, self.messages[at].receives == *receive))
    }

    /// Deletes by the handle of this index. On a standard queue every handle of a message that is still there deletes it; on
    /// a FIFO queue only the last one does, and only while it hides the message.
    pub(crate) fn delete(&mut self, now: u64, index: usize) -> Handling {
        let Some((at, last)) = self.of_handle(index) else { return Handling::Nothing };
        if self.fifo && !(last && self.messages[at].visible_at > now) {
            return Handling::Refused;
        }
        self.messages.remove(at);
        Handling::Works
    }

    /// Changes the visibility by the handle of this index.
    pub(crate) fn change(&mut self, now: u64, index: usize, timeout_ms: u64) -> Handling {
        let Some((at, last)) = self.of_handle(index) else { return Handling::Refused };
        if self.fifo && !(last && self.messages[at].visible_at > now) {
            return Handling::Refused;
        }
        self.messages[at].visible_at = now + timeout_ms;
        Handling::Works
    }

    /// Purges; false when that has to be refused.
    pub(crate) fn purge(&mut self, now: u64) -> bool {
        if self.purged_at.is_some_and(|at| at + 60_000 > now) {
            return false;
        }
        self.purged_at = Some(now);
        self.messages.clear();
        self.sends.clear();
        true
    }

    /// The counters: visible, in flight, delayed.
    pub(crate) fn counters(&self, now: u64) -> [usize; 3] {
        let count = |counts: &dyn Fn(&Kept) -> bool| self.messages.iter().filter(|message| counts(message)).count();
        [
            count(&|message| message.visible_at <= now),
            count(&|message| message.visible_at > now && message.receives > 0),
            count(&|message| message.visible_at > now && message.receives == 0),
        ]
    }

    /// Ids of what a receive may return now: on a FIFO queue of each group the messages up to the first hidden one.
    pub(crate) fn available(&self, now: u64) -> Vec<&Kept> {
        let mut locked: Vec<&Option<String>> = Vec::new();
        let mut available = Vec::new();
        for message in &self.messages {
            let visible = message.visible_at <= now;
            if !self.fifo {
                available.extend(visible.then_some(message));
            } else if !locked.contains(&&message.group) {
                if visible {
                    available.push(message);
                } else {
                    locked.push(&message.group);
                }
            }
        }
        available
    }
}
