//! Tokens that confirm a subscription.

use super::{Sns, Subscription, SubscriptionId};
use crate::Timestamp;

/// Characters of a token; AWS tells texts that cannot be tokens from those that are none. Recorded on AWS.
pub(super) const CHARACTERS: usize = 128;

/// What a token is good for.
#[derive(Debug)]
pub(in crate::sns) enum Token {
    /// It agrees to a subscription.
    Confirms(SubscriptionId),
    /// It restores a subscription that was ended, until then.
    Restores(Box<Subscription>, Timestamp),
}

impl Sns {
    /// A new token, as AWS makes them: long, and of hexadecimal digits.
    pub(super) fn token(&mut self) -> String {
        let token: String = (0..4).map(|_| self.ids.uuid().to_text().replace('-', "")).collect();
        debug_assert_eq!(token.len(), CHARACTERS, "four ids have 32 digits each");
        token
    }
}
