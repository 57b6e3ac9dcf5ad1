//! One request and its answer, with the faults between them: a machine that says what to do and is told what came of it.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use redeliver_model::{Fields, Operation, Service, Value};

use crate::chaos::Hit;
use crate::edit::{list, messages, text, with};
use crate::reply::{Answer, Reply};
use crate::rule::{Act, Break, LeftOut, Stage, Turn};
use crate::running::End;
use crate::{Call, Chaos, alias, own};

/// What is to be done next.
#[derive(Debug)]
pub enum Do {
    /// Send this request to the backend and tell what it answers, as [`Event::Reply`]. What was changed is marked as [`Unsigned`](crate::Unsigned).
    Forward(Request<Bytes>),
    /// Send this request of chaos's own to the backend; whatever it answers is [`Event::Done`]. It is marked as
    /// [`Unsigned`](crate::Unsigned).
    Extra(Request<Bytes>),
    /// Let time pass, then [`Event::Done`].
    Wait(Duration),
    /// Give the caller this answer; that is the end.
    Answer(Response<Bytes>),
    /// Give the caller none; that is the end.
    Break(Break),
}

/// What came of it.
#[derive(Debug)]
pub enum Event {
    /// Nothing was done yet.
    Start,
    /// The backend's answer.
    Reply(Response<Bytes>),
    /// It is done.
    Done,
}

/// One request and its answer.
#[derive(Debug)]
pub struct Exchange {
    request: Request<Bytes>,
    call: Option<Call>,
    reply: Option<Reply>,
    left_out: LeftOut,
    hits: VecDeque<Hit>,
    /// What the fault that acts has still to do.
    acts: VecDeque<Act>,
    stage: Stage,
    has_begun: bool,
    is_again: bool,
    awaits: Option<Awaited>,
    /// The fault that acts.
    acting: Option<Hit>,
}

/// What an answer of the backend is that is none to the call.
#[derive(Debug)]
enum Awaited {
    /// More messages.
    More,
    /// What the fault that acts has asked for.
    Consulted(&'static Operation),
}

impl Exchange {
    /// An exchange that begins with this request of a consumer's or producer's client.
    pub fn new(request: Request<Bytes>, consumer: &str) -> Self {
        let call = Call::read(&request, consumer);
        Self {
            request,
            call,
            reply: None,
            left_out: LeftOut::default(),
            hits: VecDeque::new(),
            acts: VecDeque::new(),
            stage: Stage::Before,
            has_begun: false,
            is_again: false,
            awaits: None,
            acting: None,
        }
    }

    /// What to do next, `now` since the start of the run.
    pub fn step(&mut self, chaos: &mut Chaos, now: Duration, event: Event) -> Do {
        match event {
            Event::Start => self.start(chaos, now),
            Event::Reply(response) => self.answered(chaos, now, response),
            Event::Done if !self.has_begun => self.start(chaos, now),
            Event::Done => self.go_on(chaos, now),
        }
    }

    fn start(&mut self, chaos: &mut Chaos, now: Duration) -> Do {
        let Some(call) = &mut self.call else { return Do::Forward(self.request.clone()) };
        // Requests that were under way come first, one after the other.
        if let Some((operation, input)) = chaos.memory.running.arrive(now, call)
            && let Some(request) = own::request(&self.request, call, operation, &input)
        {
            return Do::Extra(request);
        }
        self.has_begun = true;
        call.spot =
            text(&call.input, "ShardIterator").and_then(|iterator| chaos.memory.streams.spot(iterator)).cloned();
        chaos.memory.numbers.shorten(call);
        chaos.memory.running.supersede(call);
        if let Some(end) = chaos.memory.running.end(call, now) {
            return ended(call, end);
        }
        if alias::resolve(call, &chaos.memory, &mut self.left_out) {
            return Do::Answer(alias::answer(call, &mut self.left_out));
        }
        // By the handles of the backend, as the rule saw them.
        if let Some(end) = chaos.memory.running.end_attempt(call) {
            return ended(call, end);
        }
        if let Some(answer) = call.spot.as_ref().and_then(|spot| spot.expired.clone()) {
            return Do::Answer(answer.into_response(call.operation, call.dialect));
        }
        if let Some(response) = copies(call, chaos, now) {
            return Do::Answer(response);
        }
        self.hits = chaos.decide(Stage::Before, call, None, now).into();
        self.go_on(chaos, now)
    }

    fn answered(&mut self, chaos: &mut Chaos, now: Duration, response: Response<Bytes>) -> Do {
        let Some(call) = &mut self.call else { return Do::Answer(response) };
        if std::mem::take(&mut self.is_again) {
            return self.forward();
        }
        let awaited = self.awaits.take();
        if let Some(Awaited::Consulted(operation)) = awaited {
            let said = Reply::said(response, operation, own::dialect(call));
            return self.told(chaos, now, said.as_ref());
        }
        let is_more = awaited.is_some();
        let dialect = if is_more { own::dialect(call) } else { call.dialect };
        let mut reply = Reply::read(response, call.operation, dialect);
        if let Some(output) = &reply.output
            && call.is("ReceiveMessage")
        {
            chaos.memory.learn(call.queue().unwrap_or_default(), messages(output), &chaos.plan().business_key.clone());
        }
        if is_more {
            if let (Some(first), Some(more)) = (&mut self.reply, reply.output) {
                first.add(messages(&more));
            }
            return self.go_on(chaos, now);
        }
        // What became due while a long poll waited in vain comes at its end.
        let is_empty = reply.output.as_ref().is_some_and(|output| messages(output).is_empty());
        if is_empty && let Some(response) = copies(call, chaos, now) {
            return Do::Answer(response);
        }
        alias::put_back(&mut reply, &mut self.left_out);
        self.stage = Stage::After;
        self.hits = chaos.decide(Stage::After, call, Some(&reply), now).into();
        self.reply = Some(reply);
        self.go_on(chaos, now)
    }

