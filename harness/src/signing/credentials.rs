//! What is signed with.

use std::fmt;

/// An access key with its secret, and the session token of temporary ones. Only the key's id is ever shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub(super) access_key: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

impl Credentials {
    /// Credentials of these parts.
    pub fn new(access_key: &str, secret: &str, token: Option<&str>) -> Self {
        Self { access_key: access_key.to_owned(), secret: secret.to_owned(), token: token.map(str::to_owned) }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Credentials").field("access_key", &self.access_key).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;

    #[test]
    fn secrets_are_not_shown() {
        let shown = format!("{:?}", Credentials::new("AKIA", "s3cret", Some("t0ken")));
        assert_eq!(shown, r#"Credentials { access_key: "AKIA", .. }"#);
    }
}
