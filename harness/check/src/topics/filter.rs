//! Whether a subscription wants a message.

use std::rc::Rc;

use redeliver_core::sns::filter_policy::{FilterPolicy, Filterable, Scope};

/// What a subscription asks of messages.
#[derive(Debug, Clone)]
pub(crate) enum Filter {
    /// Nothing: it gets all.
    All,
    /// That this policy matches.
    Policy(Rc<FilterPolicy>),
    /// What a text says that the backend took and this program does not understand.
    Unreadable,
}

/// Whether a subscription wants a message, whichever of its filter policies is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    /// Under each of them.
    Always,
    /// Under none of them.
    Never,
    /// Under some, or nobody knows.
    Perhaps,
}

impl Filter {
    /// The filter of these attributes of a subscription, as they were given.
    pub(crate) fn of(policy: Option<&str>, scope: Option<&str>) -> Self {
        let Some(text) = policy.filter(|text| !FilterPolicy::is_removal(text)) else { return Self::All };
        let scope = match scope.filter(|name| !name.is_empty()) {
            Some(name) => Scope::parse(name),
            None => Some(Scope::default()),
        };
        let parsed = scope.and_then(|scope| FilterPolicy::parse(text, scope).ok());
        parsed.map_or(Self::Unreadable, |policy| Self::Policy(Rc::new(policy)))
    }

    /// Whether it lets a message through. What of its body the topic hides is not known here.
    fn passes(&self, message: &Filterable<'_>, hidden: bool) -> Wants {
        match self {
            Self::All => Wants::Always,
            Self::Policy(policy) if hidden && policy.scope() == Scope::MessageBody => Wants::Perhaps,
            Self::Policy(policy) if policy.matches(message) => Wants::Always,
            Self::Policy(_) => Wants::Never,
            Self::Unreadable => Wants::Perhaps,
        }
    }

    /// What several filters say together; nobody knows what none of them says.
    pub(crate) fn all<'f>(filters: impl Iterator<Item = &'f Self>, message: &Filterable<'_>, hidden: bool) -> Wants {
        let said = filters.map(|filter| filter.passes(message, hidden));
        said.reduce(|one, other| if one == other { one } else { Wants::Perhaps }).unwrap_or(Wants::Perhaps)
    }

    /// The policy in words.
    pub(crate) fn shown(&self) -> &str {
        match self {
            Self::Policy(policy) => policy.text(),
            Self::All | Self::Unreadable => "",
        }
    }
}
