//! Histories for Jepsen's tools: one operation a line, as EDN for Jepsen, Elle and Knossos themselves, or as JSON for `elle-cli`
//! and the like.
//!
//! Each operation is a map:
//!
//! | key | value |
//! |---|---|
//! | `index` | its place in the history, from 0 |
//! | `time` | nanoseconds since the history began |
//! | `process` | a number, or `:nemesis` for faults, crashes, restarts and shutdowns |
//! | `type` | `:invoke`, `:ok`, `:fail`, or `:info` for what may or may not have had its effect, and for all that is no call |
//! | `f` | the call in lower-hyphen without its service, for example `:send-message`; `:effect`, `:handler`, `:lease`, `:checkpoint`, `:event`, or the name of the fault's rule |
//! | `value` | parameters or result by their API names; for the others what the record holds |
//!
//! Jepsen takes a process whose call ended in `:info` for dead. From there on its operations have a new number: the old
//! one plus the greatest number of the history, plus one, as Jepsen's own workers do it. Call in the air at the same time by one
//! process are told as they were; tools that want one at a time have to be given histories that hold to it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::{HandlerState, Record, What};

/// An operation in the making.
struct Operation<'a> {
    index: usize,
    time: u64,
    /// `None` for the nemesis.
    process: Option<u64>,
    kind: &'static str,
    f: String,
    value: &'a Value,
}

/// The history as JSON lines.
pub fn json(history: &[Record]) -> String {
    render(history, |operation, text| {
        let process = operation.process.map_or(json!("nemesis"), |process| json!(process));
        let Operation { index, time, kind, f, value, .. } = operation;
        let line = json!({ "index": index, "time": time, "process": process, "type": kind, "f": f, "value": value });
        text.push_str(&line.to_string());
    })
}

/// The history as EDN, one map a line.
pub fn edn(history: &[Record]) -> String {
    render(history, |operation, text| {
        let process = operation.process.map_or(":nemesis".to_owned(), |process| process.to_string());
        let Operation { index, time, kind, f, value, .. } = operation;
        let head = format!("{{:index {index}, :time {time}, :process {process}, :type :{kind}, :f :{f}, :value ");
        text.push_str(&head);
        edn_value(value, text);
        text.push('}');
    })
}

