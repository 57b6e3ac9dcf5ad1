//! Takes out of exchanges what is secret, or of one run alone. What stands in its place keeps its form, equal values stay equal, and
//! names are those that a replay of the case gives.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::{Map, Value};

use super::about::ACCOUNT;
use super::words::Words;
use super::{Exchange, Outcome};
use crate::observe::{Answer, Observation, Refusal};

/// Members whose values are tokens, with the words that stand in their place.
const TOKENS: [(&str, &str); 10] = [
    ("ReceiptHandle", "receipt-handle"),
    ("NextToken", "next-token"),
    ("ShardIterator", "shard-iterator"),
    ("NextShardIterator", "shard-iterator"),
    ("TaskHandle", "task-handle"),
    ("Token", "token"),
    ("RequestId", "request-id"),
    ("x-amzn-requestid", "request-id"),
    ("x-amz-request-id", "request-id"),
    ("x-amz-id-2", "request-id"),
];

/// The host that stands for the target's own.
const HOST: &str = "target.invalid";

static UUID: LazyLock<Regex> =
    LazyLock::new(|| regex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"));
static LOOPBACK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d{1,5})?|\[::1\](?::\d{1,5})?"));
/// Within documents that are text: JSON in JSON, and XML.
static IN_TEXT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"\\?"(ReceiptHandle|NextToken|ShardIterator|NextShardIterator|TaskHandle|Token|RequestId)\\?"\s*:\s*\\?"([^"\\]+)|<(ReceiptHandle|NextToken|Token|RequestId)>([^<]+)<"#,
    )
});
static SIGNATURE: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(\\?"Signature\\?"\s*:\s*\\?")[^"\\]+|(Signature=)[0-9a-f]{64}|(Credential=)[^/\s,]+"#));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

/// Takes out what is secret, or of one run alone, of the exchanges of one case in their order.
#[derive(Debug)]
pub struct Redactor {
    account: Regex,
    unique: (String, String),
    hosts: Vec<String>,
    stand_ins: Vec<(String, String)>,
    words: Words,
}

impl Redactor {
    /// For a case whose names begin with `unique.0`, and with `unique.1` in a replay; `hosts` are the target's own, with their ports, and
    /// `stand_ins` what else is taken out, each with what stands in its place.
    pub fn new(account: &str, unique: (String, String), hosts: Vec<String>, stand_ins: Vec<(String, String)>) -> Self {
        let account = regex(&format!(r"\b{}\b", regex::escape(account)));
        Self { account, unique, hosts, stand_ins, words: Words::default() }
    }

    /// The exchange as it may be kept.
    pub fn redact(&mut self, exchange: Exchange) -> Exchange {
        self.note_sent(&exchange.input);
        let input = self.value(exchange.input);
        let call = self.text(&exchange.call);
        let outcome = match exchange.outcome {
            Outcome::Lost(reason) => Outcome::Lost(self.text(&reason)),
            Outcome::Raw(status, answer) => {
                self.learn(&answer);
                Outcome::Raw(status, self.value(answer))
            }
            Outcome::Observed(seen) => Outcome::Observed(self.observation(seen)),
        };
        Exchange { call, input, outcome, ..exchange }
    }

    fn observation(&mut self, seen: Observation) -> Observation {
        let answer = match seen.answer {
            Answer::Success(output) => {
                self.learn(&output);
                self.learn(&seen.body);
                Answer::Success(self.value(output))
            }
            Answer::Refused(refusal) => {
                self.learn(&seen.body);
                let message = refusal.message.map(|message| {
                    self.learn_text(&message);
                    self.text(&message)
                });
                Answer::Refused(Refusal { message, ..refusal })
            }
        };
        let disagreement = seen.disagreement.map(|text| self.text(&text));
        Observation { status: seen.status, body: self.value(seen.body), answer, disagreement }
    }

