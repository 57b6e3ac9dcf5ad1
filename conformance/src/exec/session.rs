//! Every call of a case goes through its session, into the history.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use redeliver::{Harness, Timestamp};
use redeliver_check::{Record, What};
use redeliver_model::Service;
use redeliver_spec::Caller;
use serde_json::Value;
use tokio::time::Instant;

use super::created::{Created, Thing, raw_creation};
use super::hook::Endpoints;
use super::steer::Steering;
use super::stop::Stop;
use super::tape::{self, Tape};
use super::world::World;
use crate::aws::Rules;
use crate::client::NoReply;
use crate::client::raw::{RawAnswer, RawRequest};
use crate::observe::{Answer, Observation};
use crate::recording::{Exchange, Outcome};
use crate::target::{Target, Tolerance, is_of_the_protocol};

/// How often a call is sent that AWS refuses because calls come too often.
const TRIES_MAX: u32 = 8;
const SECOND: Duration = Duration::from_secs(1);

/// One case while it runs.
pub(super) struct Session<'a> {
    target: &'a Target,
    /// Whether an empty list counts as left out.
    empty_is_none: bool,
    world: World,
    /// Id of the case.
    case: String,
    /// `${unique}` of the case.
    unique: String,
    /// Seed of the case.
    seed: u64,
    start: Instant,
    /// When the case began by the clock of the reference.
    begin: Timestamp,
    history: RefCell<Vec<Record>>,
    created: RefCell<Created>,
    processes: Cell<u32>,
    tape: Tape,
}

impl<'a> Session<'a> {
    /// Starts its clock.
    pub(super) fn new(target: &'a Target, id: &str, world: World, unique: String, seed: u64) -> Self {
        let begin = world.harness.as_ref().map_or(Timestamp(0), |harness| harness.clock().now());
        Self {
            target,
            empty_is_none: target.tolerates(Tolerance::EmptyLists, id),
            world,
            case: id.to_owned(),
            unique,
            seed,
            start: Instant::now(),
            begin,
            history: RefCell::default(),
            created: RefCell::default(),
            processes: Cell::new(0),
            tape: Tape::Off,
        }
    }

    /// The same, with its calls taken down or answered from a recording.
    pub(super) fn with(self, tape: Tape) -> Self {
        Self { tape, ..self }
    }

    /// Whether an empty list counts as left out.
    pub(super) fn empty_is_none(&self) -> bool {
        self.empty_is_none
    }

    /// Calls an operation as one of the processes of the case, with all that belongs to it: history, events, what was created.
    pub(super) async fn call(
        &self,
        process: u32,
        service: Service,
        operation: &'static str,
        input: &Value,
    ) -> Result<Observation, Stop> {
        self.call_as(None, process, service, operation, input).await
    }

    /// Calls an operation in the name of someone else.
    pub(super) async fn call_as(
        &self,
        caller: Option<Caller>,
        process: u32,
        service: Service,
        operation: &'static str,
        input: &Value,
    ) -> Result<Observation, Stop> {
        let Some(rules) = self.target.rules() else {
            return self.send_as(caller, process, service, operation, (input, input)).await;
        };
        if let Some(reason) = rules.refuse(caller, service, operation, input) {
            return Err(Stop::Refused(reason));
        }
        let tagged = rules.tagged(&self.case, service, operation, input);
        let mut tries = 0;
        loop {
            self.rest(rules.turn(service, operation)).await;
            let seen = self.send_as(caller, process, service, operation, (input, &tagged)).await?;
            tries += 1;
            if tries < TRIES_MAX && Rules::may_come_again(service, operation, &seen) {
                self.tape.forget_last(process);
                self.rest(SECOND * tries).await;
                continue;
            }
            if matches!(seen.answer, Answer::Success(_)) {
                self.rest(rules.settling(service, operation)).await;
            }
            return Ok(seen);
        }
    }

    async fn rest(&self, duration: Duration) {
        if !duration.is_zero() {
            self.pause(duration).await;
        }
    }

