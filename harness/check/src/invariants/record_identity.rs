//! A message id stands for one body, one group and one sequence number in all reads.

use crate::mutation::mutated;
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Needs a message that was delivered, or a record that was read. Allows for no fault. Sequence numbers are compared within one queue; the number
/// of a record stands for its data and its partition key.
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let streams = traffic.streams();
    if traffic.deliveries.is_empty() && streams.got.is_empty() {
        return Verdict::unknown("deliveries");
    }
    let mut witness = Vec::new();
    for got in &streams.got {
        let stored = &streams.records[got.record];
        if got.payload != stored.payload && !mutated("record-identity: any data") {
            let payload = |number: usize| {
                let payload = &streams.payloads[number];
                format!("`{}` with the partition key `{}`", streams.keys.text(payload.key), payload.partition_key)
            };
            let (shard, at) = (streams.shards[stored.shard].id, streams.reads[got.read].span.end_ms);
            let (one, other) = (payload(stored.payload), payload(got.payload));
            witness.push(format!("record {} of {shard} is {one}, and came at {at} ms as {other}", stored.number));
        }
    }
    for delivery in &traffic.deliveries {
        let Some(next) = delivery.next.map(|next| &traffic.deliveries[next]) else { continue };
        let (id, from, to) = (traffic.ids.text(delivery.message), delivery.span.end_ms, next.span.end_ms);
        if delivery.body != next.body && !mutated("record-identity: any body") {
            witness.push(format!(
                "message {id} came as `{}` at {from} ms and as `{}` at {to} ms",
                delivery.body, next.body
            ));
        }
        if let (Some(one), Some(other)) = (delivery.group, next.group)
            && one != other
        {
            let (one, other) = (traffic.groups.text(one), traffic.groups.text(other));
            witness.push(format!("message {id} came in group `{one}` at {from} ms and in `{other}` at {to} ms"));
        }
        if let (Some(one), Some(other)) = (delivery.sequence, next.sequence)
            && one != other
            && delivery.queue == next.queue
        {
            witness.push(format!("message {id} came with number {one} at {from} ms and with {other} at {to} ms"));
        }
    }
    Verdict::from_witness(witness)
}
