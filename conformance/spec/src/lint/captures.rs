//! Variables are known where they are used, and captures are used where they are known.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::place::child;
use crate::problem::Findings;
use crate::template::{Part, TemplateFault, VARIABLES, parts};
use crate::words::nearest;
use crate::{
    Abandon, CallStep, DrainStep, ErrorPattern, Expect, Given, HttpStep, RequestsStep, Step, StepKind, WorkloadStep,
};

/// Checks the variables of a case. When steps could not be read, `complete` is false and what they may have saved or used is
/// not held against the others.
pub(crate) fn check(steps: &[Step], complete: bool, findings: &mut Findings) {
    let mut walk = Walk { complete, again: false, captures: IndexMap::new(), findings };
    let mut scope = Scope { known: IndexMap::new(), hidden: IndexMap::new(), repeats: 0 };
    walk.steps(steps, &mut scope);
    let unused: Vec<_> = walk.captures.into_iter().filter(|(_, capture)| !capture.used).collect();
    for (pointer, Capture { endpoint, .. }) in unused.into_iter().filter(|_| complete) {
        let (name, done) = match endpoint {
            Some(name) => (name, "opened"),
            None => (pointer.rsplit('/').next().unwrap_or_default().to_owned(), "saved"),
        };
        findings
            .key(
                &pointer,
                format!("`{name}` is {done} and never used"),
                format!("use `${{{name}}}` later, or leave it out"),
            )
            .label("never used");
    }
}

/// A capture, by the pointer of its `save` entry, or an endpoint, by that of the key `endpoint`.
#[derive(Default)]
struct Capture {
    used: bool,
    /// Name of the endpoint.
    endpoint: Option<String>,
}

/// What is known at a step.
#[derive(Clone)]
struct Scope {
    /// Name, and the pointer of the capture that it stands for.
    known: IndexMap<String, String>,
    /// Names that another branch of the same `parallel` saves.
    hidden: IndexMap<String, ()>,
    /// How many `repeat` are around.
    repeats: usize,
}

struct Walk<'a> {
    complete: bool,
    /// Whether a `repeat` is walked a second time, for what one turn leaves to the next.
    again: bool,
    captures: IndexMap<String, Capture>,
    findings: &'a mut Findings,
}

