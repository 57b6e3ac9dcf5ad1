//! What chaos remembers of streams: what iterators stand for, which shards readers know of, and who has
//! subscribed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::{Fields, Value};

use crate::edit::{list, text, with};
use crate::memory::forget_oldest;
use crate::{Answer, Call, Reply};

/// What chaos remembers of streams.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    iterators: IndexMap<String, Spot>,
    /// Stream and shard of shards that were listed to somebody.
    listed: BTreeSet<(String, String)>,
    /// Those that are not listed until then.
    hidden: BTreeMap<(String, String), Duration>,
    /// Consumers and shards to which they have subscribed.
    subscribed: BTreeSet<(String, String)>,
    /// How often faults have changed the shards of a stream.
    reshards: BTreeMap<String, u32>,
}

/// What an iterator stands for.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    /// Name of the stream.
    pub(crate) stream: String,
    /// Id of the shard.
    pub(crate) shard: String,
    /// The members that name the stream in calls.
    named: Vec<(&'static str, Value)>,
    /// What reads with it get, when a fault has ended its five minutes.
    pub(crate) expired: Option<Answer>,
}

impl Streams {
    /// What an iterator stands for.
    pub(crate) fn spot(&self, iterator: &str) -> Option<&Spot> {
        self.iterators.get(iterator)
    }

    /// Ends the five minutes of an iterator; nothing brings them back.
    pub(crate) fn expire(&mut self, iterator: &str, answer: Answer) {
        if let Some(spot) = self.iterators.get_mut(iterator) {
            spot.expired = Some(answer);
        }
    }

    /// Whether shards of a listing are new to all readers.
    pub(crate) fn has_new_children(&self, stream: &str, output: &Value) -> bool {
        shards(output).iter().any(|shard| self.is_new_child(stream, shard))
    }

    fn is_new_child(&self, stream: &str, shard: &Value) -> bool {
        let listed = |id: &str| self.listed.contains(&(stream.to_owned(), id.to_owned()));
        let id = text(shard, "ShardId").filter(|_| text(shard, "ParentShardId").is_some());
        id.is_some_and(|id| !listed(id) && !self.hidden.contains_key(&(stream.to_owned(), id.to_owned())))
    }

    /// Hides the shards of a listing that are new to all readers.
    pub(crate) fn hide_new_children(&mut self, stream: &str, output: &Value, until: Duration) {
        let new: Vec<_> = shards(output).iter().filter(|shard| self.is_new_child(stream, shard)).collect();
        for id in new.into_iter().filter_map(|shard| text(shard, "ShardId")) {
            self.hidden.insert((stream.to_owned(), id.to_owned()), until);
        }
    }

    /// The shards of a listing that are closed, and whose children are in it, too.
    pub(crate) fn spent(&self, stream: &str, output: &Value) -> Vec<String> {
        let parents: Vec<_> = shards(output).iter().flat_map(parents).collect();
        let closed = shards(output).iter().filter(|shard| is_closed(shard));
        let spent = closed.filter_map(|shard| text(shard, "ShardId")).filter(|id| parents.contains(id));
        spent.filter(|id| !self.is_hidden(stream, id, Duration::ZERO)).map(str::to_owned).collect()
    }

    /// Hides a shard from now on.
    pub(crate) fn hide(&mut self, stream: &str, shard: String) {
        self.hidden.insert((stream.to_owned(), shard), Duration::MAX);
    }

    fn is_hidden(&self, stream: &str, shard: &str, now: Duration) -> bool {
        let until = self.hidden.get(&(stream.to_owned(), shard.to_owned()));
        until.is_some_and(|until| now < *until)
    }

    /// Takes the shards that are hidden out of a listing. True when there were some.
    fn filter(&self, stream: &str, output: &mut Value, now: Duration) -> bool {
        let gone = |shard: &Value| text(shard, "ShardId").is_some_and(|id| self.is_hidden(stream, id, now));
        let (gone, mut kept): (Vec<Value>, Vec<Value>) = shards(output).iter().cloned().partition(gone);
        if gone.is_empty() {
            return false;
        }
        // Whoever does not see the children sees their parents as they were before.
        let parents: Vec<_> = gone.iter().flat_map(parents).collect();
        for shard in kept.iter_mut().filter(|shard| text(shard, "ShardId").is_some_and(|id| parents.contains(&id))) {
            reopen(shard);
        }
        put_shards(output, kept);
        true
    }

    /// Takes out of an answer what is hidden, and remembers what it tells its reader.
    pub(crate) fn settle(&mut self, call: &Call, reply: &mut Reply, now: Duration) {
        if call.operation.name == "SubscribeToShard" && reply.is_success() {
            self.subscribed.extend(subscriber(call));
        }
        let Some(output) = &mut reply.output else { return };
        if ["ListShards", "DescribeStream"].contains(&call.operation.name)
            && let Some(stream) = call.queue()
        {
            reply.changed |= self.filter(stream, output, now);
        }
        self.learn(call, output);
    }

