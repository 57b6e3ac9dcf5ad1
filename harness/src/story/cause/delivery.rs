//! Causes: delivery on standard queues, and leases.

use super::row::Row;
use crate::story::family::Family::{Account, Lost, Order, Other, Overlap, Stuck, Twice};

pub(super) const ROWS: [Row; 17] = [
    Row {
        id: "S1",
        did: "SQS delivered a second copy of a message while the first was being handled",
        blames: &[
            (
                Twice,
                "the consumer does not know that the key is being done; claim the key by a conditional write before the effect",
            ),
            (
                Overlap,
                "the receipt handle or the process was taken for a lock; lock on the business key, in a store that all workers share",
            ),
            (Lost, "the copy was taken for the whole work and deleted; delete only what has had its effect"),
            (
                Stuck,
                "the copy, whose message may be deleted already, ended the worker or is never deleted; treat it as done and go on",
            ),
        ],
    },
    Row {
        id: "S2",
        did: "a deleted message came back, because one of the servers that store it missed the delete",
        blames: &[
            (
                Twice,
                "a delete was taken for the end; remember done keys for at least as long as the queue keeps messages",
            ),
            (Stuck, "the consumer does not delete what it recognises as done; delete duplicates too"),
        ],
    },
    Row {
        id: "S3",
        did: "one receive brought the same message twice",
        blames: &[
            (Twice, "duplicates are looked for before the batch, not within it; check each message at its effect"),
            (
                Lost,
                "entries of a batch were named by MessageId, and one of them got lost; name entries by their place in the batch",
            ),
            (
                Stuck,
                "a batch with the same entry id twice is refused as a whole; name entries by their place in the batch",
            ),
        ],
    },
    Row {
        id: "S4",
        did: "the reply to a receive was lost, so messages were hidden though nobody had them",
        blames: &[
            (
                Lost,
                "each lost reply counts as a receive; do not take a second receive for a duplicate, and allow several before the dead-letter queue",
            ),
            (
                Stuck,
                "the consumer ended at the error, or at the empty receive that followed; go on asking until the visibility timeout brings them back",
            ),
            (Twice, "the message came back later; make the effect conditional on the business key"),
        ],
    },
    Row {
        id: "S5",
        did: "a standard queue delivered messages in another order than they were sent",
        blames: &[
            (
                Order,
                "the last message to come wins; compare a version from the message before writing, or use a FIFO queue",
            ),
            (
                Twice,
                "the effect depends on what came before; compare a version from the message before writing, or use a FIFO queue",
            ),
            (Lost, "what came out of order was thrown away; keep it until what it waits for has come"),
        ],
    },
    Row {
        id: "S6",
        did: "a message was delivered long after younger ones",
        blames: &[
            (Order, "the last message to come wins; compare a version from the message before writing"),
            (Twice, "an old message was applied to a newer state; compare a version from the message before writing"),
            (Stuck, "the consumer stops when it has seen nothing for a while; let it run, or stop by what was done"),
        ],
    },
    Row {
        id: "S7",
        did: "a short poll found nothing though messages were there, since it asks only some of the servers",
        blames: &[
            (
                Lost,
                "one empty receive was taken for an empty queue; use long polling, and do not stop at an empty receive",
            ),
            (
                Stuck,
                "one empty receive was taken for an empty queue; use long polling, and do not stop at an empty receive",
            ),
        ],
    },
    Row {
        id: "S8",
        did: "a receive brought fewer messages than were there",
        blames: &[
            (
                Lost,
                "a batch that is not full was taken for the last one; stop by what was done, not by the size of a batch",
            ),
            (Stuck, "the consumer waits for a full batch; handle what has come"),
        ],
    },
    Row {
        id: "S9",
        did: "the approximate number of messages was out of date",
        blames: &[
            (Lost, "the consumer stopped because a count said zero; counts are approximate, stop by what was done"),
            (Stuck, "the consumer waits for a count; counts are approximate, decide by what receives bring"),
            (Account, "an approximate count was taken for an exact one; count effects"),
        ],
    },
    Row {
        id: "S10",
        did: "the receive count of a message rose without anybody having had it",
        blames: &[
            (Lost, "the consumer gives up by the receive count; count its own failures by business key"),
            (Other, "the receive count was taken for a number of attempts; count attempts by business key"),
        ],
    },
    Row {
        id: "S11",
        did: "the visibility timeout ended while the handler was at work",
        blames: &[
            (
                Twice,
                "a second worker began the same work; extend the lease while working, and make the effect conditional on the business key",
            ),
            (
                Overlap,
                "a second worker began the same work; extend the lease while working, and lock on the business key",
            ),
            (Order, "the message came again after younger ones; compare a version from the message before writing"),
            (
                Stuck,
                "the delete came too late and had no effect, and what comes again is not done with; read `Failed`, and delete duplicates too",
            ),
            (
                Lost,
                "what came again was taken for a duplicate or a bad message before its effect; delete only what has had its effect",
            ),
        ],
    },
    Row {
        id: "S12",
        did: "extending a lease failed",
        blames: &[
            (
                Twice,
                "the handler went on as if it had the lease; try again early, and stop the work when the lease cannot be kept",
            ),
            (
                Overlap,
                "the handler went on as if it had the lease; try again early, and stop the work when the lease cannot be kept",
            ),
            (Stuck, "the error ended the heartbeat or the worker; treat it as one missed beat"),
        ],
    },
    Row {
        id: "S13",
        did: "a lease was extended but the reply was lost",
        blames: &[
            (
                Twice,
                "an unknown outcome was taken for a failure and the work was given up halfway; extend again, which does no harm",
            ),
            (Stuck, "an unknown outcome ended the heartbeat or the worker; extend again, which does no harm"),
        ],
    },
    Row {
        id: "S14",
        did: "a lease cannot be extended beyond 12 hours after the receive",
        blames: &[
            (
                Twice,
                "work that takes longer begins anew; take the message off the queue and keep the state of the work elsewhere",
            ),
            (
                Stuck,
                "work that takes longer never ends; take the message off the queue and keep the state of the work elsewhere",
            ),
        ],
    },
    Row {
        id: "S15",
        did: "the handler took longer than the visibility timeout",
        blames: &[
            (
                Twice,
                "the message was delivered again; extend the lease while working, and make the effect conditional on the business key",
            ),
            (
                Overlap,
                "two workers had the message; extend the lease while working, or choose a timeout longer than the work",
            ),
        ],
    },
    Row {
        id: "S16",
        did: "messages waited in the consumer's buffer until their leases had ended",
        blames: &[
            (
                Twice,
                "work began without a lease; look at the lease before starting, and fetch no more than can be handled in time",
            ),
            (
                Overlap,
                "work began without a lease; look at the lease before starting, and fetch no more than can be handled in time",
            ),
        ],
    },
    Row {
        id: "S17",
        did: "a message was delivered again, which made its older receipt handle stale",
        blames: &[
            (Twice, "a delete with an old handle was taken for done; use the handle of the last delivery"),
            (
                Overlap,
                "an old handle was used on a message that somebody else has; use the handle of the last delivery",
            ),
            (Stuck, "a delete with an old handle was taken for done; use the handle of the last delivery"),
        ],
    },
];
