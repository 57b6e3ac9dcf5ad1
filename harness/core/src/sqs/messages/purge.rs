//! Purging.

use std::collections::BTreeSet;

use super::ages::Ages;
use super::backlog::{Messages, Order};
use super::groups::Groups;
use super::standard::Standard;
use super::stored::Store;
use crate::Timestamp;

impl Messages {
    /// Begins a purge: what comes from now on stays. Deduplication and receive attempts are forgotten at once.
    pub(in crate::sqs) fn begin_purge(&mut self) {
        self.purges = self.purges.wrapping_add(1);
        if let Order::Fifo(fifo) = &mut self.order {
            fifo.dedup.clear();
            fifo.attempts.clear();
        }
    }

    /// Ends a purge: what was there when it began goes. Gives how many messages went.
    pub(in crate::sqs) fn end_purge(&mut self, now: Timestamp) -> u64 {
        let gone: Vec<u32> = self.store.places().filter(|&place| self.store.at(place).purges != self.purges).collect();
        if gone.len() == self.total {
            self.clear(now);
        } else {
            for &place in &gone {
                self.discard(now, place);
            }
        }
        gone.len() as u64
    }

    fn clear(&mut self, now: Timestamp) {
        self.store = Store::new();
        self.ages = Ages::new();
        self.timers = BTreeSet::new();
        (self.total, self.delayed, self.hidden) = (0, 0, 0);
        self.active_at = now;
        match &mut self.order {
            Order::Standard(standard) => *standard = Standard::new(standard.shard_count()),
            Order::Fifo(fifo) => fifo.groups = Groups::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Timestamp;
    use crate::sqs::messages::sample::Sample;

    #[test]
    fn purge_takes_messages_of_every_state_and_nothing_that_came_after_it() {
        for (mut queue, group) in [(Sample::standard(), None), (Sample::fifo(), Some("g"))] {
            queue.send(0, "in flight", group, 0);
            queue.receive(0, 1, 900_000);
            queue.send(0, "visible", group, 0);
            queue.send(0, "delayed", group, 900_000);
            queue.messages.begin_purge();
            queue.send(1, "after", group, 0);
            assert_eq!(queue.messages.end_purge(Timestamp(2)), 3);
            assert_eq!(queue.bodies(2, 10, 0), ["after"]);
            queue.messages.begin_purge();
            assert_eq!(queue.messages.end_purge(Timestamp(3)), 1);
            queue.send(4, "again", group, 0);
            assert_eq!(queue.bodies(4, 10, 0), ["again"]);
        }
    }
}
