//! Whether a case of the specs says so already.

use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redeliver_model::{Operation, Service};
use redeliver_spec::{Case, Expect, Step, StepKind, Suite};
use serde_json::Value;

use super::compare::{Difference, Kind};
use super::program::Program;
use super::shrink::Shown;
use super::signature::parameters;
use crate::exec::{Cancel, run_case};
use crate::finding::Finding;
use crate::known::KnownList;
use crate::target::Target;

/// Cases that wait longer are not run for this.
const WAIT_MAX: Duration = Duration::from_secs(1);

/// A case that is still not at its end then says nothing: long polls take their time.
const RUN_MAX: Duration = Duration::from_secs(3);

/// Parameters that a call has whatever it is about.
const NEUTRAL: &[&str] = &[
    "/QueueUrl",
    "/QueueName",
    "/MessageBody",
    "/MaxNumberOfMessages",
    "/WaitTimeSeconds",
    "/ReceiptHandle",
    "/Attributes/FifoQueue",
    "/Entries/*/Id",
    "/Entries/*/MessageBody",
    "/Entries/*/ReceiptHandle",
    "/TopicArn",
    "/Name",
    "/Message",
    "/StreamName",
    "/ShardCount",
    "/Data",
    "/PartitionKey",
];

/// Codes that say so little that the parameters have to be the same, too.
const GENERAL: &[&str] = &[
    "InvalidParameterValue",
    "InvalidAttributeValue",
    "InvalidAttributeName",
    "MissingParameter",
    "InvalidParameter",
    "ValidationError",
    "ValidationException",
    "InvalidArgumentException",
];

/// Maps whose keys are for the caller to choose.
const NAMED: &[&str] = &["MessageAttributes", "Tags", "tags"];

/// One expectation of a case.
struct Claim<'a> {
    case: &'a Case,
    step: &'a str,
    operation: &'static str,
    with: Vec<String>,
    expect: Option<&'a Expect>,
    ok: Option<&'a Value>,
}

/// How a case ended on the target.
#[derive(Debug, Clone)]
enum Run {
    /// At this place in its file, for what stood at these places in the answer.
    Failed(String, Vec<String>),
    /// As it should.
    Held,
    /// Not at all, or not soon enough.
    Unknown,
}

/// What the cases of the specs state.
pub(super) struct Stated<'a> {
    target: &'a Target,
    service: Service,
    claims: Vec<Claim<'a>>,
    known: KnownList,
    /// How cases ended on the target, by id.
    runs: Mutex<BTreeMap<String, Run>>,
}

impl<'a> Stated<'a> {
    /// The claims of all cases that the target can run.
    pub(super) fn new(suite: &'a Suite, service: Service, target: &'a Target) -> Self {
        let mut claims = Vec::new();
        for case in suite.cases().filter(|case| target.lacks(case).is_none()) {
            collect(case, &case.steps, service, &mut claims);
        }
        // A manifest whose patterns are none was refused when the target was opened.
        let known = KnownList::new(&target.manifest().known).unwrap_or_default();
        Self { target, service, claims, known, runs: Mutex::default() }
    }

