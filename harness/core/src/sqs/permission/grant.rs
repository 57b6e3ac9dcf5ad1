//! What a policy says of an account.
//!
//! This reads only what a policy says plainly: it lets an account in by a statement that allows, names the account, the action and the
//! queue, and has no condition, if no statement that denies could mean it. Conditions, negated elements and wildcards inside names are
//! not evaluated; a statement with any of them allows nothing here, and one that denies counts as if it applied.

use serde_json::{Map, Value};

use crate::sqs::attributes::policy::statements;

/// A call that a policy is asked about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    /// Account of the caller.
    pub(super) account: &'a str,
    /// Action, for example `SendMessage`.
    pub(super) action: &'a str,
    /// ARN of the queue.
    pub(super) queue: &'a str,
}

/// Whether the policy of this text lets the caller in.
pub(super) fn lets_in(policy: &str, question: Question<'_>) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(policy) else { return false };
    let mut allowed = false;
    for statement in statements(&document).iter().filter_map(Value::as_object) {
        let verdicts = [
            names(statement, ["Principal", "NotPrincipal"], |principal| is_account(principal, question.account)),
            names(statement, ["Action", "NotAction"], |action| is_action(action, question.action)),
            names(statement, ["Resource", "NotResource"], |resource| resource == "*" || resource == question.queue),
            if statement.contains_key("Condition") { Verdict::Unclear } else { Verdict::Yes },
        ];
        let denies = statement.get("Effect").is_some_and(|effect| effect == "Deny");
        if denies && !verdicts.contains(&Verdict::No) {
            return false;
        }
        allowed |= !denies && verdicts.iter().all(|verdict| *verdict == Verdict::Yes);
    }
    allowed
}

/// Whether an element of a statement means the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Yes,
    No,
    /// It may, but this is not evaluated here.
    Unclear,
}

fn names(statement: &Map<String, Value>, [plain, negated]: [&str; 2], is_meant: impl Fn(&str) -> bool) -> Verdict {
    if statement.contains_key(negated) {
        return Verdict::Unclear;
    }
    let texts = statement.get(plain).map(texts).unwrap_or_default();
    if texts.iter().any(|text| is_meant(text)) {
        Verdict::Yes
    } else if texts.iter().any(|text| text.contains(['*', '?'])) {
        Verdict::Unclear
    } else {
        Verdict::No
    }
}

/// The texts of an element: one, several, or those of the principals that are AWS accounts.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        Value::Object(kinds) => kinds.get("AWS").map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn is_account(principal: &str, account: &str) -> bool {
    let root = |arn: &str| arn.strip_prefix("arn:")?.split_once(":iam::")?.1.strip_suffix(":root").map(str::to_owned);
    principal == "*" || principal == account || root(principal).as_deref() == Some(account)
}

fn is_action(text: &str, action: &str) -> bool {
    let name = text.split_once(':').filter(|(service, _)| service.eq_ignore_ascii_case("sqs")).map(|(_, name)| name);
    text == "*" || name.is_some_and(|name| name == "*" || name.eq_ignore_ascii_case(action))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Question, lets_in};

    const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";

    fn statement(changes: &Value) -> Value {
        let mut statement = json!({
            "Effect": "Allow",
            "Principal": { "AWS": "arn:aws:iam::111111111111:root" },
            "Action": "SQS:SendMessage",
            "Resource": QUEUE,
        });
        for (name, value) in changes.as_object().unwrap() {
            statement[name] = value.clone();
        }
        statement
    }

    fn asks(statements: &[Value]) -> bool {
        let policy = json!({ "Statement": statements }).to_string();
        lets_in(&policy, Question { account: "111111111111", action: "SendMessage", queue: QUEUE })
    }

    #[test]
    fn statement_that_names_account_action_and_queue_lets_in() {
        for changes in [
            json!({}),
            json!({ "Principal": "*" }),
            json!({ "Principal": { "AWS": ["222222222222", "111111111111"] } }),
            json!({ "Action": "sqs:*" }),
            json!({ "Action": ["sqs:ReceiveMessage", "sqs:sendmessage"] }),
            json!({ "Resource": "*" }),
        ] {
            assert!(asks(&[statement(&changes)]), "{changes}");
        }
    }

    #[test]
    fn statement_that_names_another_does_not() {
        for changes in [
            json!({ "Principal": { "AWS": "222222222222" } }),
            json!({ "Principal": { "Service": "sns.amazonaws.com" } }),
            json!({ "Action": "sqs:ReceiveMessage" }),
            json!({ "Action": "sns:SendMessage" }),
            json!({ "Resource": "arn:aws:sqs:us-east-1:000000000000:other" }),
            json!({ "Condition": { "Bool": { "aws:SecureTransport": "true" } } }),
            json!({ "NotAction": "sqs:ReceiveMessage" }),
        ] {
            assert!(!asks(&[statement(&changes)]), "{changes}");
        }
        assert!(!asks(&[]));
    }

    #[test]
    fn denial_wins_also_where_it_may_only_apply() {
        let allow = statement(&json!({}));
        for changes in [json!({}), json!({ "Condition": { "Bool": { "aws:SecureTransport": "false" } } })] {
            let mut deny = statement(&changes);
            deny["Effect"] = json!("Deny");
            assert!(!asks(&[allow.clone(), deny]), "{changes}");
        }
        let mut other = statement(&json!({ "Action": "sqs:ReceiveMessage" }));
        other["Effect"] = json!("Deny");
        assert!(asks(&[allow, other]), "a denial of something else is none");
    }
}
