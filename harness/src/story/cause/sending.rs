//! Causes: sends.

use super::row::Row;
use crate::story::family::Family::{Account, Lost, Order, Stuck, Twice};

pub(super) const ROWS: [Row; 5] = [
    Row {
        id: "S24",
        did: "a message was stored but the reply was lost, so it was sent again, as another message with another MessageId",
        blames: &[
            (Twice, "the consumer tells messages apart by MessageId or not at all; use the business key"),
            (Order, "the second copy came after younger messages; compare a version from the message before writing"),
            (
                Stuck,
                "the second copy is recognised but not done with; delete duplicates too, and let what belongs to them be gone",
            ),
            (Lost, "the second copy is taken for a bad message or undoes the first; treat it as done and delete it"),
            (Account, "a send without reply was counted as not sent; count by business key"),
        ],
    },
    Row {
        id: "S25",
        did: "a batch of sends answered 200 but did not store some of its entries",
        blames: &[
            (Lost, "`Failed` in the reply was not read; send those entries again"),
            (Account, "`Failed` in the reply was not read; send those entries again"),
        ],
    },
    Row {
        id: "S26",
        did: "an entry of a batch of sends was reported as failed though it was stored, so it was sent again",
        blames: &[
            (Twice, "the consumer tells messages apart by MessageId or not at all; use the business key"),
            (Account, "a failed entry was counted as not sent; count by business key"),
        ],
    },
    Row {
        id: "S27",
        did: "more than five minutes passed between two attempts of one send, so the queue no longer recognised the second",
        blames: &[
            (
                Twice,
                "the consumer relies on the deduplication of the queue, which lasts five minutes; make the effect conditional on the business key",
            ),
            (Order, "the second copy came after younger messages; make the effect conditional on the business key"),
        ],
    },
    Row {
        id: "S28",
        did: "a different message with the same deduplication id was accepted but not delivered",
        blames: &[
            (Lost, "the deduplication id does not name one message; make it of the whole business identity"),
            (
                Stuck,
                "the consumer waits for what the queue took for a duplicate; make the deduplication id of the whole business identity",
            ),
        ],
    },
];