    /// The case that states a difference: it allows what was seen as well, or it expects of the same operation, with the same parameters, what the target does not do, and
    /// fails there for that.
    pub(super) fn by(&self, shown: &Shown, cancel: &Cancel) -> Option<String> {
        let difference = &shown.difference;
        let with = essential(&shown.program.calls[difference.call].with);
        let fits = |claim: &&Claim<'_>| {
            claim.operation == difference.operation.name || matches!(difference.kind, Kind::OtherName(..))
        };
        let mut candidates: Vec<_> =
            self.claims.iter().filter(fits).filter(|claim| states(claim, difference, &with)).collect();
        if let Some(claim) = self.claims.iter().filter(fits).find(|claim| allows(claim, &difference.kind)) {
            return Some(claim.case.id.clone());
        }
        // Where a manifest says which cases fail, the others pass: there is one with this operation in nearly every case, and each takes a while.
        if !self.target.manifest().known.is_empty() {
            candidates.retain(|claim| self.known.find(&claim.case.id).is_some());
        }
        let states = |claim: &&&Claim<'_>| self.fails(claim, difference, &shown.program, cancel);
        candidates.iter().find(states).map(|claim| claim.case.id.clone())
    }

    fn fails(&self, claim: &Claim<'_>, difference: &Difference, program: &Program, cancel: &Cancel) -> bool {
        // Where messages are and how many there are hangs on all that came before.
        let is_of_state = difference.at.starts_with("/Messages") && difference.place().matches('/').count() <= 1
            || difference.at.contains("/ApproximateNumber");
        if is_of_state && operations(&claim.case.steps, self.service) != program_operations(program) {
            return false;
        }
        let is_known = || self.known.find(&claim.case.id).is_some();
        if claim.case.longest_wait() > WAIT_MAX || self.target.manifest().harm_of(&claim.case.id).is_some() {
            return is_known();
        }
        let (pointer, places) = match self.run(claim.case, cancel) {
            Run::Failed(pointer, places) => (pointer, places),
            Run::Held => return false,
            Run::Unknown => return is_known(),
        };
        let is_at_step = pointer == claim.step || pointer.starts_with(&format!("{}/", claim.step));
        match difference.kind {
            Kind::Missing | Kind::Extra | Kind::Value | Kind::Length => {
                let place = bare(&difference.at);
                is_at_step && places.iter().any(|at| place.starts_with(&bare(at)) || bare(at).starts_with(&place))
            }
            _ => is_at_step,
        }
    }

    /// How a case ends on the target.
    fn run(&self, case: &Case, cancel: &Cancel) -> Run {
        // Held meanwhile: a case that is run twice at the same time meets itself on the target.
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        let run = runs.entry(case.id.clone()).or_insert_with(|| match run_within(self.target, case, cancel) {
            Finding::Broken(failure) => {
                Run::Failed(failure.pointer, failure.differences.into_iter().map(|found| found.at).collect())
            }
            Finding::Held => Run::Held,
            _ => Run::Unknown,
        });
        run.clone()
    }
}

/// Runs a case, but not for longer than is good.
fn run_within(target: &Target, case: &Case, cancel: &Cancel) -> Finding {
    let (ended, watch) = channel::<()>();
    let late = Cancel::new();
    let clock = late.clone();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Nothing is ever sent: it is over when the other end is gone.
            if watch.recv_timeout(RUN_MAX) == Err(RecvTimeoutError::Timeout) {
                clock.cancel();
            }
        });
        let finding = if cancel.is_cancelled() { Finding::Held } else { run_case(target, case, &late).finding };
        drop(ended);
        finding
    })
}

fn collect<'a>(case: &'a Case, steps: &'a [Step], service: Service, claims: &mut Vec<Claim<'a>>) {
    for step in steps {
        let at = step.pointer.as_str();
        match &step.kind {
            StepKind::Call(call) if call.service == service => {
                let ok = match &call.expect {
                    Expect::Ok(pattern) => Some(pattern),
                    Expect::Success | Expect::Error(_) => None,
                };
                let with = essential(&call.with);
                claims.push(Claim {
                    case,
                    step: at,
                    operation: call.operation.name,
                    with,
                    expect: Some(&call.expect),
                    ok,
                });
            }
            StepKind::Drain(drain) if service == Service::Sqs => {
                let with = essential(&drain.with);
                claims.push(Claim {
                    case,
                    step: at,
                    operation: "ReceiveMessage",
                    with,
                    expect: None,
                    ok: drain.ok.as_ref(),
                });
            }
            StepKind::Parallel(branches) => branches.iter().for_each(|steps| collect(case, steps, service, claims)),
            StepKind::Repeat { steps, .. } => collect(case, steps, service, claims),
            _ => {}
        }
    }
}

/// Whether a claim is about the same as a difference.
fn states(claim: &Claim<'_>, difference: &Difference, with: &[String]) -> bool {
    match (&difference.kind, claim.expect) {
        (Kind::Accepted(code) | Kind::OtherError(code, _), Some(Expect::Error(error))) => {
            let code = code.split(' ').next().unwrap_or_default();
            let is_same = error.code == code || error.or.iter().any(|or| or.code == code);
            is_same && (claim.with == with || !GENERAL.contains(&error.code.as_str()))
        }
        (Kind::OtherName(name, _), Some(Expect::Error(error))) => error.type_name.as_ref() == Some(name),
        (Kind::Refused(_) | Kind::Unreadable, Some(Expect::Success | Expect::Ok(_))) => claim.with == with,
        (Kind::Missing | Kind::Extra | Kind::Value | Kind::Length, _) => {
            claim.ok.is_some_and(|pattern| touches(pattern, &bare(&difference.at)))
        }
        _ => false,
    }
}

