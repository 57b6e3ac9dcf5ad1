//! The policy of a resource, compiled.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::statement::Statement;

/// The policy of a resource, compiled. A clone costs nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    text: Arc<str>,
    pub(super) statements: Arc<[Statement]>,
}

impl Policy {
    /// Compiles a policy. Quotas, and what a service refuses besides, are for the service to check.
    pub fn parse(text: &str) -> Result<Self, PolicyFault> {
        let document: Value = serde_json::from_str(text).map_err(|_| PolicyFault::NotJson)?;
        let statements = match document.get("Statement") {
            Some(Value::Array(statements)) => statements.as_slice(),
            Some(single) => std::slice::from_ref(single),
            None => return Err(PolicyFault::NoStatement),
        };
        let read = |(index, statement): (usize, &Value)| {
            let number = index + 1;
            statement
                .as_object()
                .and_then(|statement| Statement::read(number, statement))
                .ok_or(PolicyFault::Statement { number })
        };
        let statements = statements.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        Ok(Self { text: text.into(), statements })
    }

    /// The text that was compiled.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Why a text is no policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyFault {
    /// It is not JSON.
    NotJson,
    /// It is no object with statements.
    NoStatement,
    /// A statement is no object that says `Allow` or `Deny`.
    Statement {
        /// Which, from 1.
        number: usize,
    },
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson => formatter.write_str("the policy is not JSON"),
            Self::NoStatement => formatter.write_str("the policy has no `Statement`"),
            Self::Statement { number } => {
                write!(formatter, "statement {number} of the policy needs an `Effect` of `Allow` or `Deny`")
            }
        }
    }
}

impl std::error::Error for PolicyFault {}
