//! Whom a statement means.

use serde_json::Value;

use super::question::Who;

/// One principal of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Principal {
    Everyone,
    /// An account, by its id or as an ARN that ends in `:root`.
    Account(Box<str>),
    /// A user or role by ARN or by unique id.
    Identity(Box<str>),
    Service(Box<str>),
    /// A kind that nobody here can be, such as users of a web identity.
    Other,
}

impl Principal {
    /// The principals of an element.
    pub(super) fn read(element: &Value) -> Vec<Self> {
        match element {
            Value::Object(kinds) => kinds
                .iter()
                .flat_map(|(kind, ids)| texts(ids).into_iter().map(move |id| Self::of_kind(kind, &id)))
                .collect(),
            plain => texts(plain).iter().map(|id| if **id == *"*" { Self::Everyone } else { Self::Other }).collect(),
        }
    }

    fn of_kind(kind: &str, id: &str) -> Self {
        match kind {
            "AWS" if id == "*" => Self::Everyone,
            "AWS" => account(id).map_or_else(|| Self::Identity(id.into()), |account| Self::Account(account.into())),
            "Service" => Self::Service(id.into()),
            _ => Self::Other,
        }
    }

    pub(super) fn means(&self, who: Who<'_>) -> bool {
        match (self, who) {
            (Self::Everyone, _) => true,
            (Self::Account(wanted), Who::Account { account, .. }) => **wanted == *account,
            (Self::Identity(wanted), Who::Account { id, .. }) => **wanted == *id,
            (Self::Service(wanted), Who::Service(name)) => **wanted == *name || **wanted == *"*",
            _ => false,
        }
    }
}

/// The account that an id or the ARN of its root stands for.
fn account(id: &str) -> Option<&str> {
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let root = id.strip_prefix("arn:").and_then(|rest| rest.split_once(":iam::")?.1.strip_suffix(":root"));
    root.or(Some(id)).filter(|text| is_account(text))
}

/// The texts of an element that is one or several; truth values and numbers count as texts.
pub(super) fn texts(value: &Value) -> Vec<Box<str>> {
    match value {
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.as_str().into()],
        Value::Bool(_) | Value::Number(_) => vec![value.to_string().into()],
        Value::Null | Value::Object(_) => Vec::new(),
    }
}
