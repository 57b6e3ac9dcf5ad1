//! `ConfirmSubscription`, and the end of subscriptions that nobody confirms.

use std::sync::Arc;

use redeliver_model::sns::{ConfirmSubscriptionInput, ConfirmSubscriptionResponse};

use super::context::Context;
use super::settings::boolean;
use super::subscription::Confirmation;
use super::token::Token;
use super::{Error, Event, Happening, Sns, Subscription, SubscriptionId, arn, token};
use crate::Timestamp;
use crate::log::Log;

impl Sns {
    /// Agrees to a subscription. It is no error to agree twice. Recorded on AWS.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html>
    pub(in crate::sns) fn confirm_subscription(
        &mut self,
        cx: &mut Context<'_>,
        input: &ConfirmSubscriptionInput,
    ) -> Result<ConfirmSubscriptionResponse, Error> {
        arn::topic(cx.caller, "Topic", input.topic_arn.as_deref())
            .map_err(|_| Error::Parameter { parameter: "Topic" })?;
        let token = input.token.as_deref().ok_or(Error::MissingValue { parameter: "Token" })?;
        if token.len() < token::CHARACTERS || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::InvalidToken);
        }
        let guarded = input.authenticate_on_unsubscribe.as_deref().and_then(boolean).unwrap_or_default();
        if guarded && !cx.caller.is_signed() {
            return Err(Error::Unauthenticated { action: "SNS:ConfirmSubscription" });
        }
        let unknown = Error::Parameter { parameter: "Token" };
        let id = match self.tokens.get(token).ok_or(unknown.clone())? {
            Token::Confirms(id) => *id,
            Token::Restores(..) => self.restore(cx, token).ok_or(unknown.clone())?,
        };
        let subscription = self.registry.subscription_mut(id).ok_or(unknown)?;
        if let Confirmation::Pending { until } = subscription.confirmation {
            subscription.confirmation = Confirmation::Confirmed { authenticated: guarded, guarded };
            self.pending.remove(&(until, id));
            cx.log.sns(|| Event {
                at: cx.now,
                topic: Arc::clone(&subscription.topic_arn),
                what: Happening::Confirmed { subscription: Arc::clone(&subscription.arn) },
            });
        }
        Ok(ConfirmSubscriptionResponse { subscription_arn: Some(subscription.arn.to_string()) })
    }

    /// Restores a subscription that was ended, if its topic is still there and nobody has subscribed the endpoint anew.
    fn restore(&mut self, cx: &mut Context<'_>, token: &str) -> Option<SubscriptionId> {
        let Token::Restores(ended, until) = self.tokens.remove(token)? else { return None };
        let is_free = self.registry.subscription_to(ended.topic, ended.protocol, &ended.endpoint).is_none();
        if until <= cx.now || !is_free || self.topic(ended.topic).is_none() {
            return None;
        }
        cx.log.sns(|| Event {
            at: cx.now,
            topic: Arc::clone(&ended.topic_arn),
            what: Happening::Confirmed { subscription: Arc::clone(&ended.arn) },
        });
        let id = self.registry.add_subscription(|id| Subscription { id, ..*ended });
        self.tokens.insert(token.to_owned(), Token::Confirms(id));
        Some(id)
    }

    /// Ends the subscriptions that nobody confirmed in time.
    pub(in crate::sns) fn end_unconfirmed(&mut self, now: Timestamp, log: &mut Log) {
        while let Some(&(until, id)) = self.pending.first().filter(|(until, _)| *until <= now) {
            self.pending.remove(&(until, id));
            let Some(gone) = self.registry.remove_subscription(id) else { continue };
            self.tokens.retain(|_, token| !matches!(token, Token::Confirms(other) if *other == id));
            log.sns(|| Event {
                at: until,
                topic: gone.topic_arn,
                what: Happening::Unsubscribed { subscription: gone.arn },
            });
        }
    }
}