impl Walk<'_> {
    fn steps(&mut self, steps: &[Step], scope: &mut Scope) {
        for step in steps {
            let pointer = step.pointer.as_str();
            match &step.kind {
                StepKind::Wait(_) => {}
                StepKind::Call(call) => self.call(call, pointer, scope),
                StepKind::Drain(drain) => self.drain(drain, pointer, scope),
                StepKind::Workload(workload) => self.workload(workload, pointer, scope),
                StepKind::StreamWorkload(workload) => {
                    self.text(&workload.stream, &format!("{pointer}/workload/stream"), scope);
                }
                StepKind::Raw(raw) => self.exchange(raw, pointer, scope),
                StepKind::Given(given) => {
                    let what = match given.what {
                        Given::Key => "key",
                        Given::Phone => "phone",
                    };
                    self.text(&given.name, &format!("{pointer}/given/{what}"), scope);
                }
                StepKind::Endpoint(endpoint) => self.endpoint(&endpoint.name, pointer, scope),
                StepKind::Requests(requests) => self.requests(requests, pointer, scope),
                StepKind::Parallel(branches) => self.parallel(branches, scope),
                StepKind::Repeat { steps, .. } => self.repeat(steps, scope),
            }
        }
    }

    fn repeat(&mut self, steps: &[Step], scope: &mut Scope) {
        scope.repeats += 1;
        self.steps(steps, scope);
        let outer = std::mem::replace(&mut self.again, true);
        self.steps(steps, scope);
        self.again = outer;
        scope.repeats -= 1;
    }

    fn parallel(&mut self, branches: &[Vec<Step>], scope: &mut Scope) {
        let saved: Vec<_> = branches.iter().map(|steps| saves(steps)).collect();
        let mut after = scope.clone();
        let mut by_branch: IndexMap<String, (usize, String)> = IndexMap::new();
        for (index, steps) in branches.iter().enumerate() {
            let mut inner = scope.clone();
            for (other, names) in saved.iter().enumerate() {
                let hidden = names.iter().filter(|_| other != index).map(|(name, _)| (name.clone(), ()));
                inner.hidden.extend(hidden);
            }
            self.steps(steps, &mut inner);
            for (name, pointer) in &saved[index] {
                match by_branch.get(name) {
                    Some((other, first)) if *other != index && !self.again => {
                        // Which of the two is used cannot be told, so neither is called unused.
                        for pointer in [first, pointer] {
                            self.captures.entry(pointer.clone()).or_default().used = true;
                        }
                        self.findings
                            .key(
                                pointer,
                                format!("two branches save `{name}`"),
                                "give each branch a name of its own: which one would be kept is left to chance",
                            )
                            .label("saved again")
                            .also(first, "saved here");
                    }
                    _ => drop(by_branch.insert(name.clone(), (index, pointer.clone()))),
                }
            }
            let saved = inner.known.into_iter().filter(|(name, pointer)| scope.known.get(name) != Some(pointer));
            after.known.extend(saved);
        }
        scope.known = after.known;
    }

    fn call(&mut self, call: &CallStep, pointer: &str, scope: &mut Scope) {
        self.value(&call.with, &format!("{pointer}/with"), scope);
        match &call.expect {
            Expect::Success => {}
            Expect::Ok(pattern) => self.value(pattern, &format!("{pointer}/ok"), scope),
            Expect::Error(error) => self.error(error, &format!("{pointer}/error"), scope),
        }
        self.save(&call.save, pointer, scope);
    }

    fn error(&mut self, error: &ErrorPattern, pointer: &str, scope: &Scope) {
        self.text(&error.code, &format!("{pointer}/code"), scope);
        if let Some(name) = &error.type_name {
            self.text(name, &format!("{pointer}/type"), scope);
        }
        if let Some(message) = &error.message {
            self.value(message, &format!("{pointer}/message"), scope);
        }
        for (index, alternative) in error.or.iter().enumerate() {
            self.error(alternative, &format!("{pointer}/or/{index}"), scope);
        }
    }

    fn drain(&mut self, drain: &DrainStep, pointer: &str, scope: &mut Scope) {
        self.text(&drain.queue, &format!("{pointer}/drain"), scope);
        self.value(&drain.with, &format!("{pointer}/with"), scope);
        if let Some(pattern) = &drain.ok {
            self.value(pattern, &format!("{pointer}/ok"), scope);
        }
        self.save(&drain.save, pointer, scope);
    }

    fn workload(&mut self, workload: &WorkloadStep, pointer: &str, scope: &Scope) {
        let pointer = format!("{pointer}/workload");
        self.text(&workload.queue, &format!("{pointer}/queue"), scope);
        if let Some(url) = &workload.dead_letter {
            self.text(url, &format!("{pointer}/dead-letter"), scope);
        }
        if let Some(Abandon::Body(regex)) = &workload.consume.abandon {
            self.text(regex, &format!("{pointer}/consume/abandon/body"), scope);
        }
    }

    fn exchange(&mut self, raw: &HttpStep, pointer: &str, scope: &mut Scope) {
        let below = format!("{pointer}/raw");
        self.text(&raw.path, &format!("{below}/path"), scope);
        for (name, value) in [("query", &raw.query), ("body", &raw.body)] {
            if let Some(value) = value {
                self.value(value, &format!("{below}/{name}"), scope);
            }
        }
        self.entries(&raw.headers, &format!("{below}/headers"), scope);
        self.entries(&raw.answer, &format!("{pointer}/answer"), scope);
        self.save(&raw.save, pointer, scope);
    }

    /// Opens an endpoint, or changes what one answers.
    fn endpoint(&mut self, name: &str, pointer: &str, scope: &mut Scope) {
        let pointer = format!("{pointer}/endpoint");
        if self.use_endpoint(name, scope) {
            return;
        }
        if (VARIABLES.contains(&name) || scope.known.contains_key(name)) && !self.again {
            self.findings
                .key(&pointer, format!("`{name}` is a variable already"), "give the endpoint another name")
                .label("taken");
        }
        scope.known.insert(name.to_owned(), pointer.clone());
        let endpoint = Some(name.to_owned());
        self.captures.entry(pointer).or_insert(Capture { used: false, endpoint });
    }

    fn requests(&mut self, requests: &RequestsStep, pointer: &str, scope: &mut Scope) {
        let name = &requests.name;
        if !self.use_endpoint(name, scope) && self.complete && !self.again {
            let remedy = format!("open it before with a step `endpoint: {name}`");
            self.findings
                .value(&format!("{pointer}/requests"), format!("there is no endpoint `{name}`"), remedy)
                .label("not known here");
        }
        if let Some(pattern) = &requests.ok {
            self.value(pattern, &format!("{pointer}/ok"), scope);
        }
        self.save(&requests.save, pointer, scope);
    }

    /// Notes that an endpoint is used; false where there is none of this name.
    fn use_endpoint(&mut self, name: &str, scope: &Scope) -> bool {
        let capture = scope.known.get(name).and_then(|pointer| self.captures.get_mut(pointer));
        let endpoint = capture.filter(|capture| capture.endpoint.is_some());
        endpoint.map(|endpoint| endpoint.used = true).is_some()
    }

    fn save(&mut self, saved: &IndexMap<String, String>, pointer: &str, scope: &mut Scope) {
        for name in saved.keys() {
            let pointer = child(&format!("{pointer}/save"), name);
            if VARIABLES.contains(&name.as_str()) && !self.again {
                self.findings
                    .key(&pointer, format!("`{name}` is always there and cannot be saved"), "save it by another name")
                    .label("taken");
            }
            scope.known.insert(name.clone(), pointer.clone());
            self.captures.entry(pointer).or_default();
        }
    }

    fn value(&mut self, value: &Value, pointer: &str, scope: &Scope) {
        match value {
            Value::String(text) => self.text(text, pointer, scope),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &child(pointer, &index.to_string()), scope);
                }
            }
            Value::Object(map) => self.entries(map, pointer, scope),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn entries(&mut self, map: &Map<String, Value>, pointer: &str, scope: &Scope) {
        for (key, item) in map {
            let below = child(pointer, key);
            if key.contains("${") && !self.again {
                self.findings
                    .key(&below, "variables are replaced in values, not in keys", "write the key out")
                    .label("stays as it is");
            }
            self.value(item, &below, scope);
        }
    }

    fn text(&mut self, text: &str, pointer: &str, scope: &Scope) {
        let parts = match parts(text) {
            Ok(parts) => parts,
            Err(fault) => return self.fault(&fault, pointer),
        };
        for part in parts {
            if let Part::Variable(name) = part {
                self.used(name, pointer, scope);
            }
        }
    }

    fn used(&mut self, name: &str, pointer: &str, scope: &Scope) {
        if let Some(capture) = scope.known.get(name).and_then(|pointer| self.captures.get_mut(pointer)) {
            capture.used = true;
            return;
        }
        if name == "index" && scope.repeats == 0 && !self.again {
            self.findings
                .value(pointer, "`${index}` is known only inside a `repeat`", "put the step into a `repeat`")
                .label("no repeat around");
            return;
        }
        if VARIABLES.contains(&name) || !self.complete {
            return;
        }
        if scope.hidden.contains_key(name) && !self.again {
            let remedy = "use it behind the `parallel`, or move the saving step in front of it";
            self.findings
                .value(pointer, format!("`{name}` is saved by another branch that runs at the same time"), remedy)
                .label("not known here");
            return;
        }
        let known = scope.known.keys().map(String::as_str).chain(VARIABLES.into_iter().filter(|name| *name != "index"));
        let nearest = nearest(name, known).map(str::to_owned);
        self.fault(&TemplateFault::Unknown { name: name.to_owned(), nearest }, pointer);
    }

    fn fault(&mut self, fault: &TemplateFault, pointer: &str) {
        if self.again {
            return;
        }
        let label = if matches!(fault, TemplateFault::Unknown { .. }) { "not known here" } else { "no variable" };
        self.findings.value(pointer, fault.message(), fault.remedy()).label(label);
    }
}

/// Everything that steps save, with the pointer of each entry.
fn saves(steps: &[Step]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for step in steps {
        match &step.kind {
            StepKind::Call(call) => found.extend(entries(&call.save, &step.pointer)),
            StepKind::Drain(drain) => found.extend(entries(&drain.save, &step.pointer)),
            StepKind::Raw(raw) => found.extend(entries(&raw.save, &step.pointer)),
            StepKind::Requests(requests) => found.extend(entries(&requests.save, &step.pointer)),
            StepKind::Parallel(branches) => found.extend(branches.iter().flat_map(|steps| saves(steps))),
            StepKind::Repeat { steps, .. } => found.extend(saves(steps)),
            StepKind::Wait(_)
            | StepKind::Workload(_)
            | StepKind::StreamWorkload(_)
            | StepKind::Endpoint(_)
            | StepKind::Given(_) => {}
        }
    }
    found
}

fn entries(saved: &IndexMap<String, String>, pointer: &str) -> Vec<(String, String)> {
    saved.keys().map(|name| (name.clone(), child(&format!("{pointer}/save"), name))).collect()
}
