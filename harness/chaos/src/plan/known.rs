//! What a loader must know of a rule to refuse what the rule cannot do.

use std::fmt;

use super::Phase;

/// Where a plan acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Between the SDK and the built-in reference, in virtual time.
    InProcess,
    /// Around the HTTP client of an SDK, before any backend.
    Decorator,
    /// In `redeliver serve`.
    Serve,
    /// In `redeliver proxy`, before any backend.
    Proxy,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::InProcess, Self::Decorator, Self::Serve, Self::Proxy];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InProcess => "in-process",
            Self::Decorator => "decorator",
            Self::Serve => "serve",
            Self::Proxy => "proxy",
        }
    }

    /// Where that is, as it follows a verb.
    pub fn within(self) -> &'static str {
        match self {
            Self::InProcess => "in process",
            Self::Decorator => "in a decorator",
            Self::Serve => "in `serve`",
            Self::Proxy => "in `proxy`",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// What kind of value a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// `31s`, at least and at most this many milliseconds.
    Duration(u64, u64),
    /// A whole number from one to another.
    Number(u64, u64),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Any text.
    Text,
}

/// One parameter of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Its name, in lower-hyphen.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it is when it is not given, as plans write it; empty when it must be given.
    pub default: &'static str,
    /// What it means, a fragment.
    pub about: &'static str,
}

/// What a loader knows of one rule.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// `lost-reply`.
    pub name: &'static str,
    /// Its row in the catalogue, `S24`.
    pub id: &'static str,
    /// Names of the services that it acts on (`sqs`); empty for all.
    pub services: &'static [&'static str],
    /// API names of the operations that it acts on; empty for all.
    pub operations: &'static [&'static str],
    /// Where in a call it acts.
    pub phases: &'static [Phase],
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Places that it cannot act in, each with the reason, a fragment that follows "because".
    pub refuses: &'static [(Place, &'static str)],
}
