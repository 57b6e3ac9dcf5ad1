//! What the naive queue says of an answer to a receive.

use super::backend::Received;
use super::queue::{Kept, Naive};

impl Naive {
    /// Checks an answer to a receive with all that the contract and calm answers say, then takes it over.
    ///
    /// Which group comes first, and the order of a standard queue, are left open; everything else is not.
    pub(crate) fn receive(&mut self, now: u64, max: usize, timeout_ms: u64, answer: &[Received], moved: &[String]) {
        self.dead_letter(now, moved);
        let available = self.available(now).len();
        assert!(answer.len() <= max && answer.len() <= available, "{answer:?} of {available} available");
        for received in answer {
            self.take(now, received, answer);
        }
        self.check_groups(answer);
        if answer.len() < max {
            let left: Vec<_> = self.available(now).into_iter().filter(|kept| !answered(answer, kept)).collect();
            assert!(left.is_empty(), "calm answers are full: {left:?} stayed behind");
        }
        self.hide(now, timeout_ms, answer);
    }

    /// Messages go to the dead-letter queue when a receive meets them after as many receives as the policy allows.
    fn dead_letter(&mut self, now: u64, moved: &[String]) {
        for id in moved {
            let available = self.available(now);
            let message = available.iter().find(|message| message.id == *id).expect("a moved message was available");
            assert_eq!(Some(message.receives), self.max_receive_count, "moved after exactly so many receives");
            self.messages.retain(|message| message.id != *id);
        }
    }

    /// One message of an answer: it was available, and everything about it is as it must be.
    fn take(&mut self, now: u64, received: &Received, answer: &[Received]) {
        let available: Vec<String> = self.available(now).into_iter().map(|kept| kept.id.clone()).collect();
        assert!(available.contains(&received.id), "{} was not available", received.id);
        let max_receive_count = self.max_receive_count;
        let kept = self.messages.iter_mut().find(|kept| kept.id == received.id).expect("it is available");
        kept.receives += 1;
        kept.first_received_at.get_or_insert(now);
        assert!(max_receive_count.is_none_or(|max| kept.receives <= max), "{kept:?} was received too often");
        let expected = Received {
            id: kept.id.clone(),
            body: kept.body.clone(),
            handle: received.handle.clone(),
            group: kept.group.clone(),
            receive_count: kept.receives,
            sent_at: kept.sent_at,
            first_received_at: kept.first_received_at.expect("just set"),
        };
        assert_eq!(*received, expected);
        assert!(self.handles.iter().all(|(handle, ..)| *handle != received.handle), "each receive has its own handle");
        self.handles.push((received.handle.clone(), kept.id.clone(), kept.receives));
        let twice = answer.iter().filter(|other| other.id == received.id).count();
        assert_eq!(twice, 1, "{} comes once in an answer", received.id);
    }

    /// On a FIFO queue each group's messages stand together in the order of sending, from its first available one on.
    fn check_groups(&self, answer: &[Received]) {
        if !self.fifo {
            return;
        }
        let mut groups: Vec<&Option<String>> = Vec::new();
        for received in answer {
            if groups.last() != Some(&&received.group) {
                assert!(!groups.contains(&&received.group), "the messages of a group stand together: {answer:?}");
                groups.push(&received.group);
            }
        }
        for group in groups {
            let got: Vec<_> = answer.iter().filter(|received| received.group == *group).map(|one| &one.id).collect();
            let kept = self.messages.iter().filter(|kept| kept.group == *group);
            let expected: Vec<_> = kept.take(got.len()).map(|kept| &kept.id).collect();
            assert_eq!(got, expected, "group {group:?} comes in the order of sending");
        }
    }

    fn hide(&mut self, now: u64, timeout_ms: u64, answer: &[Received]) {
        for kept in self.messages.iter_mut().filter(|kept| answered(answer, kept)) {
            kept.visible_at = now + timeout_ms;
        }
    }
}

fn answered(answer: &[Received], kept: &Kept) -> bool {
    answer.iter().any(|received| received.id == kept.id)
}
