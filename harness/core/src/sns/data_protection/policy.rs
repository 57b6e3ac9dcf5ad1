//! A data protection policy, compiled.

use std::sync::Arc;

use serde_json::Value;

use super::fault::ProtectionFault;
use super::statement::{Operation, Statement, custom_identifiers};

/// <https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html>
const CHARACTERS_MAX: usize = 30_720;
const VERSION: &str = "2021-06-01";

/// The data protection policy of a topic, compiled.
#[derive(Debug, Clone)]
pub struct DataProtection {
    text: Arc<str>,
    pub(super) statements: Arc<[Statement]>,
    /// Messages that a statement might have audited so far.
    pub(super) seen: u64,
}

/// A policy is what its text says.
impl PartialEq for DataProtection {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for DataProtection {}

impl DataProtection {
    /// Compiles a policy.
    pub fn parse(text: &str) -> Result<Self, ProtectionFault> {
        if text.chars().count() > CHARACTERS_MAX {
            return Err(ProtectionFault::Length);
        }
        let policy: Value = serde_json::from_str(text).map_err(|_| ProtectionFault::NotJson)?;
        if !policy.is_object() {
            return Err(ProtectionFault::NotJson);
        }
        if policy["Name"].as_str().is_none_or(str::is_empty) {
            return Err(ProtectionFault::Member { name: "Name", expected: "a text" });
        }
        if policy["Version"] != VERSION {
            return Err(ProtectionFault::Member { name: "Version", expected: VERSION });
        }
        let statements = policy["Statement"].as_array().filter(|statements| !statements.is_empty());
        let statements =
            statements.ok_or(ProtectionFault::Member { name: "Statement", expected: "a list of statements" })?;
        let custom = custom_identifiers(&policy)?;
        let read = |statement: &Value| Statement::read(statement, &custom);
        let statements: Vec<Statement> = statements.iter().map(read).collect::<Result<_, _>>()?;
        if statements.iter().filter(|statement| matches!(statement.operation, Operation::Audit { .. })).count() > 1 {
            return Err(ProtectionFault::Audits);
        }
        Ok(Self { text: text.into(), statements: statements.into(), seen: 0 })
    }

    /// The text that was compiled.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Kinds of data that the policy names and that are not looked for here.
    pub fn unseen(&self) -> Vec<&str> {
        let identifiers = self.statements.iter().flat_map(|statement| &statement.identifiers);
        let mut names: Vec<&str> =
            identifiers.filter(|identifier| identifier.is_unseen()).map(|identifier| &*identifier.name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
