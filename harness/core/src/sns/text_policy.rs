//! The attribute `Policy` of a topic: who may do what with it.

use serde_json::{Map, Value, json};

use crate::iam::Grant;

/// A policy document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextPolicy {
    document: Map<String, Value>,
}

/// What accounts are granted by default, in this order. Recorded on AWS.
const DEFAULT_ACTIONS: [&str; 8] = [
    "SNS:GetTopicAttributes",
    "SNS:SetTopicAttributes",
    "SNS:AddPermission",
    "SNS:RemovePermission",
    "SNS:DeleteTopic",
    "SNS:Subscribe",
    "SNS:ListSubscriptionsByTopic",
    "SNS:Publish",
];

impl TextPolicy {
    /// The policy of this text; the empty text is the default policy.
    ///
    /// # Errors
    ///
    /// When it is no policy document, in AWS's words.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, &'static str> {
        if text.is_empty() {
            return Ok(None);
        }
        let document: Map<String, Value> = serde_json::from_str(text).map_err(|_| FAILED)?;
        if document.get("Statement").is_none_or(|statements| !statements.is_array() && !statements.is_object()) {
            return Err(FAILED);
        }
        Ok(Some(Self { document }))
    }

    /// What a topic has before anything else is set. Recorded on AWS.
    pub(super) fn of(topic: &str, owner: &str) -> Self {
        let statement = json!({
            "Sid": "__default_statement_ID",
            "Effect": "Allow",
            "Principal": { "AWS": "*" },
            "Action": DEFAULT_ACTIONS,
            "Resource": topic,
            "Condition": { "StringEquals": { "AWS:SourceOwner": owner } },
        });
        let document = json!({ "Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement] });
        let Value::Object(document) = document else { unreachable!("it is written as an object") };
        Self { document }
    }

    /// As the attribute shows it.
    pub(super) fn to_text(&self) -> String {
        Value::Object(self.document.clone()).to_string()
    }

    /// Adds a statement at the end; false when there is one of this label.
    pub(super) fn grant(&mut self, grant: Grant<'_>) -> bool {
        let statements = self.statements_mut();
        let is_free = statements.iter().all(|statement| statement["Sid"] != grant.label);
        if is_free {
            statements.push(grant.statement());
        }
        is_free
    }

    /// Takes out the statement of this label; false when there is none.
    pub(super) fn revoke(&mut self, label: &str) -> bool {
        let statements = self.statements_mut();
        let before = statements.len();
        statements.retain(|statement| statement["Sid"] != label);
        statements.len() < before
    }

    fn statements_mut(&mut self) -> &mut Vec<Value> {
        let statement = self.document.entry("Statement").or_insert_with(|| Value::Array(Vec::new()));
        if !statement.is_array() {
            *statement = Value::Array(vec![statement.take()]);
        }
        statement.as_array_mut().expect("it was just made one")
    }
}

/// silent: what AWS says of each mistake.
const FAILED: &str = "Policy failed to parse";
