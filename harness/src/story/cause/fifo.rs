//! Causes: FIFO queues.

use super::row::Row;
use crate::story::family::Family::{Lost, Order, Overlap, Stuck, Twice};

pub(super) const ROWS: [Row; 7] = [
    Row {
        id: "S29",
        did: "a message in flight that nobody handled kept its message group closed",
        blames: &[
            (
                Stuck,
                "nobody gets the group until the lease ends; give messages back (visibility 0) when giving up, keep the timeout short",
            ),
            (Lost, "the consumer stopped before the group was open again; do not take an empty receive for the end"),
        ],
    },
    Row {
        id: "S30",
        did: "a message that always fails stood at the head of its group",
        blames: &[
            (
                Stuck,
                "the group never goes on; give the queue a dead-letter queue, and let other groups go on meanwhile",
            ),
            (Lost, "what stood behind it was given up with it; give the queue a dead-letter queue"),
            (Order, "the consumer went past it to younger messages of the group; stop the group at its first failure"),
        ],
    },
    Row {
        id: "S31",
        did: "the reply to a FIFO receive was lost, so its groups were closed though nobody had the messages",
        blames: &[
            (
                Stuck,
                "the groups stay closed for the whole visibility timeout; repeat the receive with the same ReceiveRequestAttemptId",
            ),
            (Lost, "each lost reply counts as a receive; allow more receives before the dead-letter queue"),
        ],
    },
    Row {
        id: "S32",
        did: "one receive brought messages of several groups",
        blames: &[
            (
                Order,
                "a failure in one group stopped, or did not stop, the wrong messages; handle a batch group by group",
            ),
            (Stuck, "one group's failure held back the others; handle a batch group by group"),
            (Lost, "a batch was deleted or given up as a whole; handle it group by group"),
        ],
    },
    Row {
        id: "S33",
        did: "the FIFO queue throttled calls",
        blames: &[
            (Order, "sends that were tried again side by side overtook each other; have one send in the air per group"),
            (Lost, "the sender gave up after its attempts; keep the message and try later, more slowly"),
            (Stuck, "the consumer tries again at once, which keeps the throttle closed; back off"),
        ],
    },
    Row {
        id: "S34",
        did: "a message went to the dead-letter queue, its group went on without it, and it was moved back later",
        blames: &[
            (
                Order,
                "the consumer relies on a sequence without gaps; compare a version from the message before writing",
            ),
            (Twice, "the late message was applied to a newer state; compare a version from the message before writing"),
        ],
    },
    Row {
        id: "S35",
        did: "a FIFO queue refused to delete a message whose lease had ended",
        blames: &[
            (Twice, "the message is delivered again; make the effect conditional on the business key"),
            (Overlap, "the work took longer than its lease; extend the lease while working"),
            (Stuck, "the error ended the worker; the message comes again, go on"),
        ],
    },
];
