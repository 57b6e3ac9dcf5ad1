//! The built-in reference in a time that only the test moves, behind exchanges with a rule in them. Everything happens twice, to a client that
//! speaks JSON and, in a world of its own, to one that speaks the query protocol: both have to see the same.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use redeliver_chaos::plan::{Chance, Parameters, Pattern, Plan, PlannedRule, When};
use redeliver_chaos::{Break, Chaos, Cut, Do, Event, Exchange, Mode, Rule, rules};
use redeliver_core::{Answer, Caller, Calm, Config, Effect, Request as Call, Timestamp, World};
use serde_json::{Value as Json, json};

use crate::query;

/// A world with its clock, and the rule that acts on calls to it.
#[derive(Debug)]
pub(crate) struct Backend {
    world: World,
    now: Timestamp,
    start: Timestamp,
    chaos: Chaos,
    /// What speaks the query protocol.
    twin: Option<Box<Backend>>,
}

/// What the caller got.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Got {
    Result(Json),
    /// Name and status of an error.
    Error(String, u16),
    Broken(Break),
    /// A stream of events, and where it is cut.
    Stream(Option<Cut>),
}

impl Got {
    pub(crate) fn result(self) -> Json {
        match self {
            Self::Result(result) => result,
            other => panic!("{other:?} is no result"),
        }
    }

    pub(crate) fn error(name: &str, status: u16) -> Self {
        Self::Error(name.to_owned(), status)
    }
}

pub(crate) fn rule(name: &str) -> &'static dyn Rule {
    rules::by_name(name).unwrap()
}

/// A plan in which one rule always acts, on messages of one key or on all.
fn plan(name: &str, parameters: &Parameters, key: Option<&str>) -> Plan {
    let when = When { key: key.map(Pattern::new), ..When::default() };
    let planned = PlannedRule {
        rule: rule(name).known().name.to_owned(),
        when,
        chance: Chance::Probability(1.0),
        active: 1.0,
        parameters: parameters.clone(),
        preset: None,
    };
    Plan { rules: vec![planned], ..Plan::default() }
}

impl Backend {
    /// A backend before which a rule always acts.
    pub(crate) fn under(name: &str, parameters: &Parameters) -> Self {
        Self::on(name, parameters, None)
    }

    /// A backend before which a rule acts on messages of one key.
    pub(crate) fn on(name: &str, parameters: &Parameters, key: Option<&str>) -> Self {
        Self::of(&plan(name, parameters, key))
    }

    /// A backend before which the rules of a plan act.
    pub(crate) fn of(plan: &Plan) -> Self {
        let twin = Self::one(plan, None);
        Self::one(plan, Some(Box::new(twin)))
    }

    fn one(plan: &Plan, twin: Option<Box<Self>>) -> Self {
        let start = Timestamp(1_800_000_000_000);
        let world = World::new(Config { seed: 1, ..Config::default() });
        Self { world, now: start, start, chaos: Chaos::new(plan, 1, Mode::Draw), twin }
    }

    /// The request in the protocol that is spoken here.
    fn request(&self, operation: &str, input: &Json) -> Request<Bytes> {
        if self.twin.is_some() { request(operation, input) } else { query::request(operation, input) }
    }

    fn got(&self, operation: &str, response: &Response<Bytes>) -> Got {
        if self.twin.is_some() { got(response) } else { query::got(operation, response) }
    }

    /// Makes a queue; its URL.
    pub(crate) fn queue(&mut self, name: &str, attributes: &Json) -> String {
        let made = self.direct("CreateQueue", &json!({ "QueueName": name, "Attributes": attributes })).result();
        made["QueueUrl"].as_str().unwrap().to_owned()
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        self.now = Timestamp(self.now.0 + u64::try_from(time.as_millis()).unwrap());
        self.world.tick(self.now, &mut Calm);
        if let Some(twin) = &mut self.twin {
            twin.pass(time);
        }
    }

    /// Time since the start.
    pub(crate) fn passed(&self) -> Duration {
        self.now.since(self.start)
    }

