//! Whether a policy allows a call.

use super::condition::Verdict;
use super::policy::Policy;
use super::question::Question;
use super::statement::Effect;

impl Policy {
    /// Whether the policy allows a call: some statement allows it and none denies it.
    pub fn allows(&self, question: &Question<'_>) -> bool {
        let mut allowed = false;
        for statement in &*self.statements {
            match (statement.effect, statement.verdict(question).0) {
                (Effect::Deny, Verdict::Yes | Verdict::Unclear) => return false,
                (Effect::Allow, Verdict::Yes) => allowed = true,
                (Effect::Deny, Verdict::No) | (Effect::Allow, Verdict::No | Verdict::Unclear) => {}
            }
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::iam::{Circumstances, Policy, Question, Who};

    const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";
    const TOPIC: &str = "arn:aws:sns:us-east-1:111111111111:t";

    fn statement(changes: &Value) -> Value {
        let mut statement = json!({
            "Effect": "Allow",
            "Principal": "*",
            "Action": "SQS:SendMessage",
            "Resource": QUEUE,
        });
        for (name, value) in changes.as_object().unwrap() {
            statement[name] = value.clone();
        }
        statement
    }

    fn allows(statements: &[Value], who: Who<'_>) -> bool {
        let policy = Policy::parse(&json!({ "Statement": statements }).to_string()).unwrap();
        let circumstances = match who {
            Who::Account { account, id } => Circumstances::of_account(account, id, "us-east-1", "https://sqs"),
            Who::Service(name) => Circumstances::of_service(name, TOPIC, "111111111111"),
        };
        policy.allows(&Question { who, action: "sqs:SendMessage", resource: QUEUE, circumstances: &circumstances })
    }

    fn account(changes: &Value) -> bool {
        allows(&[statement(changes)], Who::Account { account: "111111111111", id: "AIDAEXAMPLE" })
    }

    fn service(changes: &Value) -> bool {
        allows(&[statement(changes)], Who::Service("sns.amazonaws.com"))
    }

    #[test]
    fn principals_are_told_apart() {
        for principal in [
            json!("*"),
            json!({ "AWS": "*" }),
            json!({ "AWS": ["222222222222", "111111111111"] }),
            json!({ "AWS": "arn:aws:iam::111111111111:root" }),
            json!({ "AWS": "AIDAEXAMPLE" }),
        ] {
            assert!(account(&json!({ "Principal": principal })), "{principal}");
        }
        for principal in [
            json!("111111111111"),
            json!({ "AWS": "222222222222" }),
            json!({ "AWS": "arn:aws:iam::111111111111:user/somebody" }),
            json!({ "Service": "sns.amazonaws.com" }),
            json!({ "Federated": "*" }),
            json!({ "CanonicalUser": "111111111111" }),
            json!([]),
        ] {
            assert!(!account(&json!({ "Principal": principal })), "{principal}");
        }
        assert!(service(&json!({})) && service(&json!({ "Principal": { "Service": "sns.amazonaws.com" } })));
        assert!(!service(&json!({ "Principal": { "Service": "events.amazonaws.com" } })));
        assert!(!service(&json!({ "Principal": { "AWS": "111111111111" } })));
    }

    #[test]
    fn actions_and_resources_may_have_wildcards() {
        for changes in [
            json!({ "Action": "*" }),
            json!({ "Action": ["sqs:ReceiveMessage", "sqs:sendmessage"] }),
            json!({ "Action": "sqs:Send*" }),
            json!({ "Action": "SQS:?endMessage" }),
            json!({ "Resource": "*" }),
            json!({ "Resource": ["x", "arn:aws:sqs:*:*:q"] }),
        ] {
            assert!(account(&changes), "{changes}");
        }
        for changes in [
            json!({ "Action": "sqs:ReceiveMessage" }),
            json!({ "Action": "sns:SendMessage" }),
            json!({ "Action": "SendMessage" }),
            json!({ "Action": [] }),
            json!({ "Resource": "arn:aws:sqs:us-east-1:000000000000:other" }),
            json!({ "Resource": "arn:aws:sqs:us-east-1:000000000000:Q" }),
            json!({ "Resource": null }),
            json!({ "Resource": "arn:aws:sqs:us-east-1:000000000000:${aws:userid}" }),
        ] {
            assert!(!account(&changes), "{changes}");
        }
    }

    #[test]
    fn negated_elements_mean_all_others() {
        let without = |name: &str, changes: &Value| {
            let mut statement = statement(changes);
            statement.as_object_mut().unwrap().remove(name);
            allows(&[statement], Who::Account { account: "111111111111", id: "AIDAEXAMPLE" })
        };
        assert!(without("Action", &json!({ "NotAction": "sqs:ReceiveMessage" })));
        assert!(!without("Action", &json!({ "NotAction": "sqs:Send*" })));
        assert!(without("Principal", &json!({ "NotPrincipal": { "AWS": "222222222222" } })));
        assert!(!without("Principal", &json!({ "NotPrincipal": { "AWS": "111111111111" } })));
        assert!(without("Resource", &json!({ "NotResource": "x" })));
        assert!(
            !without("Resource", &json!({})) && !without("Action", &json!({})) && !without("Principal", &json!({}))
        );
    }

    #[test]
    fn conditions_compare_the_circumstances_of_a_service() {
        for condition in [
            json!({ "ArnEquals": { "aws:SourceArn": TOPIC } }),
            json!({ "ArnLike": { "AWS:SourceArn": ["x", "arn:aws:sns:*:111111111111:*"] } }),
            json!({ "StringEquals": { "aws:SourceAccount": "111111111111" }, "Bool": { "aws:SecureTransport": true } }),
            json!({ "StringLike": { "aws:SourceArn": "*:t" } }),
            json!({ "StringNotEquals": { "aws:SourceAccount": "2" } }),
            json!({ "StringNotEquals": { "aws:SourceVpc": "x" } }),
            json!({ "StringEqualsIfExists": { "aws:SourceVpc": "x" } }),
            json!({ "StringEqualsIgnoreCase": { "aws:PrincipalServiceName": "SNS.amazonaws.com" } }),
            json!({ "ForAllValues:StringEquals": { "aws:TagKeys": "x" } }),
            json!({ "ForAnyValue:StringEquals": { "aws:SourceAccount": ["111111111111"] } }),
            json!({ "Null": { "aws:SourceArn": "false", "aws:SourceVpc": true } }),
            json!({ "NumericLessThanEquals": { "aws:SourceAccount": "111111111111" } }),
        ] {
            assert!(service(&json!({ "Condition": condition })), "{condition}");
        }
        for condition in [
            json!({ "ArnEquals": { "aws:SourceArn": "arn:aws:sns:us-east-1:111111111111:other" } }),
            json!({ "ArnLike": { "aws:SourceArn": "*" } }),
            json!({ "StringEquals": { "aws:SourceArn": "arn:aws:sns:*:111111111111:*" } }),
            json!({ "StringEquals": { "aws:SourceAccount": "111111111111", "aws:SourceArn": "x" } }),
            json!({ "StringEquals": { "aws:SourceVpc": "x" } }),
            json!({ "StringNotLike": { "aws:SourceArn": "arn:*" } }),
            json!({ "ForAnyValue:StringNotEquals": { "aws:TagKeys": "x" } }),
            json!({ "Null": { "aws:SourceArn": "true" } }),
            json!({ "NumericGreaterThan": { "aws:SourceAccount": "111111111111" } }),
            json!({ "StringEquals": { "aws:SourceAccount": "${aws:SourceAccount}" } }),
            json!({ "Unknown": { "aws:SourceArn": TOPIC } }),
            json!({ "StringEquals": "x" }),
            json!("x"),
        ] {
            assert!(!service(&json!({ "Condition": condition })), "{condition}");
        }
    }

    #[test]
    fn denial_wins_also_where_it_can_not_be_told_whether_it_applies() {
        let both = |deny: &Value| {
            let mut deny = statement(deny);
            deny["Effect"] = json!("Deny");
            allows(&[statement(&json!({})), deny], Who::Account { account: "111111111111", id: "AIDAEXAMPLE" })
        };
        assert!(!both(&json!({})));
        assert!(!both(&json!({ "Condition": { "NotIpAddress": { "aws:SourceIp": "10.0.0.0/8" } } })));
        assert!(!both(&json!({ "Condition": { "StringNotEquals": { "aws:PrincipalOrgID": "o-1" } } })));
        assert!(!both(&json!({ "Condition": { "StringEquals": { "aws:PrincipalTag/team": "x" } } })));
        assert!(both(&json!({ "Action": "sqs:ReceiveMessage" })));
        assert!(both(&json!({ "Condition": { "Bool": { "aws:SecureTransport": "false" } } })));
        assert!(both(
            &json!({ "Condition": { "StringEquals": { "aws:PrincipalAccount": "222222222222", "aws:SourceIp": "x" } } })
        ));
    }
}
