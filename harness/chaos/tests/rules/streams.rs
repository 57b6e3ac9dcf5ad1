//! A stream of the built-in reference behind exchanges with a rule in them. Everything happens twice, to a client that speaks JSON and, in a
//! world of its own, to one that speaks CBOR: both have to see the same.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use redeliver_chaos::plan::{Place, Plan, RuleBuilder};
use redeliver_chaos::{Chaos, Do, Event, Exchange, Mode, Schedule, rules};
use redeliver_core::{Answer, Caller, Calm, Config, Request as Call, Timestamp, World};
use redeliver_model::{Operation, Service};
use redeliver_wire::{Dialect, JsonVersion, cbor, event_stream, json};
use serde_json::{Value as Json, json};

use crate::backend::Got;

/// The name of the stream.
pub(crate) const STREAM: &str = "orders";
/// Its first shard.
pub(crate) const SHARD: &str = "shardId-000000000000";

/// A stream with its clients, and the rule that acts on their calls.
#[derive(Debug)]
pub(crate) struct Streams {
    clients: [Client; 2],
}

#[derive(Debug)]
struct Client {
    dialect: Dialect,
    world: World,
    now: Timestamp,
    start: Timestamp,
    chaos: Chaos,
}

impl Streams {
    /// A stream of so many shards, before which a rule always acts.
    pub(crate) fn under(rule: &str, shards: u32) -> Self {
        Self::with(&[RuleBuilder::new(rule).probability(1.0)], shards)
    }

    /// A stream of so many shards, before which rules act as they say.
    pub(crate) fn with(rules: &[RuleBuilder], shards: u32) -> Self {
        Self::of(rules, &Mode::Draw, shards)
    }

    /// A stream of so many shards, before which the faults of a schedule happen, which rules have made.
    pub(crate) fn replaying(schedule: &Schedule, rules: &[RuleBuilder], shards: u32) -> Self {
        Self::of(rules, &Mode::Replay(schedule.faults.clone()), shards)
    }

    fn of(rules: &[RuleBuilder], mode: &Mode, shards: u32) -> Self {
        let plan = rules.iter().cloned().fold(Plan::builder("Rules."), redeliver_chaos::plan::PlanBuilder::rule);
        let plan = plan.build(&rules::known(), Some(Place::InProcess)).unwrap();
        let client = |dialect| Client::new(dialect, Chaos::new(&plan, 1, mode.clone()));
        let mut streams = Self { clients: [Dialect::Json(JsonVersion::V1_1), Dialect::Cbor].map(client) };
        streams.direct("CreateStream", &json!({ "StreamName": STREAM, "ShardCount": shards })).result();
        streams.pass(Duration::from_mins(1));
        streams
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        self.clients.iter_mut().for_each(|client| client.pass(time));
    }

    /// Time since the start.
    pub(crate) fn passed(&self) -> Duration {
        self.clients[0].now.since(self.clients[0].start)
    }

    /// A call that no rule sees.
    pub(crate) fn direct(&mut self, operation: &str, input: &Json) -> Got {
        self.both(|client| client.direct(operation, input))
    }

    /// A call that the rule sees.
    pub(crate) fn call(&mut self, operation: &str, input: &Json) -> Got {
        self.attempt(1, operation, input)
    }

    /// The so manieth attempt of an SDK at a call that the rule sees.
    pub(crate) fn attempt(&mut self, attempt: u32, operation: &str, input: &Json) -> Got {
        self.both(|client| client.exchange(attempt, operation, input))
    }

    fn both(&mut self, asked: impl Fn(&mut Client) -> Got) -> Got {
        let [json, cbor] = self.clients.each_mut().map(asked);
        assert_eq!(json, cbor);
        json
    }

    /// The faults that fired.
    pub(crate) fn fired(&self) -> Schedule {
        let [json, cbor] = self.clients.each_ref().map(|client| client.chaos.fired());
        assert_eq!(json, cbor);
        json
    }