    /// How many faults fired.
    pub(crate) fn fired(&self) -> usize {
        self.chaos.fired().faults.len()
    }

    /// Where they did.
    pub(crate) fn places(&self) -> Vec<String> {
        self.chaos.fired().faults.iter().map(|fault| fault.at.to_string()).collect()
    }

    /// A call that no rule sees.
    pub(crate) fn direct(&mut self, operation: &str, input: &Json) -> Got {
        let response = self.answer(&self.request(operation, input));
        let got = self.got(operation, &response);
        if let Some(twin) = &mut self.twin {
            query::same(&got, &twin.direct(operation, input));
        }
        got
    }

    /// A call that the rule sees.
    pub(crate) fn call(&mut self, operation: &str, input: &Json) -> Got {
        let twin = self.twin.as_mut().map(|twin| twin.exchange(operation, input));
        let got = self.exchange(operation, input);
        if let Some(twin) = twin {
            query::same(&got, &twin);
        }
        got
    }

    /// No more faults.
    pub(crate) fn heal(&mut self) {
        self.chaos.heal();
    }

    fn exchange(&mut self, operation: &str, input: &Json) -> Got {
        self.attempt(1, operation, input)
    }

    /// The so manieth attempt of an SDK at a call that the rule sees.
    pub(crate) fn attempt(&mut self, attempt: u32, operation: &str, input: &Json) -> Got {
        let mut request = self.request(operation, input);
        let header = format!("attempt={attempt}; max=3").parse().unwrap();
        request.headers_mut().insert("amz-sdk-request", header);
        let mut exchange = Exchange::new(request, "consumer");
        let mut event = Event::Start;
        loop {
            let passed = self.passed();
            event = match exchange.step(&mut self.chaos, passed, event) {
                Do::Forward(request) => Event::Reply(self.answer(&request)),
                Do::Extra(request) => {
                    let response = self.answer(&request);
                    assert!(response.status().is_success(), "an own call was refused: {response:?}");
                    Event::Done
                }
                Do::Wait(time) => {
                    self.now = Timestamp(self.now.0 + u64::try_from(time.as_millis()).unwrap());
                    self.world.tick(self.now, &mut Calm);
                    Event::Done
                }
                Do::Answer(response) => return self.got(operation, &response),
                Do::Break(broken) => return Got::Broken(broken),
            };
        }
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
            let outcome = match step.answer {
                Answer::Now(outcome) => outcome,
                Answer::Later(_) => self.wait(step.wake_at),
                Answer::Stream(_) => panic!("no rule subscribes to a shard"),
            };
            outcome.map_err(redeliver_wire::Error::Service)
        });
        redeliver_wire::encode(received.dialect, outcome, "id").map(Bytes::from)
    }

    /// Time passes until the one call that waits is answered.
    fn wait(&mut self, mut wake: Option<Timestamp>) -> redeliver_core::Outcome {
        loop {
            self.now = wake.unwrap();
            let step = self.world.tick(self.now, &mut Calm);
            let answered = step.effects.into_iter().find_map(|effect| match effect {
                Effect::Answer { outcome, .. } => Some(outcome),
                Effect::Deliver { .. } | Effect::Emit { .. } | Effect::Store { .. } => None,
            });
            if let Some(outcome) = answered {
                return outcome;
            }
            wake = step.wake_at;
        }
    }
}

fn request(operation: &str, input: &Json) -> Request<Bytes> {
    Request::post("http://localhost/")
        .header("x-amz-target", format!("AmazonSQS.{operation}"))
        .header("content-type", "application/x-amz-json-1.0")
        .body(Bytes::from(input.to_string()))
        .unwrap()
}

fn got(response: &Response<Bytes>) -> Got {
    let body: Json = serde_json::from_slice(response.body()).unwrap();
    if response.status().is_success() {
        return Got::Result(body);
    }
    let name = body["__type"].as_str().unwrap();
    Got::error(name.rsplit('#').next().unwrap(), response.status().as_u16())
}
