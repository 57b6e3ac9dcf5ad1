//! The spec file of a difference.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::compare::{Difference, Kind};
use super::flow::flow;
use super::guess::{features, guarantee};
use super::normal::Own;
use super::shrink::Shown;
use super::signature::{NEUTRAL, parameters, told};
use crate::exec::{Asked, Played};
use crate::observe::{Answer, Observation};

/// The longest name of a case.
const NAME_MAX: usize = 90;

/// A spec of one case whose last step expects what the reference was seen to do.
pub(super) struct Written<'a> {
    /// The smallest program with its difference.
    pub(super) shown: &'a Shown,
    /// What is expected: the answers to it.
    pub(super) expected: &'a Played,
    /// What of them is the run's own.
    pub(super) own: &'a Own,
    /// Whether lists are compared in their order.
    pub(super) ordered: bool,
    /// The two targets by name: the one that differs, and the other.
    pub(super) names: (&'a str, &'a str),
}

impl Written<'_> {
    /// The name of the case, and of its file.
    pub(super) fn name(&self) -> String {
        let Difference { operation, kind, .. } = &self.shown.difference;
        let last = &self.shown.program.calls[self.shown.difference.call];
        let mut words = vec![kebab(operation.name), kebab(&told(kind).replace("AWS.SimpleQueueService.", ""))];
        words.extend(self.shown.difference.place().split('/').map(kebab));
        let names = parameters(&last.with).into_iter().map(|(name, _)| name);
        for name in names.filter(|name| !NEUTRAL.contains(&name.trim_start_matches('/'))) {
            words.push(kebab(&name));
        }
        words.retain(|word| !word.is_empty());
        let name = words.join("-");
        name[..name.len().min(NAME_MAX)].trim_end_matches('-').to_owned()
    }

    /// The text of the file.
    pub(super) fn text(&self, name: &str, seed: u64) -> String {
        let Difference { operation, kind, .. } = &self.shown.difference;
        let place = self.shown.difference.place();
        let at = if place.is_empty() { String::new() } else { format!(" at {place}") };
        let service = operation.service.prefix();
        let (target, against) = self.names;
        let about = format!("{target} differs from {against} in {service}:{}: {}{at}.", operation.name, told(kind));
        let features: Vec<_> = features(&self.shown.program).iter().map(|feature| feature.as_str()).collect();
        let mut text = format!(
            "# Found by `redeliver fuzz --service {service} --first-seed {seed} --seeds 1`. What is expected here is what {against} did: look up \
             whether AWS does, then write\n# the evidence, a name that says what is so, and the level that the evidence bears.\n\
             spec: \"1.0\"\nabout: {}\nguarantee: {}\nrequires: [{}]\nlevel: observed\ncases:\n  - name: {name}\n    evidence:\n",
            flow(&json!(about)),
            guarantee(&self.shown.program).as_str(),
            features.join(", "),
        );
        let _ = writeln!(text, "      doc: {}", flow(&json!(page(service, operation.name))));
        text += "      silent: to be given evidence; nobody has looked yet whether AWS does this\n    steps:\n";
        let last = self.shown.difference.call;
        for (at, call) in self.shown.program.calls.iter().enumerate() {
            let answer = self.expected.answers.get(at).and_then(Option::as_ref);
            let expect = if at == last { self.expectation() } else { refused(answer) };
            step(&mut text, call, expect);
        }
        text
    }

    /// What the last step expects: its key and value; none for any success.
    fn expectation(&self) -> Option<(&'static str, Value)> {
        let Difference { kind, at, expected, call, .. } = &self.shown.difference;
        let answer = self.expected.answers.get(*call)?.as_ref()?;
        match (kind, &answer.answer) {
            (Kind::Accepted(_), _) => refused(Some(answer)),
            (Kind::OtherError(..), Answer::Refused(refusal)) => {
                Some(("error", json!({ "code": refusal.code, "status": refusal.status })))
            }
            (Kind::OtherName(..), Answer::Refused(refusal)) => {
                Some(("error", json!({ "code": refusal.code, "type": refusal.type_name })))
            }
            (Kind::Refused(_) | Kind::Unreadable, _) | (_, Answer::Refused(_)) => None,
            (kind, Answer::Success(output)) => {
                let whole = self.own.normal(output, self.ordered);
                let wanted = match kind {
                    Kind::Extra => json!({ "$absent": true }),
                    Kind::Length => json!({ "$len": expected.as_array().map_or(0, Vec::len) }),
                    _ => pattern(expected),
                };
                let parts: Vec<_> = at.split('/').skip(1).collect();
                Some(("ok", around(&parts, &whole, wanted)))
            }
        }
    }
}

