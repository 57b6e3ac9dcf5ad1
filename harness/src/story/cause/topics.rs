//! Causes: topics, their deliveries and webhooks.

use super::row::Row;
use crate::story::family::Family::{Account, Lost, Order, Stuck, Twice};

pub(super) const ROWS: [Row; 16] = [
    Row {
        id: "N1",
        did: "a topic delivered a message twice to one subscription: SQS gave the second another MessageId, and SNS did not",
        blames: &[
            (
                Twice,
                "the consumer tells messages apart by the MessageId of SQS; use the business key, or the MessageId in the envelope",
            ),
            (
                Order,
                "the second delivery came after younger messages; compare a version from the message before writing",
            ),
            (Stuck, "the second delivery is recognised but not done with; delete duplicates too"),
        ],
    },
    Row {
        id: "N2",
        did: "a delivery of a topic was overtaken by younger ones",
        blames: &[
            (
                Order,
                "topics promise no order to standard queues and webhooks; compare a version from the message before writing",
            ),
            (
                Twice,
                "an older event opened again what a younger one had closed; compare a version from the message before writing",
            ),
            (Lost, "an older event undid a younger one; compare a version from the message before writing"),
        ],
    },
    Row {
        id: "N3",
        did: "a topic delivered a message to one subscription much later than to others",
        blames: &[
            (Order, "the late message came after younger ones; compare a version from the message before writing"),
            (
                Lost,
                "the consumer took what had arrived for all there is; wait for what is missing, or take it in when it comes",
            ),
            (
                Twice,
                "the consumer had forgotten the message when it came; remember for as long as SNS delivers, 23 days",
            ),
        ],
    },
    Row {
        id: "N4",
        did: "a message was not delivered to a subscription until its delivery policy gave up",
        blames: &[
            (Lost, "the subscription has no dead-letter queue, or nobody reads it; give it one and a consumer"),
            (
                Stuck,
                "the consumer waits for a message that is in the dead-letter queue of the subscription; read that, too",
            ),
        ],
    },
    Row {
        id: "N5",
        did: "a message was published but the reply was lost, so it was published again, under another id of SNS",
        blames: &[
            (Twice, "the consumer tells messages apart by an id of SNS or SQS; use the business key"),
            (Order, "the second copy came after younger messages; compare a version from the message before writing"),
            (Stuck, "the second copy is recognised but not done with; delete duplicates too"),
            (Account, "a publish without reply was counted as not published; count by business key"),
        ],
    },
    Row {
        id: "N6",
        did: "a batch of publishes answered 200 but did not publish some of its entries",
        blames: &[
            (Lost, "`Failed` in the reply was not read; publish those entries again"),
            (Account, "`Failed` in the reply was not read; publish those entries again"),
        ],
    },
    Row {
        id: "N7",
        did: "a changed filter policy came into effect minutes later",
        blames: &[
            (
                Lost,
                "the consumer counted on what only the new policy lets through; publish after the change has settled, or ask again",
            ),
            (Twice, "the consumer took for new what the old policy let through; check in the consumer what it is for"),
        ],
    },
    Row {
        id: "N8",
        did: "a message came raw where an envelope was expected, or the other way round",
        blames: &[
            (
                Lost,
                "the parser knows one form; tell them apart by `Type` and `TopicArn`, and let others fail so that they are dead-lettered",
            ),
            (Stuck, "the parser fails again and again; give the queue a dead-letter queue"),
        ],
    },
    Row {
        id: "N9",
        did: "more than five minutes passed between two attempts of one publish, so the topic no longer recognised the second",
        blames: &[
            (
                Twice,
                "the consumer relies on the deduplication of the topic, which lasts five minutes; make the effect conditional on the business key",
            ),
            (Order, "the second copy came after younger messages; make the effect conditional on the business key"),
        ],
    },
    Row {
        id: "N10",
        did: "a webhook answered an attempt with a server error, and did not see it",
        blames: &[
            (Lost, "the delivery policy gave up; allow more retries and give the subscription a dead-letter queue"),
            (
                Order,
                "the repeated attempt came after younger messages; compare a version from the message before writing",
            ),
        ],
    },
    Row {
        id: "N11",
        did: "a webhook did its work but answered after 15 seconds, so SNS tried again",
        blames: &[(
            Twice,
            "the handler does the work on each attempt; answer first and work from a queue, or make the effect conditional on the business key",
        )],
    },
    Row {
        id: "N12",
        did: "a webhook did its work but its answer was lost, so SNS tried again",
        blames: &[
            (Twice, "the handler does the work on each attempt; make the effect conditional on the business key"),
            (Stuck, "the handler refuses what it has done already; answer 200 to duplicates"),
        ],
    },
    Row {
        id: "N13",
        did: "a subscription was deleted while messages were under way",
        blames: &[(
            Lost,
            "nobody notices that the subscription is gone; check it at the start and from time to time, and subscribe again",
        )],
    },
    Row {
        id: "N14",
        did: "the dead-letter queue of a subscription was gone when a message fell back to it",
        blames: &[(Lost, "nobody notices that the queue is gone; watch `NumberOfNotificationsFailedToRedriveToDlq`")],
    },
    Row {
        id: "N15",
        did: "an envelope had a field that its consumer did not know",
        blames: &[
            (Lost, "the parser refuses what it does not know; pass over unknown fields"),
            (Stuck, "the parser refuses what it does not know and fails again and again; pass over unknown fields"),
        ],
    },
    Row {
        id: "N16",
        did: "the envelope of a notification was in the queue twice, under two ids of SQS",
        blames: &[
            (
                Twice,
                "the consumer tells messages apart by the MessageId of SQS; use the business key, or the MessageId in the envelope",
            ),
            (Order, "the second copy came after younger messages; compare a version from the message before writing"),
        ],
    },
];
