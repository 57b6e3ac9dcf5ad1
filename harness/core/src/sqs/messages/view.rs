//! Messages as they are, to be looked at from outside.

use std::collections::BinaryHeap;
use std::sync::Arc;

use super::backlog::{Messages, Order};
use super::stored::{State, Stored};
use crate::sqs::{MessageState, MessageView};

impl Messages {
    /// Messages whose delay is not over.
    pub(in crate::sqs) fn delayed(&self) -> usize {
        self.delayed
    }

    /// The messages that came first, in that order, at most so many.
    pub(in crate::sqs) fn view(&self, most: usize) -> Vec<MessageView> {
        // Of millions of messages only those that are asked for are kept.
        let mut first = BinaryHeap::new();
        for place in self.store.places() {
            let Some(stored) = self.store.find(place) else { continue };
            first.push((stored.position, place));
            if first.len() > most {
                first.pop();
            }
        }
        first.into_sorted_vec().into_iter().map(|(_, place)| self.view_of(self.store.at(place))).collect()
    }

    fn view_of(&self, stored: &Stored) -> MessageView {
        let state = match stored.state {
            State::Visible => MessageState::Visible,
            State::Hidden => MessageState::InFlight,
            State::Delayed => MessageState::Delayed,
        };
        let group = match &self.order {
            Order::Standard(standard) => standard.name(stored.group),
            Order::Fifo(fifo) => Some(fifo.groups.name(stored.group)),
        };
        MessageView {
            id: stored.id,
            body: stored.body.text().into_owned(),
            state,
            receive_count: stored.receive_count,
            sent_at: stored.sent_at,
            visible_at: (state != MessageState::Visible).then_some(stored.visible_at),
            group: group.map(Arc::from),
        }
    }
}