    /// No more faults.
    pub(crate) fn heal(&mut self) {
        self.clients.iter_mut().for_each(|client| client.chaos.heal());
    }

    /// Puts texts of these keys, in one call that the rule sees; the results.
    pub(crate) fn put(&mut self, records: &[(&str, &str)]) -> Got {
        let records: Vec<_> =
            records.iter().map(|(key, text)| json!({ "PartitionKey": key, "Data": base64(text) })).collect();
        self.call("PutRecords", &json!({ "StreamName": STREAM, "Records": records }))
    }

    /// An iterator at the start of a shard, which the rule sees asked for.
    pub(crate) fn iterator(&mut self, shard: &str) -> String {
        let input = json!({ "StreamName": STREAM, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON" });
        self.call("GetShardIterator", &input).result()["ShardIterator"].as_str().unwrap().to_owned()
    }

    /// The texts of all records of a shard, which no rule sees read.
    pub(crate) fn texts(&mut self, shard: &str) -> Vec<String> {
        self.blobs(shard).into_iter().map(|bytes| String::from_utf8(bytes).unwrap()).collect()
    }

    /// The bytes of all records of a shard, which no rule sees read.
    pub(crate) fn blobs(&mut self, shard: &str) -> Vec<Vec<u8>> {
        let input = json!({ "StreamName": STREAM, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON" });
        let iterator = self.direct("GetShardIterator", &input).result()["ShardIterator"].clone();
        blobs(&self.direct("GetRecords", &json!({ "ShardIterator": iterator })).result())
    }
}

fn blobs(read: &Json) -> Vec<Vec<u8>> {
    let bytes = |record: &Json| unbase64(record["Data"].as_str().unwrap());
    read["Records"].as_array().unwrap().iter().map(bytes).collect()
}

/// The texts of the records of a read.
pub(crate) fn texts(read: &Json) -> Vec<String> {
    blobs(read).into_iter().map(|bytes| String::from_utf8(bytes).unwrap()).collect()
}

/// The read that an answer leads to.
pub(crate) fn next(read: &Json) -> Json {
    json!({ "ShardIterator": read["NextShardIterator"] })
}

fn blob(text: &str) -> redeliver_model::Value {
    redeliver_model::Value::Blob(Bytes::copy_from_slice(text.as_bytes()))
}

/// As the JSON protocol has it: the codec says how.
fn base64(text: &str) -> String {
    let mut fields = redeliver_model::Fields::new();
    fields.push("Data", blob(text));
    let encoded: Json = serde_json::from_slice(&json::encode(redeliver_model::Value::Structure(fields))).unwrap();
    encoded["Data"].as_str().unwrap().to_owned()
}

fn unbase64(text: &str) -> Vec<u8> {
    let input = json!({ "StreamName": STREAM, "PartitionKey": "k", "Data": text }).to_string();
    let decoded = json::decode(operation("PutRecord").input, input.as_bytes()).unwrap();
    let redeliver_model::Value::Structure(fields) = decoded else { panic!("no structure") };
    let Some(redeliver_model::Value::Blob(bytes)) = fields.get("Data") else { panic!("no bytes") };
    bytes.to_vec()
}

/// The text behind `__type` in a document of CBOR.
fn error_type(body: &[u8]) -> String {
    let (name, at) = (b"__type", |at: usize| usize::from(body[at]));
    let end = body.windows(name.len()).position(|window| window == name).unwrap() + name.len();
    // Texts begin with their length: in their first byte, or in a second one.
    let (start, length) = if at(end) == 0x78 { (end + 2, at(end + 1)) } else { (end + 1, at(end) - 0x60) };
    String::from_utf8(body[start..start + length].to_vec()).unwrap()
}

fn operation(name: &str) -> &'static Operation {
    Service::Kinesis.model().operation(name).unwrap()
}

impl Client {
    fn new(dialect: Dialect, chaos: Chaos) -> Self {
        let start = Timestamp(1_800_000_000_000);
        let world = World::new(Config { seed: 1, ..Config::default() });
        Self { dialect, world, now: start, start, chaos }
    }

    fn pass(&mut self, time: Duration) {
        self.now = Timestamp(self.now.0 + u64::try_from(time.as_millis()).unwrap());
        self.world.tick(self.now, &mut Calm);
    }

    fn request(&self, attempt: u32, name: &str, input: &Json) -> Request<Bytes> {
        let text = input.to_string();
        let body = match self.dialect {
            Dialect::Cbor => cbor::encode(json::decode(operation(name).input, text.as_bytes()).unwrap()),
            _ => text.into_bytes(),
        };
        Request::post("http://localhost/")
            .header("x-amz-target", format!("Kinesis_20131202.{name}"))
            .header("content-type", self.dialect.content_type())
            .header("amz-sdk-request", format!("attempt={attempt}; max=3"))
            .body(Bytes::from(body))
            .unwrap()
    }

    fn direct(&mut self, name: &str, input: &Json) -> Got {
        let response = self.answer(&self.request(1, name, input));
        self.got(name, &response)
    }

    fn exchange(&mut self, attempt: u32, name: &str, input: &Json) -> Got {
        let mut exchange = Exchange::new(self.request(attempt, name, input), "consumer");
        let mut event = Event::Start;
        loop {
            let passed = self.now.since(self.start);
            event = match exchange.step(&mut self.chaos, passed, event) {
                Do::Forward(request) => Event::Reply(self.answer(&request)),
                Do::Extra(request) => {
                    let response = self.answer(&request);
                    assert!(response.status().is_success(), "an own call was refused: {response:?}");
                    Event::Done
                }
                Do::Wait(time) => {
                    self.pass(time);
                    Event::Done
                }
                Do::Answer(response) => return self.got(name, &response),
                Do::Break(broken) => return Got::Broken(broken),
            };
        }
    }

    fn got(&self, name: &str, response: &Response<Bytes>) -> Got {
        if response.headers()["content-type"] == event_stream::CONTENT_TYPE {
            return Got::Stream(response.extensions().get().copied());
        }
        assert_eq!(response.headers()["content-type"], self.dialect.content_type());
        let body = match self.dialect {
            Dialect::Cbor if response.status().is_success() => {
                json::encode(cbor::decode(operation(name).output, response.body()).unwrap())
            }
            Dialect::Cbor => return Got::error(&error_type(response.body()), response.status().as_u16()),
            _ => response.body().to_vec(),
        };
        let body: Json = serde_json::from_slice(if body.is_empty() { b"{}" } else { &body }).unwrap();
        if response.status().is_success() {
            return Got::Result(body);
        }
        Got::error(body["__type"].as_str().unwrap(), response.status().as_u16())
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Response<Bytes> {
        let (head, body) = request.clone().into_parts();
        let received = redeliver_wire::receive(&head, &body);
        let caller = Caller {
            account: "000000000000".into(),
            region: "us-east-1".into(),
            principal: "AIDAX0000XXXXXXXXXXXX".into(),
            endpoint: "http://localhost".into(),
        };
        let outcome = received.command.and_then(|command| {
            let step = self.world.apply(self.now, Call { caller, command, trace: None }, &mut Calm);
            match step.answer {
                Answer::Now(outcome) => outcome.map(Some).map_err(redeliver_wire::Error::Service),
                Answer::Stream(_) => Ok(None),
                Answer::Later(_) => panic!("no call waits here"),
            }
        });
        let outcome = match outcome {
            Ok(None) => return event_stream::response("id").map(|()| Bytes::new()),
            Ok(Some(reply)) => Ok(reply),
            Err(error) => Err(error),
        };
        redeliver_wire::encode(received.dialect, outcome, "id").map(Bytes::from)
    }
}
