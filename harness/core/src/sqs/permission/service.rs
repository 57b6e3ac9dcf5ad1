//! Whether another service is let in, as SNS has to be before it can deliver.

use serde_json::{Map, Value};

use crate::sqs::Sqs;
use crate::sqs::attributes::policy::statements;
use crate::sqs::deliver::Sender;
use crate::sqs::queue::QueueId;

/// The action that deliveries need.
const ACTION: &str = "SendMessage";

impl Sqs {
    /// Lets a service send to a queue if the queue's policy does; otherwise says why not, and what would help.
    /// <https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html>
    pub(in crate::sqs) fn admit_service(&self, sender: Sender<'_>, id: QueueId) -> Result<(), String> {
        if !self.limits.policies {
            return Ok(());
        }
        let queue = self.queue(id);
        let policy = queue.in_force.get().policy.as_deref();
        let document = policy.and_then(|text| serde_json::from_str::<Value>(text).ok()).unwrap_or_default();
        let Sender { service, source_arn, .. } = sender;
        let remedy =
            format!("allow `{service}` to call sqs:{ACTION} on `{}`, for `aws:SourceArn` `{source_arn}`", queue.arn);
        match verdict(&document, sender, &queue.arn) {
            Verdict::Allowed => Ok(()),
            Verdict::Denied if policy.is_none() => Err(format!("the queue has no policy: {remedy}")),
            Verdict::Denied => Err(format!("no statement of the queue's policy lets the topic in: {remedy}")),
            Verdict::DeniedBy(sid) => Err(format!("statement `{sid}` of the queue's policy denies it: {remedy}")),
        }
    }
}

/// What a policy says of a delivery.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Allowed,
    /// By no statement.
    Denied,
    /// By this statement.
    DeniedBy(String),
}

fn verdict(document: &Value, sender: Sender<'_>, queue: &str) -> Verdict {
    let mut verdict = Verdict::Denied;
    for (number, statement) in statements(document).iter().enumerate() {
        let Some(statement) = statement.as_object().filter(|statement| applies(statement, sender, queue)) else {
            continue;
        };
        if statement.get("Effect").is_some_and(|effect| effect == "Deny") {
            let sid = statement.get("Sid").and_then(Value::as_str);
            return Verdict::DeniedBy(sid.map_or_else(|| (number + 1).to_string(), str::to_owned));
        }
        verdict = Verdict::Allowed;
    }
    verdict
}

fn applies(statement: &Map<String, Value>, sender: Sender<'_>, queue: &str) -> bool {
    let element = |plain: &str, negated: &str, is_meant: &dyn Fn(&Value) -> bool| match (
        statement.get(plain),
        statement.get(negated),
    ) {
        (Some(value), _) => is_meant(value),
        (None, Some(value)) => !is_meant(value),
        (None, None) => false,
    };
    let resource = !(statement.contains_key("Resource") || statement.contains_key("NotResource"))
        || element("Resource", "NotResource", &|value| texts(value).any(|text| is_like(text, queue)));
    element("Principal", "NotPrincipal", &|value| is_principal(value, sender.service))
        && element("Action", "NotAction", &|value| texts(value).any(is_action))
        && resource
        && statement.get("Condition").is_none_or(|condition| holds(condition, sender))
}

fn is_principal(value: &Value, service: &str) -> bool {
    match value {
        Value::String(text) => text == "*",
        Value::Object(kinds) => {
            let names =
                |kind: &str, name: &str| kinds.get(kind).is_some_and(|value| texts(value).any(|text| text == name));
            names("Service", service) || names("Service", "*") || names("AWS", "*")
        }
        _ => false,
    }
}

fn is_action(text: &str) -> bool {
    text == "*"
        || text.split_once(':').is_some_and(|(service, name)| {
            service.eq_ignore_ascii_case("sqs") && is_like(&name.to_ascii_lowercase(), &ACTION.to_ascii_lowercase())
        })
}

fn holds(condition: &Value, sender: Sender<'_>) -> bool {
    condition.as_object().is_some_and(|operators| {
        operators.iter().all(|(operator, keys)| {
            keys.as_object().is_some_and(|keys| keys.iter().all(|(key, values)| compare(operator, key, values, sender)))
        })
    })
}

/// An operator or a key that is not known here holds nothing, so that nobody is let in who should not be.
fn compare(operator: &str, key: &str, values: &Value, sender: Sender<'_>) -> bool {
    let actual = match key.to_ascii_lowercase().as_str() {
        "aws:sourcearn" => Some(sender.source_arn),
        "aws:sourceaccount" | "aws:sourceowner" => Some(sender.source_account),
        "aws:securetransport" | "aws:principalisawsservice" | "aws:viaawsservice" => Some("true"),
        "aws:principalservicename" => Some(sender.service),
        _ => None,
    };
    let (operator, if_exists) = operator.strip_suffix("IfExists").map_or((operator, false), |bare| (bare, true));
    let Some(actual) = actual else { return if_exists };
    let mut values = texts(values);
    match operator {
        "StringEquals" => values.any(|value| value == actual),
        "StringNotEquals" => values.all(|value| value != actual),
        "StringEqualsIgnoreCase" | "Bool" => values.any(|value| value.eq_ignore_ascii_case(actual)),
        "StringLike" | "ArnLike" | "ArnEquals" => values.any(|value| is_like(value, actual)),
        "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => values.all(|value| !is_like(value, actual)),
        _ => false,
    }
}

