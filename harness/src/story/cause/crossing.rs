//! Causes: what strikes any call, and the consumer itself.

use super::row::Row;
use crate::story::family::Family::{Lost, Order, Other, Overlap, Stuck, Twice};

const KILLED: &str = "a worker was killed and started anew";
const STOOD_STILL: &str = "a worker stood still and went on when its lease had ended";
const ASKED_TO_STOP: &str = "a worker was asked to stop";

const KILLED_BLAMES: &[(crate::story::family::Family, &str)] = &[
    (
        Twice,
        "it died between the effect and the delete, and the effect was done again; make the effect conditional on the business key, in one transaction with the record of it",
    ),
    (
        Lost,
        "it died after the delete, or after marking the key as done, and before the effect; do both only after the effect or in one transaction with it",
    ),
    (Order, "its messages came back after younger ones; compare a version from the message before writing"),
    (Stuck, "it left a claim or a lock that nobody takes over; let claims run out"),
    (Overlap, "its successor began while its spawned work went on; make the effect conditional on the business key"),
    (Other, "it left work half done; make effect and record one transaction"),
];

const STOOD_STILL_BLAMES: &[(crate::story::family::Family, &str)] = &[
    (
        Twice,
        "it did its effect after another worker had done it; make the effect conditional on the business key, or fence it by a version",
    ),
    (
        Overlap,
        "it still believed to have the message; look at the lease before the effect, and fence the effect by a version",
    ),
    (Order, "it wrote an old state over a newer one; fence the effect by a version"),
    (Lost, "it overwrote or deleted what another worker was doing; fence the effect by a version"),
    (Stuck, "others wait for a claim that it holds; let claims run out"),
];

const ASKED_TO_STOP_BLAMES: &[(crate::story::family::Family, &str)] = &[
    (
        Lost,
        "messages in its hands were dropped or counted as failures; finish them, or give them back (visibility 0) before leaving",
    ),
    (Stuck, "it left messages hidden; finish them, or give them back (visibility 0) before leaving"),
    (
        Twice,
        "it left between the effect and the delete; finish what has begun, and make the effect conditional on the business key",
    ),
    (Overlap, "its work went on after it had given the messages back; stop the work first"),
];

pub(super) const ROWS: [Row; 13] = [
    Row {
        id: "X1",
        did: "calls were answered with an error of the service or a throttle",
        blames: &[
            (Lost, "the consumer gave up after the SDK's attempts; keep the message and try later"),
            (Stuck, "the error ended the worker, or it tries again without a pause; back off and go on"),
            (
                Twice,
                "an error after the effect led to the work being done again; make the effect conditional on the business key",
            ),
        ],
    },
    Row {
        id: "X2",
        did: "a connection was refused, reset or cut",
        blames: &[
            (Lost, "the error was taken for final; keep the message and try later"),
            (Stuck, "the error ended the worker; go on with a new connection"),
            (Twice, "a cut reply does not mean that nothing happened; make the effect conditional on the business key"),
        ],
    },
    Row {
        id: "X3",
        did: "a reply was so late that its caller had given up on it, or its lease had ended",
        blames: &[
            (
                Twice,
                "what is late was taken for what failed, or for what is still one's own; make the effect conditional on the business key",
            ),
            (Order, "what had been given up came after something newer; compare a version before writing"),
            (Lost, "a delete that had been given up was carried out after all; delete only what has had its effect"),
        ],
    },
    Row {
        id: "X4",
        did: "an older request was carried out after a newer one",
        blames: &[
            (
                Stuck,
                "a late copy is recognised but not done with, or a late change hides a message anew; delete duplicates too",
            ),
            (Order, "the last request to arrive wins; compare a version before writing"),
            (
                Twice,
                "a late change of visibility or a late send made the message come again; make the effect conditional on the business key",
            ),
            (Overlap, "a late change of visibility ended somebody's lease; look at the lease before the effect"),
            (Lost, "a late delete took a message that was to come again; delete only what has had its effect"),
        ],
    },
    Row {
        id: "X5",
        did: "the wall clock jumped",
        blames: &[
            (
                Twice,
                "leases or done keys are timed by the wall clock; use a monotonic clock for leases, and a wide margin for keys",
            ),
            (Stuck, "refused signatures ended the worker; sign anew with the time that the service tells"),
            (Lost, "leases or expiries are timed by the wall clock; use a monotonic clock"),
        ],
    },
    Row {
        id: "X6",
        did: "credentials expired",
        blames: &[
            (Stuck, "the error ended the worker; refresh the credentials and go on"),
            (Lost, "an expired credential was taken for a bad message; keep the message and try later"),
            (Twice, "the delete could not be made, and the effect is not conditional; check the business key"),
        ],
    },
    Row {
        id: "X7",
        did: "the service was away for a while, then everything came at once",
        blames: &[
            (Twice, "leases ended meanwhile and messages came again; make the effect conditional on the business key"),
            (Lost, "the consumer gave up during the outage; keep what could not be done and try later"),
            (Stuck, "the consumer did not come back after the outage; go on trying, with a pause that grows"),
            (Order, "old messages came after newer state; compare a version from the message before writing"),
        ],
    },
    Row { id: "X8", did: ASKED_TO_STOP, blames: ASKED_TO_STOP_BLAMES },
    Row { id: "X10", did: STOOD_STILL, blames: STOOD_STILL_BLAMES },
    Row { id: "crash", did: KILLED, blames: KILLED_BLAMES },
    Row { id: "stall", did: STOOD_STILL, blames: STOOD_STILL_BLAMES },
    Row { id: "shutdown", did: ASKED_TO_STOP, blames: ASKED_TO_STOP_BLAMES },
    Row {
        id: "second-replica",
        did: "a second replica of the consumer ran beside the first",
        blames: &[
            (Twice, "state is kept in the memory of one process; keep done keys where all replicas see them"),
            (Overlap, "the lock is in the memory of one process; lock where all replicas see it"),
            (Order, "replicas handle messages side by side; compare a version from the message before writing"),
        ],
    },
];
