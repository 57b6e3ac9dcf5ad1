//! What is wrong with a template.

use std::fmt;

/// A template that cannot be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// JSON pointer from the value's root to the text or function.
    pub pointer: String,
    /// What is wrong.
    pub fault: TemplateFault,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFault {
    /// `${` without `}`.
    Unclosed,
    /// What stands between `${` and `}` is no name.
    BadName(String),
    /// No variable has this name.
    Unknown {
        /// The name.
        name: String,
        /// A known name that looks like it.
        nearest: Option<String>,
    },
    /// A list or map is asked for in the middle of text.
    NotText(String),
    /// A function that does not exist.
    UnknownFunction {
        /// The function with its `$`.
        name: String,
        /// A known one that looks like it.
        nearest: Option<String>,
    },
    /// A function with a wrong operand.
    BadOperand {
        /// The function with its `$`.
        name: String,
        /// What it takes.
        takes: &'static str,
    },
    /// `$text` would make a text that is too long, in bytes.
    TooLong(u64),
}

impl TemplateFault {
    /// What is wrong, a lowercase fragment.
    pub fn message(&self) -> String {
        match self {
            Self::Unclosed => "`${` has no `}`".to_owned(),
            Self::BadName(name) => format!("`{name}` is not the name of a variable"),
            Self::Unknown { name, .. } => format!("unknown variable `{name}`"),
            Self::NotText(name) => format!("variable `{name}` holds a list or map and cannot stand inside text"),
            Self::UnknownFunction { name, .. } => format!("unknown function `{name}`"),
            Self::BadOperand { name, .. } => format!("`{name}` has a wrong operand"),
            Self::TooLong(bytes) => format!("the text would have {bytes} bytes"),
        }
    }

    /// What to write instead.
    pub fn remedy(&self) -> String {
        let did_you_mean = |nearest: &str| format!("did you mean `{nearest}`?");
        match self {
            Self::Unclosed => "write `${name}`, or `$${` for a literal `${`".to_owned(),
            Self::BadName(_) => {
                "names are lowercase letters, digits and `_`, a letter first; write `$${` for a literal `${`".to_owned()
            }
            Self::Unknown { nearest: Some(nearest), .. } | Self::UnknownFunction { nearest: Some(nearest), .. } => {
                did_you_mean(nearest)
            }
            Self::Unknown { .. } => "save it in an earlier step, or write `$${` for a literal `${`".to_owned(),
            Self::NotText(name) => format!("use `{{ $json: \"${{{name}}}\" }}` for its JSON text"),
            Self::UnknownFunction { .. } => format!("the functions are {}", super::FUNCTIONS.join(", ")),
            Self::BadOperand { takes, .. } => (*takes).to_owned(),
            Self::TooLong(_) => format!("at most {} bytes", super::TEXT_BYTES_MAX),
        }
    }
}

impl fmt::Display for TemplateProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.fault.message(), self.fault.remedy())
    }
}

impl std::error::Error for TemplateProblem {}