/// Whether a claim has what was seen as an error that may come as well.
fn allows(claim: &Claim<'_>, kind: &Kind) -> bool {
    let (Kind::OtherError(expected, seen), Some(Expect::Error(error))) = (kind, claim.expect) else { return false };
    // The status stands behind a code that is the same on both sides.
    let parts = |told: &str| {
        let (code, status) = told.split_once(' ').unwrap_or((told, ""));
        (code.to_owned(), status.parse::<u16>().ok())
    };
    let ((code, _), (other, status)) = (parts(expected), parts(seen));
    error.code == code
        && error
            .or
            .iter()
            .any(|or| or.code == other && (or.status.is_none() || status.is_none() || or.status == status))
}

/// A pointer without list elements and operators.
fn bare(at: &str) -> String {
    let kept =
        at.split('/').skip(1).filter(|part| !part.starts_with('$') && !part.bytes().all(|byte| byte.is_ascii_digit()));
    kept.fold(String::new(), |path, part| path + "/" + part)
}

/// Whether a pattern says something at a bare pointer.
fn touches(pattern: &Value, place: &str) -> bool {
    match pattern {
        Value::Object(map) if map.keys().any(|key| key.starts_with('$')) => {
            place.is_empty() || map.values().any(|below| touches(below, place)) || map.contains_key("$exact")
        }
        Value::Object(map) => {
            let Some(rest) = place.strip_prefix('/') else { return true };
            let (key, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            map.get(key).is_some_and(|below| touches(below, rest))
        }
        Value::Array(list) => place.is_empty() || list.iter().any(|below| touches(below, place)),
        _ => place.is_empty(),
    }
}

/// Names of the parameters that a call is about.
fn essential(with: &Value) -> Vec<String> {
    let mut names: Vec<_> = parameters(&with_inner(with)).into_iter().map(|(name, _)| chosen(&name)).collect();
    names.retain(|name| !NEUTRAL.contains(&name.as_str()));
    names.sort();
    names.dedup();
    names
}

/// Parameters with what is written as JSON in place.
fn with_inner(value: &Value) -> Value {
    match value {
        Value::Object(map) => match map.get("$json") {
            Some(inner) => with_inner(inner),
            None => Value::Object(map.iter().map(|(key, value)| (key.clone(), with_inner(value))).collect()),
        },
        Value::Array(list) => Value::Array(list.iter().map(with_inner).collect()),
        other => other.clone(),
    }
}

/// A name whose keys that the caller chose are `*`.
fn chosen(name: &str) -> String {
    let mut path = String::new();
    let mut is_chosen = false;
    for part in name.split('/').skip(1) {
        path += if is_chosen { "/*" } else { "/" };
        path += if is_chosen { "" } else { part };
        is_chosen = NAMED.contains(&part);
    }
    path
}

/// Names of the operations that a case calls, each once.
fn operations(steps: &[Step], service: Service) -> Vec<&'static str> {
    let mut found = Vec::new();
    walk(steps, service, &mut found);
    sorted(found)
}

fn walk(steps: &[Step], service: Service, found: &mut Vec<&'static str>) {
    for step in steps {
        match &step.kind {
            StepKind::Call(call) if call.service == service => found.push(call.operation.name),
            StepKind::Drain(_) => found.push("ReceiveMessage"),
            StepKind::Parallel(branches) => branches.iter().for_each(|steps| walk(steps, service, found)),
            StepKind::Repeat { steps, .. } => walk(steps, service, found),
            _ => {}
        }
    }
}

fn program_operations(program: &Program) -> Vec<&'static str> {
    sorted(
        program
            .calls
            .iter()
            .map(|call| -> &'static Operation { call.operation })
            .map(|operation| operation.name)
            .collect(),
    )
}

fn sorted(mut names: Vec<&'static str>) -> Vec<&'static str> {
    names.sort_unstable();
    names.dedup();
    names
}