    /// Sends `input`, which is `written` by the case, perhaps with tags of the run.
    async fn send_as(
        &self,
        caller: Option<Caller>,
        process: u32,
        service: Service,
        operation: &'static str,
        (written, input): (&Value, &Value),
    ) -> Result<Observation, Stop> {
        let call = name_of(service, operation);
        self.meet(service, &call)?;
        self.created.borrow_mut().sent(caller, service, operation, input, &self.unique);
        self.push(process, What::Invoke { call: call.clone(), input: input.clone() });
        let mut open = Open { session: self, process, call: Some(call) };
        let begin = Instant::now();
        let result = match self.tape.replay() {
            Some(replay) => {
                let answer = replay.answer(process, caller, open.name(), written).await;
                answer.map_err(NoReply::Unfit).and_then(tape::observed)
            }
            None => self.send(caller, service, operation, input).await,
        };
        let result = result.map(|mut seen| {
            if self.target.rules().is_some() {
                Rules::hide_tags(service, operation, &mut seen);
            }
            seen
        });
        self.tape.take_down(begin, || {
            let outcome = tape::outcome(&result, |seen| Outcome::Observed(seen.clone()));
            taken(process, caller, open.name(), written, outcome)
        });
        self.tell_events();
        let call = open.call.take().unwrap_or_default();
        match result {
            Ok(observation) => {
                let foreign = (!is_of_the_protocol(&observation)).then(|| call.clone());
                self.note(process, (caller, service, operation), call, input, &observation);
                match foreign.and_then(|call| Some((call, self.estranged(service)?))) {
                    Some((call, gone)) => Err(target_gone(format!("`{call}` got no answer of the service: {gone}"))),
                    None => Ok(observation),
                }
            }
            Err(problem) => Err(self.unanswered(process, call, problem).await),
        }
    }

    async fn send(
        &self,
        caller: Option<Caller>,
        service: Service,
        operation: &str,
        input: &Value,
    ) -> Result<Observation, NoReply> {
        let _in_flight = self.world.steering.as_ref().map(Steering::call);
        match caller {
            None => self.world.client.call(service, operation, input).await,
            Some(caller) => self.world.client.of(caller).call(service, operation, input).await,
        }
    }

    /// Sends a raw request as one of the processes of the case, with all that belongs to it.
    pub(super) async fn exchange(
        &self,
        process: u32,
        (service, call): (Service, &str),
        input: &Value,
        request: &RawRequest,
    ) -> Result<RawAnswer, Stop> {
        self.meet(service, call)?;
        let creation = raw_creation(service, input);
        if let Some(rules) = self.target.rules()
            && let Some(reason) = rules.refuse_raw(service, input, creation.as_ref(), &self.unique)
        {
            return Err(Stop::Refused(reason));
        }
        if let Some((operation, input)) = creation {
            self.created.borrow_mut().sent(None, service, operation, &input, &self.unique);
        }
        self.push(process, What::Invoke { call: call.to_owned(), input: input.clone() });
        let mut open = Open { session: self, process, call: Some(call.to_owned()) };
        let begin = Instant::now();
        let result = if let Some(replay) = self.tape.replay() {
            let answer = replay.answer(process, None, open.name(), input).await;
            answer.map_err(NoReply::Unfit).and_then(tape::answered)
        } else {
            let _in_flight = self.world.steering.as_ref().map(Steering::call);
            self.world.raw.send(request).await
        };
        self.tape.take_down(begin, || {
            let outcome = tape::outcome(&result, |answer| Outcome::Raw(answer.status(), answer.value().clone()));
            taken(process, None, open.name(), input, outcome)
        });
        self.tell_events();
        let call = open.call.take().unwrap_or_default();
        match result {
            Ok(answer) => {
                self.push(process, ended(call, &answer));
                Ok(answer)
            }
            Err(problem) => Err(self.unanswered(process, call, problem).await),
        }
    }

    fn note(
        &self,
        process: u32,
        (caller, service, operation): (Option<Caller>, Service, &str),
        call: String,
        input: &Value,
        observation: &Observation,
    ) {
        match &observation.answer {
            Answer::Refused(refusal) if observation.is_server_failure() => {
                let reason = format!("status {} {}", refusal.status, refusal.code).trim_end().to_owned();
                self.push(process, What::Info { call, reason });
            }
            Answer::Success(output) => {
                self.created.borrow_mut().succeeded(caller, service, operation, input, output);
                self.push(process, What::Ok { call, output: output.clone() });
            }
            Answer::Refused(refusal) => {
                self.created.borrow_mut().refused(caller, service, operation, input);
                let message = refusal.message.clone().unwrap_or_default();
                self.push(process, What::Fail { call, code: refusal.code.clone(), message });
            }
        }
    }

    async fn unanswered(&self, process: u32, call: String, problem: NoReply) -> Stop {
        let reason = match &problem {
            NoReply::Unfit(_) => format!("`{call}` {problem}"),
            NoReply::Lost(_) | NoReply::NotSent(_) => format!("`{call}` was {problem}"),
        };
        self.push(process, What::Info { call: call.clone(), reason: problem.to_string() });
        match problem {
            NoReply::NotSent(_) | NoReply::Unfit(_) => Stop::could_not_run(reason),
            NoReply::Lost(lost) => match self.gone().await {
                Some(gone) => target_gone(format!("`{call}` got no reply: {gone}")),
                None => Stop::could_not_run(format!("`{call}` got no reply: {lost}")),
            },
        }
    }

