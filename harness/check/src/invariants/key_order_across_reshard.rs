//! First effects for one partition key come in the order of putting, whatever shards its records went to.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::mutation::mutated;
use crate::streams::{Moment, Streams, Work};
use crate::traffic::{Outcome, Span, Traffic, overtaken_apart};
use crate::{Expectation, Verdict};

/// Needs effects or handlers, and puts. A record counts from the first attempt to put it: who tries again what failed, when later records
/// of the key are there already, turns the order round. Within a batch the service promises no order
/// (<https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html>), so that only an entry that failed counts before those behind
/// it. What was put twice and accepted twice has no place. Allows for no fault.
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let streams = traffic.streams();
    let work = streams.work(traffic, expectation);
    if !work.is_told {
        return Verdict::unknown("effects or handlers of the consumer");
    }
    let by_payload = by_payload(streams, work);
    let mut keys: IndexMap<(usize, &str), Vec<Item>, FxBuildHasher> = IndexMap::default();
    for (number, payload) in streams.payloads.iter().enumerate() {
        let (Some(put), Some(moment)) = (payload.put, by_payload[number]) else { continue };
        let effect = Span { begin: moment.at, end: moment.at, begin_ms: moment.at_ms, end_ms: moment.at_ms };
        let items = keys.entry((payload.stream, payload.partition_key)).or_default();
        items.push((number, streams.puts[put].span, Some(effect)));
    }
    if keys.is_empty() {
        return Verdict::unknown("puts whose records had an effect");
    }
    let mut pairs = turned_round(streams, &by_payload);
    for items in keys.values() {
        pairs.extend(overtaken_apart(items).into_iter().filter(|_| !mutated("key-order-across-reshard: any order")));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let line = |(first, second): (usize, usize)| {
        let key = |payload: usize| streams.keys.text(streams.payloads[payload].key);
        let at = |payload: usize| by_payload[payload].map_or(0, |moment| moment.at_ms);
        format!(
            "partition key `{}`: `{}` had its effect at {} ms, `{}`, which was put before it, at {} ms",
            streams.payloads[second].partition_key,
            key(second),
            at(second),
            key(first),
            at(first)
        )
    };
    Verdict::from_witness(pairs.into_iter().map(line).collect())
}

/// A payload, its put and its effect.
type Item = (usize, Span, Option<Span>);

/// When each payload of which there is one record had its first effect, or the work on it began.
fn by_payload(streams: &Streams<'_>, work: &Work) -> Vec<Option<Moment>> {
    let mut all = vec![None; streams.payloads.len()];
    for (record, stored) in streams.records.iter().enumerate() {
        let is_only =
            streams.payloads[stored.payload].records == 1 || mutated("key-order-across-reshard: copies count");
        all[stored.payload] = work.effect[record].or(work.begun[record]).filter(|_| is_only);
    }
    all
}

/// Entries of a batch that failed and had their effect after a later entry of the same key that was accepted.
fn turned_round(streams: &Streams<'_>, by_payload: &[Option<Moment>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for puts in streams.puts.chunk_by(|one, other| one.call == other.call) {
        if puts.len() == 1 || puts.iter().all(|put| put.outcome != Outcome::Refused) {
            continue;
        }
        // Of each key the entry that failed and had its effect last.
        let mut failed: IndexMap<(usize, &str), (Moment, usize), FxBuildHasher> = IndexMap::default();
        for put in puts {
            let payload = &streams.payloads[put.payload];
            let (key, Some(moment)) = ((payload.stream, payload.partition_key), by_payload[put.payload]) else {
                continue;
            };
            // A later attempt says nothing of the order.
            let is_first = payload.put.is_some_and(|first| streams.puts[first].call == put.call);
            if put.outcome == Outcome::Refused && is_first {
                let last = failed.entry(key).or_insert((moment, put.payload));
                *last = (*last).max((moment, put.payload));
            } else if let Some((_, first)) = failed.get(&key).filter(|(late, _)| is_first && *late > moment)
                && !mutated("key-order-across-reshard: retries may turn it round")
            {
                pairs.push((*first, put.payload));
            }
        }
    }
    pairs
}
