//! Reads, read off calls: iterators, their chains, and subscriptions.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde_json::Value;

use super::names::stream_of;
use super::{Got, Number, Position, Read, Streams, lineage};
use crate::mutation::mutated;
use crate::traffic::{Call, Outcome, Part, Span, Traffic, field, text};

/// Where an iterator stands.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    shard: usize,
    position: Position<'a>,
    fresh: bool,
}

/// Iterators by their texts, and subscriptions that go on.
#[derive(Debug, Default)]
pub(super) struct Iterators<'a> {
    places: HashMap<&'a str, Place<'a>, FxBuildHasher>,
    /// By process and consumer, shard.
    subscriptions: HashMap<(u32, &'a str, &'a str), Place<'a>, FxBuildHasher>,
}

/// What an answer, or an event of a subscription, is about.
#[derive(Clone, Copy)]
struct Answer<'a> {
    span: Span,
    process: u32,
    output: &'a Value,
}

impl<'a> Iterators<'a> {
    /// Takes in a call that makes an iterator, or reads.
    pub(super) fn read(
        &mut self,
        streams: &mut Streams<'a>,
        traffic: &Traffic<'a>,
        call: &Call<'a>,
        (operation, name): (&str, Option<&'a str>),
    ) {
        let Some(output) = call.output.filter(|_| call.outcome == Outcome::Done) else { return };
        let answer = Answer { span: call.span, process: call.process, output };
        match operation {
            "GetShardIterator" => {
                let Some(name) = name else { return };
                let stream = streams.names.number(name);
                let shard = streams.shard(stream, text(call.input, "ShardId"), call.span.end);
                let kind = text(call.input, "ShardIteratorType");
                let position = position(kind, text(call.input, "StartingSequenceNumber"), call.span);
                self.places.insert(text(output, "ShardIterator"), Place { shard, position, fresh: true });
            }
            "GetRecords" => {
                // Quotes around an iterator count for nothing.
                let iterator = text(call.input, "ShardIterator").trim_matches('"');
                let Some(place) = self.places.get(iterator).copied() else { return };
                let next = field(output, "NextShardIterator").and_then(Value::as_str);
                let position = add(streams, traffic, place, answer, next.is_none());
                if let Some(next) = next {
                    self.places.insert(next, Place { position, fresh: false, ..place });
                }
            }
            "SubscribeToShard" => {
                let Some(mut place) = self.subscribe(streams, call) else { return };
                for event in field(output, "EventStream").and_then(Value::as_array).into_iter().flatten() {
                    place = go_on(streams, traffic, place, Answer { output: event, ..answer });
                }
            }
            _ => {}
        }
    }

    /// Where a subscription begins.
    fn subscribe(&mut self, streams: &mut Streams<'a>, call: &Call<'a>) -> Option<Place<'a>> {
        let (who, shard_id) = (text(call.input, "ConsumerARN"), text(call.input, "ShardId"));
        let stream = streams.names.number(stream_of(call.input)?);
        let shard = streams.shard(stream, shard_id, call.span.end);
        let from = field(call.input, "StartingPosition")?;
        let position = position(text(from, "Type"), text(from, "SequenceNumber"), call.span);
        let place = Place { shard, position, fresh: true };
        self.subscriptions.insert((call.process, who, shard_id), place);
        Some(place)
    }
}

/// Takes in an event of a subscription that came by itself.
pub(super) fn part<'a>(
    streams: &mut Streams<'a>,
    traffic: &Traffic<'a>,
    iterators: &mut Iterators<'a>,
    part: &Part<'a>,
) {
    let id = (part.process, text(part.input, "ConsumerARN"), text(part.input, "ShardId"));
    if let Some(place) = iterators.subscriptions.get(&id).copied().filter(|_| part.name == "kinesis:SubscribeToShard") {
        let answer = Answer { span: part.span, process: part.process, output: part.output };
        iterators.subscriptions.insert(id, go_on(streams, traffic, place, answer));
    }
}

/// An event of a subscription; gives where it is then.
fn go_on<'a>(streams: &mut Streams<'a>, traffic: &Traffic<'a>, place: Place<'a>, answer: Answer<'a>) -> Place<'a> {
    let Some(event) = field(answer.output, "SubscribeToShardEvent") else { return place };
    let is_over = field(event, "ContinuationSequenceNumber").and_then(Value::as_str).is_none_or(str::is_empty);
    let position = add(streams, traffic, place, Answer { output: event, ..answer }, is_over);
    Place { position, fresh: false, ..place }
}

/// Where an iterator of this kind stands.
fn position<'a>(kind: &str, number: &'a str, span: Span) -> Position<'a> {
    match (kind, Number::of(number)) {
        ("TRIM_HORIZON", _) => Position::Horizon,
        ("LATEST", _) => Position::Latest(span),
        ("AT_SEQUENCE_NUMBER", Some(number)) => Position::At(number),
        ("AFTER_SEQUENCE_NUMBER", Some(number)) => Position::After(number),
        _ => Position::Unknown,
    }
}

/// Adds what came; gives where the reader is then.
fn add<'a>(
    streams: &mut Streams<'a>,
    traffic: &Traffic<'a>,
    place: Place<'a>,
    answer: Answer<'a>,
    is_over: bool,
) -> Position<'a> {
    let Answer { span, process, output } = answer;
    let (this, first) = (streams.reads.len(), streams.got.len());
    let stream = streams.shards[place.shard].stream;
    let mut after = place.position;
    let (mut records, mut children, mut behind_ms) = (None, None, None);
    for (name, value) in output.as_object().into_iter().flatten() {
        match name.as_str() {
            "Records" => records = value.as_array(),
            "ChildShards" => children = Some(value),
            "MillisBehindLatest" => behind_ms = value.as_u64(),
            _ => {}
        }
    }
    for record in records.into_iter().flatten() {
        let Some(number) = Number::of(text(record, "SequenceNumber")) else { continue };
        let payload = streams.payload(traffic, stream, record);
        let record = streams.record(place.shard, number, payload);
        let got = streams.got.len();
        let stored = &mut streams.records[record];
        stored.got.get_or_insert(got);
        if process != 0 {
            stored.seen.get_or_insert(got);
        }
        after = Position::After(number);
        streams.got.push(Got { read: this, record, payload });
    }
    if let Some(children) = children {
        lineage::of_list(streams, stream, children, span.end);
    }
    let at_tip = is_over || behind_ms == Some(0) || mutated("reads: every answer is the last");
    let got = first..streams.got.len();
    let Place { shard, position: from, fresh } = place;
    streams.reads.push(Read { span, process, shard, from, fresh, after, got, at_tip });
    after
}
