//! Records that belong to no call, as moments.

use redeliver_check::{HandlerState, Record, What};
use serde_json::Value;

use crate::story::read::call::text;
use crate::story::read::lease::LeaseEnd;
use crate::story::read::{Kind, Moment, Reading};
use crate::story::words::{cut, foreign, moment};

/// Longest value of an effect, in characters.
const VALUE_MAX: usize = 32;

/// From how many milliseconds on a reply is late.
const LATE_MS: u64 = 1_000;

/// A record that is neither part of a call nor a fault.
pub(super) fn tell(index: usize, record: &Record, reading: &Reading) -> Option<Moment> {
    let find = |id: &str| reading.messages.find(id);
    let name =
        |message: Option<usize>| message.map_or("a message", |message| reading.messages.get(message).name.as_str());
    let (kind, message, text, trouble) = match &record.what {
        What::Effect { key, value, message } => {
            (Kind::Effect, message.as_deref().and_then(find), effect(key, value), false)
        }
        What::Handler { state, message, reason, .. } => {
            let message = find(message);
            let (text, trouble) = handler(*state, name(message), reason.as_deref());
            (Kind::Handler, message, text, trouble)
        }
        What::Crash { reason } => (Kind::Life, None, format!("CRASH: {}", foreign(reason)), true),
        What::Restart => (Kind::Life, None, "starts anew".to_owned(), false),
        What::Shutdown => (Kind::Life, None, "is told to stop".to_owned(), false),
        What::Event { name: event_name, detail, .. } => {
            let message = text(detail, "message").and_then(find);
            let (text, trouble) = event(event_name, name(message), detail)?;
            (Kind::Event, message, text, trouble)
        }
        _ => return None,
    };
    let own = match &record.what {
        What::Effect { key, .. } => Some(key.clone()),
        What::Handler { key, .. } => key.clone(),
        _ => None,
    };
    let key = own.or_else(|| reading.messages.get(message?).key.clone());
    let process = (kind != Kind::Event).then_some(record.process);
    Some(Moment {
        at_ms: record.at_ms,
        record: index,
        process,
        kind,
        message,
        key,
        text,
        faults: Vec::new(),
        trouble,
        futile: false,
    })
}

fn effect(key: &str, value: &Value) -> String {
    let shown = match value {
        Value::Null => return format!("effect for {}", foreign(key)),
        Value::String(text) => cut(text, VALUE_MAX),
        other => cut(&other.to_string(), VALUE_MAX),
    };
    format!("effect for {}: {shown}", foreign(key))
}

fn handler(state: HandlerState, name: &str, reason: Option<&str>) -> (String, bool) {
    match (state, reason) {
        (HandlerState::Start, _) => (format!("start {name}"), false),
        (HandlerState::End, _) => (format!("end {name}"), false),
        (HandlerState::Error, None) => (format!("give up {name}"), true),
        (HandlerState::Error, Some(reason)) => (format!("give up {name}: {}", foreign(reason)), true),
    }
}

/// What happens inside the backend and is not told by a call already.
fn event(event: &str, name: &str, detail: &Value) -> Option<(String, bool)> {
    let to = target(detail).unwrap_or_default();
    match event {
        "deduplicated" => Some((format!("drops another send of {name}"), true)),
        "expired" => Some((format!("retention of {name} ends"), true)),
        "dead-lettered" => Some((format!("dead-letters {name}{to}"), true)),
        "moved" => Some((format!("moves {name}{to}"), false)),
        "purged" => Some(("is purged".to_owned(), true)),
        _ => None,
    }
}

/// ` to` the queue that a message went to.
fn target(detail: &Value) -> Option<String> {
    let arn = text(detail, "to")?;
    Some(format!(" to {}", foreign(arn.rsplit(':').next().unwrap_or(arn))))
}

/// A fault that belongs to no call.
pub(super) fn fault(index: usize, record: &Record) -> Option<Moment> {
    let What::Fault { rule, id, call, key, detail, .. } = &record.what else { return None };
    let at = call.as_deref().map(|call| format!(" at {}", foreign(call))).unwrap_or_default();
    let more = match detail {
        Value::Null => String::new(),
        Value::Object(members) => members.iter().filter(|(name, _)| *name != "queue").map(member).collect(),
        other => format!(" {}", foreign(&other.to_string())),
    };
    Some(Moment {
        at_ms: record.at_ms,
        record: index,
        process: Some(record.process),
        kind: Kind::Fault,
        message: None,
        key: key.clone(),
        text: format!("FAULT {}{at}{more}", fault_name(rule, id)),
        faults: vec![fault_name(rule, id)],
        trouble: true,
        futile: false,
    })
}

/// ` for 45s`.
fn member((name, value): (&String, &Value)) -> String {
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!(" {} {}", foreign(name), foreign(&value))
}

/// `lost-reply (S24)`.
pub(super) fn fault_name(rule: &str, id: &str) -> String {
    if id.is_empty() { foreign(rule) } else { format!("{} ({})", foreign(rule), foreign(id)) }
}

/// Leases that ran out, and those that nobody knows of.
pub(super) fn lease_ends(reading: &Reading) -> Vec<Moment> {
    let mut moments = Vec::new();
    for lease in &reading.leases {
        let message = reading.messages.get(lease.message);
        let mut add = |at_ms, record, kind, text| {
            let (key, faults) = (message.key.clone(), Vec::new());
            let message = Some(lease.message);
            moments.push(Moment {
                at_ms,
                record,
                process: None,
                kind,
                message,
                key,
                text,
                faults,
                trouble: true,
                futile: false,
            });
        };
        let hidden = || format!("hides {} until {}", message.name, moment(lease.until_ms));
        match lease.process {
            None => add(
                lease.from_ms,
                lease.record,
                Kind::Lost,
                format!("{} for a receiver that does not learn of it", hidden()),
            ),
            Some(process) if lease.late_ms >= LATE_MS => {
                let who = reading.roles.name(process);
                add(lease.from_ms, lease.record, Kind::Lost, format!("{} for {who}, whose reply is late", hidden()));
            }
            Some(_) => {}
        }
        if lease.end == LeaseEnd::Expired {
            let holder = lease.process.map(|process| format!(", while {} held it", reading.roles.name(process)));
            let held = reading.handlings_of(lease.message).any(|handling| {
                Some(handling.process) == lease.process
                    && (handling.from_ms..handling.until_ms).contains(&lease.until_ms)
            });
            let holder = holder.filter(|_| held).unwrap_or_default();
            add(lease.until_ms, usize::MAX, Kind::LeaseEnd, format!("shows {} again{holder}", message.name));
        }
    }
    moments
}