/// The error of an answer that is one.
fn refused(answer: Option<&Observation>) -> Option<(&'static str, Value)> {
    match answer.map(|answer| &answer.answer) {
        Some(Answer::Refused(refusal)) => Some(("error", json!({ "code": refusal.code }))),
        _ => None,
    }
}

/// A pattern at the end of a pointer into a value.
fn around(parts: &[&str], whole: &Value, wanted: Value) -> Value {
    let Some((first, rest)) = parts.split_first() else { return wanted };
    let first = first.replace("~1", "/").replace("~0", "~");
    match whole {
        Value::Array(list) => {
            let below = first.parse().ok().and_then(|index: usize| list.get(index)).unwrap_or(&Value::Null);
            let inner = around(rest, below, wanted);
            if list.len() == 1 { json!([inner]) } else { json!({ "$includes": inner }) }
        }
        _ => json!({ first.as_str(): around(rest, whole.get(&first).unwrap_or(&Value::Null), wanted) }),
    }
}

/// The pattern that a value without what is the run's own matches.
fn pattern(value: &Value) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix("<url>") {
            Some(ending) => json!({ "$matches": format!("{}$", ending.replace('.', "\\.")) }),
            None => match text.strip_prefix('<').and_then(|text| text.strip_suffix('>')) {
                Some(form) => json!({ "$type": form }),
                None => value.clone(),
            },
        },
        Value::Array(list) => json!({ "$unordered": list.iter().map(pattern).collect::<Vec<_>>() }),
        Value::Object(map) if map.is_empty() => json!({ "$type": "map" }),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), pattern(value))).collect()),
        other => other.clone(),
    }
}

fn step(text: &mut String, call: &Asked, expect: Option<(&'static str, Value)>) {
    let _ = writeln!(text, "      - call: {}:{}", call.operation.service.prefix(), call.operation.name);
    if call.with.as_object().is_some_and(|with| !with.is_empty()) {
        let _ = writeln!(text, "        with: {}", flow(&call.with));
    }
    if let Some((pattern, patience)) = &call.until {
        let _ = writeln!(text, "        eventually: {}s\n        ok: {}", patience.as_secs(), flow(pattern));
    } else if let Some((key, value)) = expect {
        let _ = writeln!(text, "        {key}: {}", flow(&value));
    }
    if !call.save.is_empty() {
        let save: Value = call.save.iter().map(|(name, at)| (name.clone(), Value::from(at.as_str()))).collect();
        let _ = writeln!(text, "        save: {}", flow(&save));
    }
}

/// Where AWS documents an operation.
fn page(service: &str, operation: &str) -> String {
    let folder = match service {
        "sqs" => "AWSSimpleQueueService/latest/APIReference",
        "sns" => "sns/latest/api",
        _ => "kinesis/latest/APIReference",
    };
    format!("https://docs.aws.amazon.com/{folder}/API_{operation}.html")
}

/// Words in lower-hyphen.
fn kebab(text: &str) -> String {
    let mut name = String::new();
    let mut before = '-';
    for character in text.chars() {
        if character.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            name.push('-');
        }
        if character.is_ascii_alphanumeric() {
            name.push(character.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        before = character;
    }
    name.trim_end_matches('-').to_owned()
}
