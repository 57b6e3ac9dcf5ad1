//! One statement of a data protection policy.

use regex::RegexBuilder;
use serde_json::Value;

use super::fault::ProtectionFault;
use super::identifier::Identifier;

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-custom-data-identifiers.html>
const EXPRESSION_CHARACTERS_MAX: usize = 200;
const EXPRESSION_BYTES_MAX: usize = 1 << 20;

/// Which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From a publisher to the topic.
    Inbound,
    /// From the topic to a subscription.
    Outbound,
}

/// What happens to sensitive data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operation {
    Deny,
    /// Each character of it becomes this one.
    Mask(char),
    Redact,
    /// Of so many messages of a hundred it is told whether there is any, to what the document names.
    Audit {
        percent: u64,
        destinations: Value,
    },
}

/// One statement of a data protection policy.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub(super) direction: Direction,
    /// Accounts that it is about; none if it is about everyone.
    accounts: Option<Vec<Box<str>>>,
    pub(super) identifiers: Vec<Identifier>,
    pub(super) operation: Operation,
}

impl Statement {
    pub(super) fn read(statement: &Value, custom: &[Identifier]) -> Result<Self, ProtectionFault> {
        let member = |name: &'static str, expected: &'static str| ProtectionFault::Member { name, expected };
        let direction = match statement["DataDirection"].as_str() {
            Some("Inbound") => Direction::Inbound,
            Some("Outbound") => Direction::Outbound,
            _ => return Err(member("DataDirection", "Inbound or Outbound")),
        };
        let principals = texts(&statement["Principal"]).ok_or(member("Principal", "a list of ARNs, or of *"))?;
        let identifiers =
            texts(&statement["DataIdentifier"]).ok_or(member("DataIdentifier", "a list of ARNs or names"))?;
        let identifiers = identifiers.into_iter().map(|text| identifier(text, custom)).collect();
        let operation = operation(&statement["Operation"])?;
        if direction == Direction::Outbound && matches!(operation, Operation::Audit { .. }) {
            return Err(member("DataDirection", "Inbound where messages are audited"));
        }
        let is_everyone = principals.contains(&"*");
        let accounts = (!is_everyone).then(|| principals.into_iter().map(|arn| account(arn).into()).collect());
        Ok(Self { direction, accounts, identifiers, operation })
    }

    /// Whether it is about messages of, or to, an account. Users and roles cannot be told apart here, so that a statement about one of
    /// them is about its account.
    pub(super) fn is_about(&self, account: &str) -> bool {
        self.accounts.as_ref().is_none_or(|accounts| accounts.iter().any(|found| **found == *account))
    }
}

/// The kinds that a policy brings along.
pub(super) fn custom_identifiers(policy: &Value) -> Result<Vec<Identifier>, ProtectionFault> {
    let list = &policy["Configuration"]["CustomDataIdentifier"];
    let read = |custom: &Value| {
        let (Some(name), Some(expression)) = (custom["Name"].as_str(), custom["Regex"].as_str()) else {
            return Err(ProtectionFault::Member { name: "CustomDataIdentifier", expected: "a list of Name and Regex" });
        };
        let fault = || ProtectionFault::Expression { name: name.to_owned() };
        if expression.chars().count() > EXPRESSION_CHARACTERS_MAX {
            return Err(fault());
        }
        let pattern = RegexBuilder::new(expression).size_limit(EXPRESSION_BYTES_MAX).build().map_err(|_| fault())?;
        Ok(Identifier::custom(name, pattern))
    };
    list.as_array().map_or(Ok(Vec::new()), |list| list.iter().map(read).collect())
}

/// A kind by the end of its ARN, or by the name that the policy gives it.
fn identifier(text: &str, custom: &[Identifier]) -> Identifier {
    let own = custom.iter().find(|identifier| *identifier.name == *text).cloned();
    own.unwrap_or_else(|| Identifier::managed(text.rsplit('/').next().unwrap_or(text)))
}

fn operation(operation: &Value) -> Result<Operation, ProtectionFault> {
    let wrong = |name: &'static str, expected: &'static str| Err(ProtectionFault::Member { name, expected });
    let members = operation.as_object().filter(|members| members.len() == 1);
    match members.and_then(|members| members.iter().next()).map(|(name, value)| (name.as_str(), value)) {
        Some(("Deny", _)) => Ok(Operation::Deny),
        Some(("Deidentify", value)) => match (value.get("MaskConfig"), value.get("RedactConfig")) {
            (Some(mask), None) => mask_character(mask).map(Operation::Mask),
            (None, Some(_)) => Ok(Operation::Redact),
            _ => wrong("Deidentify", "one of MaskConfig and RedactConfig"),
        },
        Some(("Audit", value)) => audit(value),
        _ => wrong("Operation", "one of Audit, Deidentify and Deny"),
    }
}

fn mask_character(mask: &Value) -> Result<char, ProtectionFault> {
    let mut characters = mask["MaskWithCharacter"].as_str().unwrap_or_default().chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => Err(ProtectionFault::Member { name: "MaskWithCharacter", expected: "one character" }),
    }
}

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-operations.html>
fn audit(audit: &Value) -> Result<Operation, ProtectionFault> {
    let rate = &audit["SampleRate"];
    let percent = rate.as_u64().or_else(|| rate.as_str()?.parse().ok()).filter(|percent| *percent <= 99);
    let percent = percent.ok_or(ProtectionFault::Member { name: "SampleRate", expected: "an integer from 0 to 99" })?;
    if audit.get("FindingsDestination").is_none() && audit.get("NoFindingsDestination").is_none() {
        return Err(ProtectionFault::Member {
            name: "Audit",
            expected: "an object with FindingsDestination or NoFindingsDestination",
        });
    }
    Ok(Operation::Audit { percent, destinations: audit.clone() })
}

fn texts(value: &Value) -> Option<Vec<&str>> {
    let list: Option<Vec<&str>> = value.as_array()?.iter().map(Value::as_str).collect();
    list.filter(|list| !list.is_empty())
}

/// The account of an ARN, or the id itself.
fn account(arn: &str) -> &str {
    arn.split(':').nth(4).unwrap_or(arn)
}
