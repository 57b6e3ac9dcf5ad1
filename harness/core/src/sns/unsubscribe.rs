//! `Unsubscribe`.

use std::sync::Arc;

use redeliver_model::sns::UnsubscribeInput;

use super::context::Context;
use super::subscribe::CONFIRM_WITHIN;
use super::subscription::Confirmation;
use super::token::Token;
use super::{Error, Event, Happening, Sns, Subscription, SubscriptionId, Transit, arn};
use crate::Caller;

impl Sns {
    /// A fault ends a subscription, as somebody else would. Nobody is told: what is asked at the end of a subscription needs a caller.
    pub(in crate::sns) fn end_by_fault(&mut self, id: SubscriptionId, transit: &mut Transit<'_>) {
        let Some(gone) = self.registry.remove_subscription(id) else { return };
        if let Some(topic) = self.registry.topic_mut(gone.topic) {
            topic.deleted_subscriptions += 1;
        }
        transit.tell(&gone.topic_arn, || Happening::Unsubscribed { subscription: Arc::clone(&gone.arn) });
    }

    /// Ends a subscription; it is no error when there is none of this ARN. Recorded on AWS.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html>
    pub(in crate::sns) fn unsubscribe(&mut self, cx: &mut Context<'_>, input: &UnsubscribeInput) -> Result<(), Error> {
        let arn = arn::subscription(input.subscription_arn.as_deref())?;
        let Some(subscription) = self.registry.subscription_by_arn(&arn) else { return Ok(()) };
        let (id, topic) = (subscription.id, subscription.topic);
        if let Confirmation::Confirmed { guarded: true, .. } = subscription.confirmation {
            self.check_owner(cx.caller, subscription)?;
        }
        if !subscription.is_confirmed() {
            // One that is pending cannot be deleted: <https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html>.
            // silent: what is said.
            return Err(Error::Parameter { parameter: "This subscription is pending confirmation" });
        }
        let Some(gone) = self.registry.remove_subscription(id) else { return Ok(()) };
        if let Some(topic) = self.registry.topic_mut(topic) {
            topic.deleted_subscriptions += 1;
        }
        cx.log.sns(|| Event {
            at: cx.now,
            topic: Arc::clone(&gone.topic_arn),
            what: Happening::Unsubscribed { subscription: Arc::clone(&gone.arn) },
        });
        // Nobody else is sent a token, so that nobody could use it; those that were not used in time go.
        if gone.protocol.is_webhook() {
            self.tokens.retain(|_, token| !matches!(token, Token::Restores(_, until) if *until <= cx.now));
            let token = self.token();
            self.tell_unsubscribed(cx.caller, &gone, &token);
            self.tokens.insert(token, Token::Restores(Box::new(gone), cx.now + CONFIRM_WITHIN));
        }
        Ok(())
    }

    /// Where the confirmation asked for it, only a signed call of the subscription's or the topic's owner ends a subscription.
    fn check_owner(&self, caller: &Caller, subscription: &Subscription) -> Result<(), Error> {
        let owns_topic = || self.topic(subscription.topic).is_some_and(|topic| topic.owner == caller.account);
        if caller.is_signed() && (subscription.owner == caller.account || owns_topic()) {
            Ok(())
        } else {
            Err(Error::Unauthenticated { action: "SNS:Unsubscribe" })
        }
    }
}