    fn note_sent(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.words.sent(text),
            Value::Array(items) => items.iter().for_each(|item| self.note_sent(item)),
            Value::Object(members) => members.values().for_each(|member| self.note_sent(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Learns the tokens and ids of an answer.
    fn learn(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.learn_text(text),
            Value::Array(items) => items.iter().for_each(|item| self.learn(item)),
            Value::Object(members) => {
                for (name, member) in members {
                    match (TOKENS.iter().find(|(token, _)| token == name), member) {
                        (Some((_, kind)), Value::String(token)) if !UUID.is_match(token) => {
                            self.words.token(kind, token);
                        }
                        _ => self.learn(member),
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn learn_text(&mut self, text: &str) {
        for found in IN_TEXT.captures_iter(text) {
            let pair = found.get(1).zip(found.get(2)).or_else(|| found.get(3).zip(found.get(4)));
            let Some((name, token)) = pair else { continue };
            let kind = TOKENS.iter().find(|(token, _)| *token == name.as_str());
            if let (Some((_, kind)), false) = (kind, UUID.is_match(token.as_str())) {
                self.words.token(kind, token.as_str());
            }
        }
        for id in UUID.find_iter(text) {
            self.words.uuid(id.as_str());
        }
    }

    fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.value(item)).collect(),
            Value::Object(members) => {
                let member = |(name, member): (String, Value)| (self.text(&name), self.value(member));
                Value::Object(members.into_iter().map(member).collect::<Map<_, _>>())
            }
            plain @ (Value::Null | Value::Bool(_) | Value::Number(_)) => plain,
        }
    }

    fn text(&self, text: &str) -> String {
        let mut text = self.words.replace(text);
        for (what, stand_in) in &self.stand_ins {
            text = text.replace(what.as_str(), stand_in);
        }
        for host in &self.hosts {
            text = text.replace(host.as_str(), HOST);
        }
        let text = LOOPBACK.replace_all(&text, HOST);
        let text = self.account.replace_all(&text, ACCOUNT);
        let text = text.replace(&self.unique.0, &self.unique.1);
        SIGNATURE.replace_all(&text, kept).into_owned()
    }
}

/// What stands before a signature, and a word in its place.
fn kept(found: &Captures<'_>) -> String {
    let before = found.iter().skip(1).flatten().next().map_or("", |before| before.as_str());
    format!("{before}redacted")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    const HANDLE: &str = "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a";

    fn redacted(exchanges: &[(Value, Value)]) -> Vec<(Value, Value)> {
        let unique = ("redeliver-00000000deadbeef".to_owned(), "redeliver-0123456789abcdef".to_owned());
        let hosts = vec!["queue.internal:4566".to_owned()];
        let mut redactor =
            Redactor::new("000000000000", unique, hosts, vec![("AKIDOFMINE".to_owned(), "secret".to_owned())]);
        let redact = |(input, output): &(Value, Value)| {
            let exchange = Exchange {
                process: 0,
                caller: None,
                call: "sqs:A".to_owned(),
                input: input.clone(),
                took_ms: 0,
                outcome: Outcome::Raw(200, output.clone()),
            };
            let exchange = redactor.redact(exchange);
            let Outcome::Raw(_, output) = exchange.outcome else { panic!("it was raw") };
            (exchange.input, output)
        };
        exchanges.iter().map(redact).collect()
    }

    #[test]
    fn equal_values_stay_equal() {
        let seen = redacted(&[
            (json!({}), json!({ "ReceiptHandle": HANDLE, "MessageId": ID, "Again": ID })),
            (json!({ "ReceiptHandle": HANDLE }), json!({ "text": format!("no {ID} {HANDLE}") })),
        ]);
        let id = "00000000-0000-4000-8000-000000000001";
        assert_eq!(
            seen,
            [
                (json!({}), json!({ "ReceiptHandle": "receipt-handle-1", "MessageId": id, "Again": id })),
                (
                    json!({ "ReceiptHandle": "receipt-handle-1" }),
                    json!({ "text": format!("no {id} receipt-handle-1") })
                ),
            ]
        );
    }

    #[test]
    fn what_the_spec_itself_says_stays() {
        let same = (json!({ "Id": ID, "ReceiptHandle": HANDLE }), json!({ "Id": ID, "ReceiptHandle": HANDLE }));
        assert_eq!(redacted(std::slice::from_ref(&same)), [same]);
    }

    #[test]
    fn names_accounts_hosts_and_signatures_are_taken_out() {
        let output = json!({
            "QueueUrl": "http://127.0.0.1:5000/000000000000/redeliver-00000000deadbeef-dlq",
            "Other": "http://queue.internal:4566/",
            "SequenceNumber": "10000000000000000001",
            "Body": "{\"Signature\": \"AbC=\", \"Token\": \"0123456789abcdef01\"}",
            "message": "Credential=AKIDOFMINE/2026, Signature=".to_owned() + &"0a".repeat(32),
            "text": "<RequestId>QWERTYUIOPASDFGHJK</RequestId>",
        });
        let seen = redacted(&[(json!({}), output)]);
        let expected = json!({
            "QueueUrl": "http://target.invalid/123456789012/redeliver-0123456789abcdef-dlq",
            "Other": "http://target.invalid/",
            "SequenceNumber": "10000000000000000001",
            "Body": "{\"Signature\": \"redacted\", \"Token\": \"token-1\"}",
            "message": "Credential=redacted/2026, Signature=redacted",
            "text": "<RequestId>request-id-1</RequestId>",
        });
        assert_eq!(seen[0].1, expected);
    }
}
