//! Causes: streams, their producers, readers and leases.

use super::row::Row;
use crate::story::family::Family::{Account, Lost, Order, Overlap, Stuck, Twice};

pub(super) const ROWS: [Row; 27] = [
    Row {
        id: "K1",
        did: "a record was stored but the reply was lost, so it was put again, with another sequence number",
        blames: &[
            (
                Twice,
                "the consumer tells records apart by sequence number or not at all; use a key that the producer puts into the record",
            ),
            (Order, "the second copy came after younger records; compare a version from the record before writing"),
            (Account, "a put without reply was counted as not stored; count by business key"),
        ],
    },
    Row {
        id: "K2",
        did: "PutRecords answered 200 but did not store some of its records",
        blames: &[
            (Lost, "`FailedRecordCount` was not read; put the records with an `ErrorCode` again"),
            (
                Order,
                "the failed record was put again after younger ones of its key; hold the key back until the retry is through",
            ),
            (Twice, "all records were put again, also those that were stored; put only those with an `ErrorCode`"),
            (Account, "`FailedRecordCount` was not read; count the records without an `ErrorCode`"),
        ],
    },
    Row {
        id: "K3",
        did: "PutRecords reported a record as failed though it was stored, so it was put again",
        blames: &[
            (
                Twice,
                "the consumer tells records apart by sequence number or not at all; use a key that the producer puts into the record",
            ),
            (Order, "the second copy came after younger records; compare a version from the record before writing"),
            (Account, "a record that was reported as failed was counted as not stored; count by business key"),
        ],
    },
    Row {
        id: "K4",
        did: "a put was refused as a whole, since its shard was over its rate",
        blames: &[
            (Lost, "what was refused was dropped; keep it until a put has taken it"),
            (Stuck, "the producer ended at the refusal, or tries again without waiting; back off and go on"),
            (Order, "younger records overtook the refused ones; hold the key back until the retry is through"),
            (Twice, "what was taken already was put again with the rest; put again only what was refused"),
        ],
    },
    Row {
        id: "K5",
        did: "of several records of one key in PutRecords the first was refused and the later ones were stored",
        blames: &[
            (
                Order,
                "the retry comes after the later records; put records of one key one after the other, or order by a number in the record",
            ),
            (
                Lost,
                "the older record came last and was taken for old news, or was never put again; put it again and order by a number in the record",
            ),
        ],
    },
    Row {
        id: "K6",
        did: "an iterator was older than five minutes when it was used",
        blames: &[
            (
                Lost,
                "the reader began anew at LATEST and passed over what came meanwhile; ask for an iterator after the last sequence number",
            ),
            (
                Twice,
                "the reader began anew at TRIM_HORIZON or at its last checkpoint; ask for an iterator after the last record that it handled",
            ),
            (
                Stuck,
                "the reader ended at it, or asks with the same iterator for ever; ask for an iterator after the last sequence number",
            ),
        ],
    },
    Row {
        id: "K7",
        did: "a read was refused, since its shard was over its rate of five reads and 2 MiB a second",
        blames: &[
            (
                Lost,
                "the refused read was taken for an empty one and its records were passed over; read again with the same iterator",
            ),
            (Stuck, "the reader ended at the refusal, or tries again without waiting; back off and go on"),
        ],
    },
    Row {
        id: "K8",
        did: "a read came back without records though the shard has more",
        blames: &[
            (
                Lost,
                "an empty read was taken for the end of the shard; read on until there is no next iterator, or `MillisBehindLatest` is 0",
            ),
            (Stuck, "the reader stopped at an empty read; read on with the next iterator"),
        ],
    },
    Row {
        id: "K9",
        did: "a read was carried out and its reply was lost",
        blames: &[
            (Twice, "the reader went back further than to its last record; read again with the same iterator"),
            (Lost, "the reader went on behind what it never got; read again with the same iterator"),
            (Stuck, "the reader ended at a broken connection; read again with the same iterator"),
        ],
    },
    Row {
        id: "K10",
        did: "a read brought fewer records than it was asked for, though the shard has more",
        blames: &[
            (
                Lost,
                "a short read was taken for the end of the shard, or records were counted instead of read; go on with the next iterator",
            ),
            (Twice, "the reader goes on by counting; go on with the next iterator"),
        ],
    },
    Row {
        id: "K11",
        did: "a shard was split or merged while it was read",
        blames: &[
            (
                Order,
                "records of the children were handled before those that were left in the parent; read a parent to its end first",
            ),
            (
                Lost,
                "the children were never found, or the parent was given up before its end; follow `ChildShards` at the end of a shard",
            ),
            (Twice, "a child with two parents was begun twice; begin it once, when both parents are at their ends"),
            (Overlap, "two workers began the same child; let the lease decide"),
            (
                Stuck,
                "the reader waits for a shard that is closed, or asks on without an iterator; go on with its children",
            ),
        ],
    },
    Row {
        id: "K12",
        did: "the children of a split or merged shard were listed only after a while",
        blames: &[
            (Lost, "the children were never found, or begun at LATEST; list again, and begin children at TRIM_HORIZON"),
            (Stuck, "the reader saw no open shard and stopped; list again"),
            (
                Order,
                "one child was found late and begun after younger records of its keys; read a parent to its end first",
            ),
        ],
    },
    Row {
        id: "K13",
        did: "a parent shard was no longer listed, since its last record is gone",
        blames: &[
            (Stuck, "the child waits for a parent that is gone; a parent that is not listed is at its end"),
            (Lost, "the children of a parent that is not listed were left out; begin every shard that is listed"),
        ],
    },
    Row {
        id: "K14",
        did: "records were trimmed before they were read, since they were older than the retention period",
        blames: &[
            (
                Lost,
                "the gap went unnoticed; compare the first record with the checkpoint, and watch `MillisBehindLatest`",
            ),
            (Stuck, "the reader insists on a sequence number that is gone; go on at TRIM_HORIZON and report the gap"),
            (
                Account,
                "the gap went unnoticed; compare the first record with the checkpoint, and watch `MillisBehindLatest`",
            ),
        ],
    },
    Row {
        id: "K15",
        did: "another worker took the lease of a shard while its owner still worked",
        blames: &[
            (
                Twice,
                "both workers handled the same records; make the effect conditional on the key, or on the epoch of the lease",
            ),
            (
                Overlap,
                "the old owner went on without its lease; stop at the first refusal, and let the store check the epoch",
            ),
            (Order, "the old owner wrote after the new one; let the store check the epoch of the lease"),
            (
                Lost,
                "the old owner's checkpoint passed over what the new one had not handled; write checkpoints only with the lease",
            ),
        ],
    },
    Row {
        id: "K16",
        did: "a checkpoint was not written",
        blames: &[
            (
                Twice,
                "the effect relies on the checkpoint; make it conditional on the key, since records come again from the last checkpoint",
            ),
            (
                Lost,
                "the worker took the checkpoint for written, or its records for handled; handle first, then write, and write again",
            ),
            (Stuck, "the worker ended at it; go on, and write the next checkpoint"),
        ],
    },
    Row {
        id: "K18",
        did: "an aggregated record was delivered again after a part of it had been handled",
        blames: &[
            (
                Twice,
                "the checkpoint does not say which part of the aggregate was handled; keep the sub-sequence number too, or make the effect conditional on the key",
            ),
            (
                Lost,
                "the whole aggregate was taken for handled with its first part; write a checkpoint after its last part",
            ),
        ],
    },
    Row {
        id: "K19",
        did: "a record that cannot be read stood before others in its shard",
        blames: &[
            (Stuck, "one record holds up its shard for ever; put it aside after some attempts and go on"),
            (Lost, "the whole batch was given up with one record; put aside only the record that cannot be read"),
            (Twice, "the whole batch was handled again for one record; go on behind those that were handled"),
        ],
    },
    Row {
        id: "K20",
        did: "a subscription to a shard ended",
        blames: &[
            (
                Lost,
                "the new subscription began behind the last record; begin it at the last `ContinuationSequenceNumber`",
            ),
            (
                Twice,
                "the new subscription began at the last checkpoint or earlier; begin it at the last `ContinuationSequenceNumber`",
            ),
            (Stuck, "the reader took the end of the subscription for the end of the shard; subscribe again"),
        ],
    },
    Row {
        id: "K21",
        did: "sequence numbers became longer",
        blames: &[
            (
                Lost,
                "sequence numbers were compared as texts or cut to 64 bits; compare them as whole numbers of any length",
            ),
            (
                Twice,
                "sequence numbers were compared as texts or cut to 64 bits; compare them as whole numbers of any length",
            ),
            (
                Order,
                "sequence numbers were compared as texts or cut to 64 bits; compare them as whole numbers of any length",
            ),
        ],
    },
    Row {
        id: "K22",
        did: "a checkpoint was written and its reply was lost",
        blames: &[
            (Twice, "an older checkpoint was written over it; write only checkpoints that are further on"),
            (Lost, "the worker gave its lease up with records that it had not handled; read the table again"),
            (Stuck, "the worker took its own write for that of another; read the table again"),
        ],
    },
    Row {
        id: "K23",
        did: "a call to the table of leases took longer than a lease lasts",
        blames: &[
            (Overlap, "the worker went on though its lease was over; look at the clock before each record"),
            (
                Twice,
                "two workers handled the same records; make the effect conditional on the key, or on the epoch of the lease",
            ),
            (Order, "the old owner wrote after the new one; let the store check the epoch of the lease"),
        ],
    },
    Row {
        id: "K24",
        did: "a subscription was refused, since the one before it was still open",
        blames: &[
            (Stuck, "the reader ended at it; wait five seconds and subscribe again"),
            (Lost, "the reader went on at LATEST; subscribe again at the last `ContinuationSequenceNumber`"),
        ],
    },
    Row {
        id: "K25",
        did: "a subscription broke off in the middle of an event",
        blames: &[
            (
                Lost,
                "the event that broke off was taken for handled; begin again at the last whole event's `ContinuationSequenceNumber`",
            ),
            (
                Twice,
                "the new subscription began at the last checkpoint or earlier; begin it at the last `ContinuationSequenceNumber`",
            ),
            (Stuck, "the reader ended at a broken connection; subscribe again"),
        ],
    },
    Row {
        id: "K26",
        did: "the key that encrypts the stream could not be used",
        blames: &[
            (Lost, "records were given up for a fault of the key; keep them, and ask again"),
            (Stuck, "the loop ended at it; back off and go on"),
        ],
    },
    Row {
        id: "K27",
        did: "a call about the shards of a stream was refused, since there were too many of them",
        blames: &[
            (Lost, "a listing that failed was taken for one without shards; keep what is known, and list again"),
            (Stuck, "the loop ended at it; back off and go on"),
        ],
    },
    Row {
        id: "K28",
        did: "another reader used up the five reads that a shard answers in a second",
        blames: &[
            (
                Lost,
                "the refused read was taken for an empty one and its records were passed over; read again with the same iterator",
            ),
            (Stuck, "the reader ended at the refusal, or tries again without waiting; back off and go on"),
        ],
    },
];
