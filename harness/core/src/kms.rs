//! Keys of KMS that do not work. There is no KMS here: a key works, whatever it is called, until somebody says otherwise.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Why a key of KMS does not work.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyFault {
    /// Its policy does not let the caller use it.
    AccessDenied,
    /// It is disabled.
    Disabled,
    /// It is for something else than to encrypt. SQS alone has an error of its own for it; the other services call it a wrong state.
    InvalidKeyUsage,
    /// It is in a wrong state: about to be deleted, for example.
    InvalidState,
    /// There is no such key.
    NotFound,
    /// The account has not signed up for KMS.
    OptInRequired,
    /// KMS was asked too often.
    Throttled,
}

impl KeyFault {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::AccessDenied,
        Self::Disabled,
        Self::InvalidKeyUsage,
        Self::InvalidState,
        Self::NotFound,
        Self::OptInRequired,
        Self::Throttled,
    ];

    /// What it is called outside: `access-denied`, `disabled`, `invalid-key-usage`, `invalid-state`, `not-found`, `opt-in-required`,
    /// `throttled`.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccessDenied => "access-denied",
            Self::Disabled => "disabled",
            Self::InvalidKeyUsage => "invalid-key-usage",
            Self::InvalidState => "invalid-state",
            Self::NotFound => "not-found",
            Self::OptInRequired => "opt-in-required",
            Self::Throttled => "throttled",
        }
    }

    /// The error that SNS and Kinesis have for it in their models; SQS has names of its own.
    pub(crate) fn shape(self) -> &'static str {
        match self {
            Self::AccessDenied => "KMSAccessDeniedException",
            Self::Disabled => "KMSDisabledException",
            Self::InvalidState | Self::InvalidKeyUsage => "KMSInvalidStateException",
            Self::NotFound => "KMSNotFoundException",
            Self::OptInRequired => "KMSOptInRequired",
            Self::Throttled => "KMSThrottlingException",
        }
    }

    /// What is told of a key. silent: the words.
    pub(crate) fn text(self, key: &str) -> String {
        let what = match self {
            Self::AccessDenied => "the caller may not use it",
            Self::Disabled => "it is disabled",
            Self::InvalidKeyUsage => "its usage is not to encrypt and decrypt",
            Self::InvalidState => "its state does not allow it",
            Self::NotFound => "there is no such key",
            Self::OptInRequired => "the account has not signed up for it",
            Self::Throttled => "it is asked too often",
        };
        format!("The KMS key {key} can't be used: {what}")
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for KeyFault {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = || Self::ALL.map(Self::name).join("`, `");
        let found = Self::ALL.into_iter().find(|fault| fault.name() == name);
        found.ok_or_else(|| format!("`{name}` is nothing that a key can be: use one of `{}`", known()))
    }
}

/// The keys that do not work, by what resources call them: an id, an ARN or an alias.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys(BTreeMap<String, KeyFault>);

impl Keys {
    /// Lets a key not work, or work again.
    pub(crate) fn set(&mut self, key: &str, fault: Option<KeyFault>) {
        match fault {
            Some(fault) => self.0.insert(key.to_owned(), fault),
            None => self.0.remove(key),
        };
    }

    /// Whether what is encrypted with this key can be used; otherwise the key, and why not.
    pub(crate) fn check(&self, key: Option<&str>) -> Result<(), UnusableKey> {
        if self.0.is_empty() {
            return Ok(());
        }
        let fault = key.and_then(|key| Some((key, *self.0.get(key)?)));
        fault.map_or(Ok(()), |(key, fault)| Err(UnusableKey { key: key.to_owned(), fault }))
    }

    /// All of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, KeyFault)> {
        self.0.iter().map(|(key, fault)| (key.as_str(), *fault))
    }
}

/// A key that does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusableKey {
    /// What the resource calls it.
    pub key: String,
    /// Why.
    pub fault: KeyFault,
}

#[cfg(test)]
mod tests {
    use super::{KeyFault, Keys, UnusableKey};

    #[test]
    fn key_works_until_somebody_says_otherwise() {
        let mut keys = Keys::default();
        assert_eq!(keys.check(Some("alias/a")), Ok(()));
        keys.set("alias/a", Some(KeyFault::Disabled));
        let unusable = UnusableKey { key: "alias/a".to_owned(), fault: KeyFault::Disabled };
        assert_eq!(keys.check(Some("alias/a")), Err(unusable));
        assert_eq!([keys.check(Some("alias/b")), keys.check(None)], [Ok(()), Ok(())]);
        keys.set("alias/a", None);
        assert_eq!(keys.check(Some("alias/a")), Ok(()));
    }

    #[test]
    fn names_are_read_back() {
        assert_eq!(KeyFault::ALL.map(|fault| fault.name().parse()), KeyFault::ALL.map(Ok));
        let told = "gone".parse::<KeyFault>().unwrap_err();
        assert!(
            told.starts_with("`gone` is nothing that a key can be: use one of `access-denied`, `disabled`"),
            "{told}"
        );
    }
}