    /// Fails when there is nobody who speaks as this service does.
    fn meet(&self, service: Service, call: &str) -> Result<(), Stop> {
        let stranger = self.target.stranger(service);
        stranger.map_or(Ok(()), |reason| Err(Stop::could_not_run(format!("`{call}` was not sent: {reason}"))))
    }

    /// Why the service is not what it was before the first case, if so. Looking takes real time, which may not pass here.
    fn estranged(&self, service: Service) -> Option<String> {
        std::thread::scope(|scope| scope.spawn(|| self.target.estranged(service)).join().unwrap_or_default())
    }

    /// Why the target is gone, if it is.
    async fn gone(&self) -> Option<String> {
        match self.world.steering {
            // Looking takes real time, which does not pass here.
            Some(_) => std::thread::scope(|scope| {
                let looked = scope.spawn(|| self.target.check().err().map(|gone| gone.to_string())).join();
                looked.unwrap_or_default()
            }),
            None => self.target.gone().await,
        }
    }

    fn push(&self, process: u32, what: What) {
        self.history.borrow_mut().push(Record { at_ms: self.now_ms(), process, what });
    }

    /// Takes over what the reference tells.
    pub(super) fn tell_events(&self) {
        let Some(harness) = &self.world.harness else { return };
        let events = harness.events();
        self.history.borrow_mut().extend(events.iter().map(|event| Record::told(event, self.begin)));
    }

    /// Lets time pass: virtual on the reference, real elsewhere.
    pub(super) async fn pause(&self, duration: Duration) {
        match &self.world.steering {
            Some(steering) => steering.pause(duration).await,
            None => tokio::time::sleep(duration).await,
        }
        self.tell_events();
    }

    /// Lets time pass where that has to be done; comes back with a reason when it can't be any more.
    pub(super) async fn steer(&self) -> String {
        match &self.world.steering {
            Some(steering) => steering.drive().await,
            None => std::future::pending().await,
        }
    }

    /// The pauses between tries: the first, and the longest.
    pub(super) fn pace(&self) -> (Duration, Duration) {
        self.world.pace
    }

    /// How long the case has been running.
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// A number for one more process.
    pub(super) fn new_process(&self) -> u32 {
        self.processes.set(self.processes.get() + 1);
        self.processes.get()
    }

    /// The reference; `None` for a remote target.
    pub(super) fn harness(&self) -> Option<&Harness> {
        self.world.harness.as_ref()
    }

    /// The target.
    pub(super) fn target(&self) -> &Target {
        self.target
    }

    /// HTTP endpoints beside the runner.
    pub(super) fn endpoints(&self) -> &Endpoints {
        &self.world.endpoints
    }

    /// `${unique}` of the case.
    pub(super) fn unique(&self) -> &str {
        &self.unique
    }

    /// Seed of the case.
    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// How many records the history has.
    pub(super) fn recorded(&self) -> usize {
        self.history.borrow().len()
    }

    /// The history from this record on.
    pub(super) fn history_from(&self, first: usize) -> Vec<Record> {
        self.history.borrow()[first..].to_vec()
    }

    /// What is left to delete, newest first.
    pub(super) fn take_created(&self) -> Vec<Thing> {
        self.created.borrow_mut().take()
    }

    /// The tape, with what was taken down.
    pub(super) fn tape(&self) -> &Tape {
        &self.tape
    }

    /// The whole history.
    pub(super) fn into_history(self) -> Vec<Record> {
        self.history.into_inner()
    }
}

/// The target cannot be reached any more.
fn target_gone(reason: String) -> Stop {
    Stop::CouldNotRun { reason, unreachable: true }
}

/// How a raw request ended; what a server that failed did before is not known.
fn ended(call: String, answer: &RawAnswer) -> What {
    match answer.status() {
        200..300 => What::Ok { call, output: answer.value().clone() },
        status @ 500.. => What::Info { call, reason: format!("status {status}") },
        _ => {
            let (code, message) = answer.error();
            What::Fail { call, code, message }
        }
    }
}

fn taken(process: u32, caller: Option<Caller>, call: &str, input: &Value, outcome: Outcome) -> Exchange {
    Exchange { process, caller, call: call.to_owned(), input: input.clone(), took_ms: 0, outcome }
}

/// Service prefix and operation.
pub(super) fn name_of(service: Service, operation: &str) -> String {
    format!("{}:{operation}", service.prefix())
}

/// A call that is in the air. When it is dropped there, because the case was cancelled or a branch beside it failed, the history says so.
struct Open<'a, 'b> {
    session: &'a Session<'b>,
    process: u32,
    call: Option<String>,
}

impl Open<'_, '_> {
    fn name(&self) -> &str {
        self.call.as_deref().unwrap_or_default()
    }
}

impl Drop for Open<'_, '_> {
    fn drop(&mut self) {
        if let Some(call) = self.call.take() {
            self.session.push(self.process, What::Info { call, reason: "given up".to_owned() });
        }
    }
}