    /// Lets the faults that are left act, then sends the call or its answer on.
    fn go_on(&mut self, chaos: &mut Chaos, now: Duration) -> Do {
        loop {
            while let Some(act) = self.acts.pop_front() {
                if let Some(next) = self.carry_out(act) {
                    return next;
                }
            }
            let Some(hit) = self.hits.pop_front() else { break };
            let act = self.turn(&hit, chaos, now, |turn| hit.rule.act(turn));
            self.acts.push_back(act);
            self.acting = Some(hit);
        }
        match (self.stage, self.reply.take(), &self.call) {
            (Stage::After, Some(mut reply), Some(call)) => {
                if call.operation.service == Service::Kinesis {
                    chaos.memory.streams.settle(call, &mut reply, now);
                    chaos.memory.numbers.settle(call, &mut reply);
                }
                Do::Answer(reply.into_response(call.operation))
            }
            _ => self.forward(),
        }
    }

    /// Goes on with the fault that has asked the backend.
    fn told(&mut self, chaos: &mut Chaos, now: Duration, said: Option<&Value>) -> Do {
        if let Some(hit) = self.acting.take() {
            let act = self.turn(&hit, chaos, now, |turn| hit.rule.told(turn, said));
            self.acts.push_front(act);
            self.acting = Some(hit);
        }
        self.go_on(chaos, now)
    }

    fn turn(&mut self, hit: &Hit, chaos: &mut Chaos, now: Duration, act: impl FnOnce(&mut Turn<'_>) -> Act) -> Act {
        let Some(call) = &mut self.call else { return Act::Go };
        act(&mut Turn {
            call,
            reply: self.reply.as_mut(),
            entries: &hit.entries,
            parameters: &hit.parameters,
            now,
            memory: &mut chaos.memory,
            left_out: &mut self.left_out,
            random: hit.random.clone(),
        })
    }

    /// What an act asks for; `None` when the call goes on.
    fn carry_out(&mut self, act: Act) -> Option<Do> {
        let call = self.call.as_ref()?;
        match act {
            Act::Go => None,
            Act::Answer(answer) => Some(Do::Answer(answer.into_response(call.operation, call.dialect))),
            Act::Break(broken) => Some(Do::Break(broken)),
            Act::Wait(time) => Some(Do::Wait(time)),
            Act::Ask(operation, input) => own::request(&self.request, call, operation, &input).map(Do::Extra),
            Act::More(input) => {
                let request = own::request(&self.request, call, call.operation.name, &input)?;
                self.awaits = Some(Awaited::More);
                Some(Do::Forward(request))
            }
            Act::Consult(operation, input) => {
                let request = own::request(&self.request, call, operation, &input)?;
                self.awaits = call.operation.service.model().operation(operation).map(Awaited::Consulted);
                Some(Do::Forward(request))
            }
            Act::Each(acts) => {
                for act in acts.into_iter().rev() {
                    self.acts.push_front(act);
                }
                None
            }
            Act::Cut(cut) => {
                if let Some(reply) = &mut self.reply {
                    reply.cut(cut);
                }
                None
            }
            Act::Twice => {
                self.is_again = self.stage == Stage::Before;
                None
            }
        }
    }

    /// Sends the call, unless nothing is left of it.
    fn forward(&mut self) -> Do {
        let Some(call) = &mut self.call else { return Do::Forward(self.request.clone()) };
        let has_left_out = self.left_out != LeftOut::default();
        if has_left_out && call.is_batch() && list(&call.input, call.batch()).is_empty() {
            return Do::Answer(alias::answer(call, &mut self.left_out));
        }
        Do::Forward(own::changed(&self.request, call))
    }
}

/// What a call comes to that never reaches the backend.
fn ended(call: &Call, end: End) -> Do {
    match end {
        End::Answer(answer) => Do::Answer(answer.into_response(call.operation, call.dialect)),
        End::Break(broken) => Do::Break(broken),
    }
}

/// The copies that a receive is given instead of the backend's messages.
fn copies(call: &Call, chaos: &mut Chaos, now: Duration) -> Option<Response<Bytes>> {
    if !call.is("ReceiveMessage") {
        return None;
    }
    let queue = call.queue()?.to_owned();
    let most = match &call.input {
        Value::Structure(fields) => match Fields::get(fields, "MaxNumberOfMessages") {
            Some(Value::Integer(most)) => usize::try_from(*most).unwrap_or(1),
            _ => 1,
        },
        _ => 1,
    };
    let due = chaos.memory.take_due(&queue, now, most);
    if due.is_empty() {
        return None;
    }
    let mut output = Value::Structure(Fields::new());
    with(&mut output, "Messages", Some(Value::List(due)));
    Some(Answer::Output(output).into_response(call.operation, call.dialect))
}
