//! Whose signatures are taken.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Whose signatures are taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Auth {
    /// Everybody's, and requests without one: they only say who calls.
    #[default]
    Open,
    /// Those made with one of these keys.
    Verify(Keys),
}

/// Access keys by their ids.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Keys(BTreeMap<String, Key>);

/// What belongs to an access key id.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// The secret access key.
    pub(super) secret: String,
    /// The session token that requests must carry, for temporary credentials.
    pub(super) token: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl Keys {
    /// The key of this id.
    pub(super) fn get(&self, id: &str) -> Option<&Key> {
        self.0.get(id)
    }
}

/// One key, written `ID:SECRET` or `ID:SECRET:TOKEN`.
impl FromStr for Keys {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, ':').map(str::to_owned);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(id), Some(secret), token) if !id.is_empty() && !secret.is_empty() => {
                Ok(Self(BTreeMap::from([(id, Key { secret, token })])))
            }
            // The secret is not repeated: this text may end up in a log.
            _ => Err("an access key is written `ID:SECRET`, or `ID:SECRET:TOKEN` for temporary credentials".to_owned()),
        }
    }
}

impl FromIterator<Keys> for Keys {
    fn from_iter<I: IntoIterator<Item = Keys>>(keys: I) -> Self {
        Self(keys.into_iter().flat_map(|keys| keys.0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn key_is_id_secret_and_perhaps_a_token() {
        let keys: Keys =
            ["AKIA:s/e+c", "ASIA:secret:to:ken"].map(|text| text.parse::<Keys>().unwrap()).into_iter().collect();
        assert_eq!(format!("{keys:?}"), "{\"AKIA\", \"ASIA\"}", "secrets are not shown");
        let found = |id| keys.get(id).map(|key| (key.secret.as_str(), key.token.as_deref()));
        assert_eq!(found("AKIA"), Some(("s/e+c", None)));
        assert_eq!(found("ASIA"), Some(("secret", Some("to:ken"))));
        assert_eq!(found("other"), None);
        for broken in ["", "AKIA", "AKIA:", ":secret"] {
            assert!(broken.parse::<Keys>().unwrap_err().contains("`ID:SECRET`"));
        }
    }
}
