//! A filter policy, compiled.

use std::sync::Arc;

use super::fault::FilterFault;
use super::filterable::Filterable;
use super::leaf::Leaf;
use super::lexer::lex;
use super::{parse, quota, within};

/// What a filter policy looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The attributes of a message.
    #[default]
    MessageAttributes,
    /// The body of a message, which must be a JSON object.
    MessageBody,
}

impl Scope {
    /// The scope of this name; `None` if there is none.
    pub fn parse(name: &str) -> Option<Self> {
        [Scope::MessageAttributes, Scope::MessageBody].into_iter().find(|scope| scope.as_str() == name)
    }

    /// The name of the scope.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::MessageAttributes => "MessageAttributes",
            Scope::MessageBody => "MessageBody",
        }
    }
}

/// A filter policy, compiled when it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterPolicy {
    text: Arc<str>,
    scope: Scope,
    /// A message must fit all leaves of one of these.
    rules: Box<[Vec<Arc<Leaf>>]>,
}

impl FilterPolicy {
    /// What AWS says of a text that is not JSON, behind the name of the attribute that holds it; all of its attributes are read by one
    /// parser. Recorded on AWS.
    pub fn syntax_complaint(text: &str) -> Option<String> {
        let complaint = lex(text).err()?.fault(text).to_string();
        complaint.strip_prefix("FilterPolicy: ").map(str::to_owned)
    }

    /// Compiles a policy. Whether the text means that there shall be none is asked first, of [`FilterPolicy::is_removal`].
    pub fn parse(text: &str, scope: Scope) -> Result<Self, FilterFault> {
        quota::check_size(text)?;
        let lexemes = lex(text).map_err(|syntax| syntax.fault(text))?;
        let mut rules = parse::rules(text, lexemes)?;
        if scope == Scope::MessageAttributes && rules.iter().flatten().any(|leaf| leaf.level > 1) {
            return Err(FilterFault::nested());
        }
        quota::check(&rules)?;
        if scope == Scope::MessageBody {
            rules = rules.into_iter().flat_map(within::split).collect();
        }
        Ok(Self { text: text.into(), scope, rules: rules.into() })
    }

    /// Whether the text takes a policy away: an empty one, or an empty object.
    /// <https://docs.aws.amazon.com/sns/latest/dg/message-filtering-policy-remove.html>
    pub fn is_removal(text: &str) -> bool {
        let text = text.trim();
        text.is_empty()
            || text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).is_some_and(|text| text.trim().is_empty())
    }

    /// The text that was compiled.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the policy looks at.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Whether a subscription with this policy is sent the message.
    pub fn matches(&self, message: &Filterable<'_>) -> bool {
        match self.scope {
            Scope::MessageAttributes => {
                let attributes = message.attributes();
                let fits = |leaf: &Arc<Leaf>| {
                    let values = attributes.get(&leaf.path);
                    // A message without any attribute has nothing that could be absent:
                    // <https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html>.
                    values.iter().any(|value| leaf.matches(value))
                        || leaf.absent && values.is_empty() && attributes.is_any()
                };
                self.rules.iter().any(|rule| rule.iter().all(fits))
            }
            Scope::MessageBody => {
                message.body().is_some_and(|body| self.rules.iter().any(|rule| within::fits_body(rule, body)))
            }
        }
    }
}
