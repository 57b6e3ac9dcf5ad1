//! One endpoint.

use indexmap::IndexMap;

/// The application on one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// What the push service calls the device.
    pub(super) token: String,
    /// Whether messages go out. SNS clears it when the push service knows the token no more.
    pub(crate) enabled: bool,
    /// What the owner noted.
    pub(super) user_data: Option<String>,
}

impl Endpoint {
    /// The attributes that callers see.
    pub(super) fn attributes(&self) -> IndexMap<String, String> {
        let user_data = self.user_data.clone().map(|data| ("CustomUserData".to_owned(), data));
        let rest = [("Enabled".to_owned(), self.enabled.to_string()), ("Token".to_owned(), self.token.clone())];
        user_data.into_iter().chain(rest).collect()
    }
}