/// One text or several; truth values count as texts.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let list = match value {
        Value::Array(values) => values.as_slice(),
        other => std::slice::from_ref(other),
    };
    list.iter().filter_map(|value| match value {
        Value::String(text) => Some(text.as_str()),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    })
}

/// Whether a text fits a pattern with `*` and `?`.
fn is_like(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut seen) = (0, 0);
    // Where to go on when what follows the last `*` does not fit: one byte further into the text.
    let mut retry = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                retry = Some((at, seen));
                at += 1;
            }
            Some(&byte) if byte == b'?' || byte == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => match &mut retry {
                Some((star, from)) => {
                    *from += 1;
                    (at, seen) = (*star + 1, *from);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Sender, Verdict, is_like, verdict};
    use crate::Caller;

    const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";

    fn ask(statements: &[Value]) -> Verdict {
        let caller = Caller { account: "1".into(), region: "r".into(), principal: "p".into(), endpoint: "e".into() };
        let sender = Sender {
            service: "sns.amazonaws.com",
            source_arn: "arn:aws:sns:us-east-1:111111111111:t",
            source_account: "111111111111",
            caller: &caller,
        };
        verdict(&json!({ "Statement": statements }), sender, QUEUE)
    }

    fn statement(changes: &Value) -> Value {
        let mut statement = json!({
            "Sid": "s",
            "Effect": "Allow",
            "Principal": { "Service": "sns.amazonaws.com" },
            "Action": "sqs:SendMessage",
            "Resource": QUEUE,
        });
        for (name, value) in changes.as_object().unwrap() {
            statement[name] = value.clone();
        }
        statement
    }

    #[test]
    fn statement_lets_the_topic_in_that_it_means() {
        for changes in [
            json!({}),
            json!({ "Principal": "*", "Action": "SQS:*", "Resource": "*" }),
            json!({ "Principal": { "AWS": "*" }, "Action": ["sqs:Send*"], "Resource": "arn:aws:sqs:*:*:q" }),
            json!({ "Condition": { "ArnEquals": { "aws:SourceArn": "arn:aws:sns:us-east-1:111111111111:t" } } }),
            json!({ "Condition": { "ArnLike": { "AWS:SourceArn": ["x", "arn:aws:sns:*:111111111111:*"] } } }),
            json!({ "Condition": { "StringEquals": { "aws:SourceAccount": "111111111111" } } }),
            json!({ "Condition": { "Bool": { "aws:SecureTransport": true } } }),
            json!({ "Condition": { "StringEqualsIfExists": { "aws:SourceVpc": "x" } } }),
        ] {
            assert_eq!(ask(&[statement(&changes)]), Verdict::Allowed, "{changes}");
        }
    }

    #[test]
    fn statement_that_means_another_does_not() {
        for changes in [
            json!({ "Principal": { "Service": "events.amazonaws.com" } }),
            json!({ "Principal": { "AWS": "111111111111" } }),
            json!({ "Action": "sqs:ReceiveMessage" }),
            json!({ "Resource": "arn:aws:sqs:us-east-1:000000000000:other" }),
            json!({ "Condition": { "ArnEquals": { "aws:SourceArn": "arn:aws:sns:us-east-1:111111111111:other" } } }),
            json!({ "Condition": { "StringEquals": { "aws:SourceAccount": "222222222222" } } }),
            json!({ "Condition": { "StringEquals": { "aws:SourceVpc": "x" } } }),
            json!({ "Condition": { "Unknown": { "aws:SourceArn": "x" } } }),
        ] {
            assert_eq!(ask(&[statement(&changes)]), Verdict::Denied, "{changes}");
        }
        assert_eq!(ask(&[]), Verdict::Denied);
    }

    #[test]
    fn denial_wins() {
        let deny = statement(&json!({ "Effect": "Deny", "Principal": "*" }));
        assert_eq!(ask(&[statement(&json!({})), deny]), Verdict::DeniedBy("s".to_owned()));
        let spares = json!({ "Effect": "Deny", "Condition": { "ArnNotEquals": { "aws:SourceArn": "arn:aws:sns:us-east-1:111111111111:t" } } });
        assert_eq!(ask(&[statement(&json!({})), statement(&spares)]), Verdict::Allowed);
    }

    #[test]
    fn patterns_fit_as_they_read() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a*c", "abb", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*b*b", "abab", true),
            ("", "a", false),
        ] {
            assert_eq!(is_like(pattern, text), expected, "{pattern} {text}");
        }
    }
}
