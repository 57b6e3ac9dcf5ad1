//! Causes: deletes.

use super::row::Row;
use crate::story::family::Family::{Account, Stuck, Twice};

pub(super) const ROWS: [Row; 6] = [
    Row {
        id: "S18",
        did: "a message was deleted but the reply was lost",
        blames: &[
            (
                Twice,
                "an unknown outcome of the delete was taken for a failure of the work; try the delete again, not the work",
            ),
            (Stuck, "the error of the delete ended the worker; try again, a second delete does no harm"),
        ],
    },
    Row {
        id: "S19",
        did: "a delete failed, so the message was delivered again",
        blames: &[
            (Twice, "the effect was done a second time; make the effect conditional on the business key"),
            (Stuck, "a failed delete ended the worker, or a known key is never deleted; delete duplicates too"),
        ],
    },
    Row {
        id: "S20",
        did: "a batch delete answered 200 but left some of its entries undeleted",
        blames: &[
            (
                Twice,
                "`Failed` in the reply was not read, and the effect is not conditional; delete those again, and check the business key",
            ),
            (Account, "`Failed` in the reply was not read; delete those entries again"),
            (Stuck, "`Failed` in the reply was not read, or known keys are not deleted; delete those entries again"),
        ],
    },
    Row {
        id: "S21",
        did: "a batch delete refused entries whose receipt handles were no longer valid",
        blames: &[
            (Twice, "those messages come again and the effect is not conditional; check the business key"),
            (Stuck, "entries that the sender is to blame for never succeed; let them go, the message comes again"),
            (Account, "refused entries were counted as deleted; read `Failed` in the reply"),
        ],
    },
    Row {
        id: "S22",
        did: "an entry of a batch delete was reported as failed though the message was deleted",
        blames: &[
            (Twice, "a failed delete was taken for undone work; try the delete again, not the work"),
            (Account, "the consumer counts by replies; count by effects"),
        ],
    },
    Row {
        id: "S23",
        did: "a batch that changes visibility answered 200 but left some of its entries unchanged",
        blames: &[
            (
                Twice,
                "`Failed` in the reply was not read, and those leases ran out; try them again, and check the business key",
            ),
            (Stuck, "`Failed` in the reply was not read, and those messages stayed hidden; try them again"),
            (Account, "`Failed` in the reply was not read; try those entries again"),
        ],
    },
];