    fn learn(&mut self, call: &Call, output: &Value) {
        let Some(stream) = call.queue() else { return };
        match call.operation.name {
            "GetShardIterator" => {
                let (Some(iterator), Some(shard)) = (text(output, "ShardIterator"), text(&call.input, "ShardId"))
                else {
                    return;
                };
                let (stream, shard) = (stream.to_owned(), shard.to_owned());
                let spot = Spot { stream, shard, named: named(&call.input), expired: None };
                self.put(iterator, spot);
            }
            "GetRecords" => {
                if let (Some(next), Some(spot)) = (text(output, "NextShardIterator"), &call.spot) {
                    self.put(next, Spot { expired: None, ..spot.clone() });
                }
            }
            "ListShards" | "DescribeStream" => {
                let ids = shards(output).iter().filter_map(|shard| text(shard, "ShardId"));
                self.listed.extend(ids.map(|id| (stream.to_owned(), id.to_owned())));
            }
            _ => {}
        }
    }

    /// Whether the same consumer has subscribed to the same shard before.
    pub(crate) fn has_subscribed(&self, call: &Call) -> bool {
        subscriber(call).is_some_and(|subscriber| self.subscribed.contains(&subscriber))
    }

    /// Whether anybody has subscribed to a shard of the stream.
    pub(crate) fn has_subscribers(&self, stream: &str) -> bool {
        let of_stream = format!("stream/{stream}/");
        self.subscribed.iter().any(|(consumer, _)| consumer.contains(&of_stream))
    }

    /// How often faults have changed the shards of a stream.
    pub(crate) fn reshards(&self, stream: &str) -> u32 {
        self.reshards.get(stream).copied().unwrap_or_default()
    }

    /// Counts a change of the shards of a stream.
    pub(crate) fn reshard(&mut self, stream: &str) {
        *self.reshards.entry(stream.to_owned()).or_default() += 1;
    }

    /// Lists again what is only late.
    pub(crate) fn heal(&mut self) {
        self.hidden.retain(|_, until| *until == Duration::MAX);
    }

    fn put(&mut self, iterator: &str, spot: Spot) {
        self.iterators.insert(iterator.to_owned(), spot);
        forget_oldest(&mut self.iterators);
    }
}

/// Who subscribes to which shard.
fn subscriber(call: &Call) -> Option<(String, String)> {
    Some((text(&call.input, "ConsumerARN")?.to_owned(), text(&call.input, "ShardId")?.to_owned()))
}

/// The members that name a stream in calls.
pub(crate) fn named(input: &Value) -> Vec<(&'static str, Value)> {
    let member = |name: &'static str| Some((name, Value::String(text(input, name)?.to_owned())));
    ["StreamName", "StreamARN"].into_iter().filter_map(member).collect()
}

impl Call {
    /// The parameters of a call of chaos's own about the same stream, and these beside them.
    pub(crate) fn about_the_stream(&self, members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
        let named = self.spot.as_ref().map_or_else(|| named(&self.input), |spot| spot.named.clone());
        let mut input = Fields::new();
        named.into_iter().chain(members).for_each(|(name, value)| input.push(name, value));
        Value::Structure(input)
    }
}

/// The shards of a listing.
pub(crate) fn shards(output: &Value) -> &[Value] {
    match description(output) {
        Some(description) => list(description, "Shards"),
        None => list(output, "Shards"),
    }
}

/// The parents of a shard.
pub(crate) fn parents(shard: &Value) -> impl Iterator<Item = &str> {
    ["ParentShardId", "AdjacentParentShardId"].into_iter().filter_map(|name| text(shard, name))
}

/// Whether a shard takes no more records.
pub(crate) fn is_closed(shard: &Value) -> bool {
    let Value::Structure(fields) = shard else { return false };
    fields.get("SequenceNumberRange").is_some_and(|range| text(range, "EndingSequenceNumber").is_some())
}

fn description(output: &Value) -> Option<&Value> {
    match output {
        Value::Structure(fields) => fields.get("StreamDescription"),
        _ => None,
    }
}

fn put_shards(output: &mut Value, shards: Vec<Value>) {
    match description(output).cloned() {
        Some(mut inner) => {
            with(&mut inner, "Shards", Some(Value::List(shards)));
            with(output, "StreamDescription", Some(inner));
        }
        None => with(output, "Shards", Some(Value::List(shards))),
    }
}

fn reopen(shard: &mut Value) {
    let Value::Structure(fields) = &*shard else { return };
    let Some(mut range) = fields.get("SequenceNumberRange").cloned() else { return };
    with(&mut range, "EndingSequenceNumber", None);
    with(shard, "SequenceNumberRange", Some(range));
}