fn render(history: &[Record], mut line: impl FnMut(&Operation<'_>, &mut String)) -> String {
    let step = history.iter().map(|record| u64::from(record.process)).max().map_or(1, |greatest| greatest + 1);
    let mut numbers: BTreeMap<u32, u64> = BTreeMap::new();
    let mut text = String::new();
    for (index, record) in history.iter().enumerate() {
        let number = numbers.entry(record.process).or_insert_with(|| u64::from(record.process));
        let (kind, f, value) = told(&record.what);
        let nemesis = matches!(record.what, What::Fault { .. } | What::Crash { .. } | What::Restart | What::Shutdown);
        let process = (!nemesis).then_some(*number);
        let time = record.at_ms * 1_000_000;
        line(&Operation { index, time, process, kind, f, value: &value }, &mut text);
        text.push('\n');
        if matches!(record.what, What::Info { .. } | What::Crash { .. }) {
            *number += step;
        }
    }
    text
}

/// Type, function and value of a record.
fn told(what: &What) -> (&'static str, String, Value) {
    match what {
        What::Invoke { call, input } => ("invoke", function(call), input.clone()),
        What::Ok { call, output } => ("ok", function(call), output.clone()),
        What::Fail { call, code, message } => ("fail", function(call), json!({ "code": code, "message": message })),
        What::Info { call, reason } => ("info", function(call), json!({ "reason": reason })),
        What::Part { call, input, output } => {
            ("info", format!("{}-part", function(call)), json!({ "input": input, "output": output }))
        }
        What::Event { service, resource, name, detail } => {
            let value = json!({ "service": service, "resource": resource, "name": name, "detail": detail });
            ("info", "event".to_owned(), value)
        }
        What::Effect { key, value, message } => {
            ("info", "effect".to_owned(), json!({ "key": key, "value": value, "message": message }))
        }
        What::Handler { state, message, handle, key, reason } => {
            let state = match state {
                HandlerState::Start => "start",
                HandlerState::End => "end",
                HandlerState::Error => "error",
            };
            let value = json!({ "state": state, "message": message, "handle": handle, "key": key, "reason": reason });
            ("info", "handler".to_owned(), value)
        }
        What::Lease { stream, shard, owner, epoch, state } => {
            let state = state.name();
            let value = json!({ "stream": stream, "shard": shard, "owner": owner, "epoch": epoch, "state": state });
            ("info", "lease".to_owned(), value)
        }
        What::Checkpoint { stream, shard, sequence, epoch, outcome } => {
            // A checkpoint is no call: what became of it stands in its value.
            let outcome = outcome.name();
            let value =
                json!({ "stream": stream, "shard": shard, "sequence": sequence, "epoch": epoch, "outcome": outcome });
            ("info", "checkpoint".to_owned(), value)
        }
        What::Fault { rule, id, phase, call, key, detail } => {
            ("info", rule.clone(), json!({ "id": id, "phase": phase, "call": call, "key": key, "detail": detail }))
        }
        What::Crash { reason } => ("info", "crash".to_owned(), json!({ "reason": reason })),
        What::Restart => ("info", "restart".to_owned(), Value::Null),
        What::Shutdown => ("info", "shutdown".to_owned(), Value::Null),
    }
}

/// `sqs:SendMessage` becomes `send-message`.
fn function(call: &str) -> String {
    let name = call.split_once(':').map_or(call, |(_, name)| name);
    let mut text = String::new();
    for (at, letter) in name.chars().enumerate() {
        if letter.is_ascii_uppercase() && at > 0 {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// Names that are keywords as they stand become keywords, others stay text.
fn edn_value(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("nil"),
        Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
        Value::String(string) => edn_text(string, text),
        Value::Array(all) => {
            text.push('[');
            for (at, one) in all.iter().enumerate() {
                text.push_str(if at > 0 { " " } else { "" });
                edn_value(one, text);
            }
            text.push(']');
        }
        Value::Object(map) => edn_map(map, text),
    }
}

fn edn_map(map: &Map<String, Value>, text: &mut String) {
    text.push('{');
    for (at, (name, value)) in map.iter().enumerate() {
        text.push_str(if at > 0 { ", " } else { "" });
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if letters && name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            text.push(':');
            text.push_str(name);
        } else {
            edn_text(name, text);
        }
        text.push(' ');
        edn_value(value, text);
    }
    text.push('}');
}

/// EDN knows the escapes of JSON that are letters, and `\\uXXXX` for the rest.
fn edn_text(string: &str, text: &mut String) {
    text.push('"');
    for letter in string.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            control if control < ' ' => {
                let written = write!(text, "\\u{:04x}", u32::from(control));
                debug_assert!(written.is_ok(), "text takes everything");
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::{edn, json};
    use crate::What;
    use crate::story::Story;

    /// A send whose answer is lost, and what follows.
    fn story() -> Story {
        let mut story = Story::new();
        let call = "sqs:SendMessage".to_owned();
        story.send("a\"\u{1}", None, None).answer_last(What::Info { call, reason: "reset".to_owned() });
        story.effect(0, "a", 5).fault(1, "S24", "lost-reply", Some("a"));
        story
    }

    #[test]
    fn edn_has_one_map_a_line_and_new_processes_after_info() {
        let expected = r#"{:index 0, :time 1000000, :process 0, :type :invoke, :f :send-message, :value {:QueueUrl "https://sqs/queue", :MessageBody "a\"\u0001"}}
{:index 1, :time 1000000, :process 0, :type :info, :f :send-message, :value {:reason "reset"}}
{:index 2, :time 2000000, :process 2, :type :info, :f :effect, :value {:key "a", :value 5, :message nil}}
{:index 3, :time 3000000, :process :nemesis, :type :info, :f :lost-reply, :value {:id "S24", :phase "after-effect", :call nil, :key "a", :detail nil}}
"#;
        assert_eq!(edn(story().records()), expected);
    }

    #[test]
    fn json_has_the_same_operations() {
        let text = json(story().records());
        let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let told = |line: &serde_json::Value| format!("{} {} {}", line["process"], line["type"], line["f"]);
        let expected = [
            r#"0 "invoke" "send-message""#,
            r#"0 "info" "send-message""#,
            r#"2 "info" "effect""#,
            r#""nemesis" "info" "lost-reply""#,
        ];
        assert_eq!(lines.iter().map(told).collect::<Vec<_>>(), expected);
        assert_eq!(lines[3]["value"]["id"], "S24");
        assert_eq!(lines[3]["time"], 3_000_000);
    }
}
