//! Causes: the life of queues, and their limits.

use super::row::Row;
use crate::story::family::Family::{Lost, Other, Stuck, Twice};

pub(super) const ROWS: [Row; 7] = [
    Row {
        id: "S36",
        did: "the queue had as many messages in flight as it may have",
        blames: &[
            (
                Stuck,
                "the consumer holds more than it deletes, and takes the silence for an empty queue; bound what is in flight",
            ),
            (
                Lost,
                "silence was taken for an empty queue; bound what is in flight, and do not stop at an empty receive",
            ),
        ],
    },
    Row {
        id: "S37",
        did: "messages reached the end of the queue's retention, which a dead-letter queue does not begin anew",
        blames: &[(
            Lost,
            "nobody looked in time; watch the age of the oldest message, and keep dead letters longer than the queue does",
        )],
    },
    Row {
        id: "S38",
        did: "a purge took up to 60 seconds: older messages were still seen, younger ones were deleted",
        blames: &[
            (Lost, "what was sent right after the purge was deleted with the rest; wait 60 seconds after a purge"),
            (Twice, "messages from before the purge were still handled; wait 60 seconds after a purge"),
        ],
    },
    Row {
        id: "S39",
        did: "the queue was not known for a while after it was created or deleted",
        blames: &[
            (Stuck, "QueueDoesNotExist ended the worker; try again for a minute"),
            (Lost, "QueueDoesNotExist was taken for final; try again for a minute before giving up"),
        ],
    },
    Row {
        id: "S40",
        did: "the key of the queue could not be used, so calls were refused",
        blames: &[
            (Lost, "trouble with a key was taken for a bad message; keep the message and try later"),
            (Stuck, "the error ended the worker; try again later"),
        ],
    },
    Row {
        id: "S41",
        did: "a message was moved back from the dead-letter queue after its key had been forgotten",
        blames: &[(
            Twice,
            "done keys are kept too short; keep them as long as queue and dead-letter queue keep messages",
        )],
    },
    Row {
        id: "S42",
        did: "the object that a message points to was not there",
        blames: &[
            (Lost, "the object was deleted before its message; delete the message first, the object after"),
            (
                Stuck,
                "the message fails for ever; give the queue a dead-letter queue, and delete objects after their messages",
            ),
            (Other, "the object was deleted before its message; delete the message first, the object after"),
        ],
    },
];
