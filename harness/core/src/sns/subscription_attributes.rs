//! `GetSubscriptionAttributes` and `SetSubscriptionAttributes`.

use std::sync::Arc;

use indexmap::IndexMap;
use redeliver_model::sns::{
    GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse, SetSubscriptionAttributesInput,
};

use super::archive::{ArchiveFault, ReplayPolicy};
use super::context::Context;
use super::subscription::Confirmation;
use super::subscription_settings::Kind;
use super::{Error, Event, Happening, Sns, Subscription, SubscriptionId};

const REPLAY: &str = "ReplayPolicy";

impl Sns {
    /// Shows what is set, and what always is there.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html>
    pub(in crate::sns) fn get_subscription_attributes(
        &self,
        cx: &Context<'_>,
        input: &GetSubscriptionAttributesInput,
    ) -> Result<GetSubscriptionAttributesResponse, Error> {
        let subscription = self.find_named_subscription(cx, input.subscription_arn.as_deref())?;
        Ok(GetSubscriptionAttributesResponse { attributes: Some(self.attributes_of_subscription(subscription)) })
    }

    /// Sets one attribute; the empty text removes it.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html>
    pub(in crate::sns) fn set_subscription_attributes(
        &mut self,
        cx: &mut Context<'_>,
        input: SetSubscriptionAttributesInput,
    ) -> Result<(), Error> {
        let subscription = self.find_named_subscription(cx, input.subscription_arn.as_deref())?;
        let (id, topic) = (subscription.id, subscription.topic);
        let name = input.attribute_name.ok_or(Error::MissingValue { parameter: "AttributeName" })?;
        let value = input.attribute_value.unwrap_or_default();
        let fifo = self.topic(topic).is_some_and(|topic| topic.settings.fifo);
        let kind = Kind { protocol: subscription.protocol, endpoint: &subscription.endpoint, fifo, creating: false };
        if name == REPLAY && fifo {
            let wrong =
                |fault: ArchiveFault| Error::Attribute { name: REPLAY, reason: fault.to_string(), creating: false };
            let policy = ReplayPolicy::parse(&value).map_err(wrong)?;
            self.set_replay(cx.now, id, policy).map_err(wrong)?;
            self.tell_changed(cx, id, name, value);
            return Ok(());
        }
        let mut settings = subscription.settings.clone();
        settings.set(&name, &value, kind)?;
        if subscription.settings.filter.is_none() {
            self.check_filters(topic, &settings)?;
        }
        let subscription = self.registry.subscription_mut(id).expect("it was just found");
        subscription.settings = settings;
        self.tell_changed(cx, id, name, value);
        Ok(())
    }

    fn tell_changed(&self, cx: &mut Context<'_>, id: SubscriptionId, name: String, value: String) {
        let subscription = self.subscription(id).expect("it was just found");
        let (topic, subscription) = (Arc::clone(&subscription.topic_arn), Arc::clone(&subscription.arn));
        cx.log.sns(|| Event { at: cx.now, topic, what: Happening::SubscriptionChanged { subscription, name, value } });
    }

    /// All attributes of a subscription, by name.
    pub(in crate::sns) fn attributes_of_subscription(&self, subscription: &Subscription) -> IndexMap<String, String> {
        let (authenticated, is_pending) = match subscription.confirmation {
            Confirmation::Pending { .. } => (false, true),
            Confirmation::Confirmed { authenticated, .. } => (authenticated, false),
        };
        let mut shown: Vec<(&str, String)> = vec![
            ("ConfirmationWasAuthenticated", authenticated.to_string()),
            ("Endpoint", subscription.endpoint.to_string()),
            ("Owner", subscription.owner.to_string()),
            ("PendingConfirmation", is_pending.to_string()),
            ("Protocol", subscription.protocol.to_string()),
            ("SubscriptionArn", subscription.arn.to_string()),
            ("SubscriptionPrincipal", subscription.principal.to_string()),
            ("TopicArn", subscription.topic_arn.to_string()),
        ];
        if subscription.protocol.is_webhook() {
            shown.push(("EffectiveDeliveryPolicy", self.policy_in_force(subscription).to_text()));
        }
        if let Some(replay) = &subscription.replay {
            shown.push((REPLAY, replay.policy.as_text().to_owned()));
            shown.push(("ReplayStatus", replay.status.as_str().to_owned()));
        }
        shown.extend(subscription.settings.shown());
        shown.sort_unstable();
        shown.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
