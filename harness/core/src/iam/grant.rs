//! What `AddPermission` writes into a policy, for every service that has it.

use serde_json::{Value, json};

/// Who may do what with which resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant<'a> {
    /// Names the statement.
    pub(crate) label: &'a str,
    /// The ARN partition of the accounts.
    pub(crate) partition: &'a str,
    /// Account ids.
    pub(crate) accounts: &'a [String],
    /// Prefix of the actions as policies write it, for example `SQS`.
    pub(crate) service: &'a str,
    /// Actions without the prefix.
    pub(crate) actions: &'a [String],
    /// ARN of the resource.
    pub(crate) resource: &'a str,
}

impl Grant<'_> {
    /// The statement. Recorded on AWS.
    pub(crate) fn statement(self) -> Value {
        let Self { label, partition, accounts, service, actions, resource } = self;
        json!({
            "Sid": label,
            "Effect": "Allow",
            "Principal": { "AWS": one_or_many(accounts, |id| format!("arn:{partition}:iam::{id}:root")) },
            "Action": one_or_many(actions, |action| format!("{service}:{action}")),
            "Resource": resource,
        })
    }
}

/// AWS writes a single one as a text and several as a list.
fn one_or_many(texts: &[String], write: impl Fn(&str) -> String) -> Value {
    let mut written: Vec<Value> = texts.iter().map(|text| Value::String(write(text))).collect();
    if written.len() == 1 { written.swap_remove(0) } else { Value::Array(written) }
}
