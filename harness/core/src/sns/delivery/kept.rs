//! Deliveries by ways that nobody plays here: kept in the outbox.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fallback::Fallback;
use super::letter::Letter;
use super::rendering::{Form, Rendering};
use super::transit::Transit;
use crate::sns::message::Message;
use crate::sns::outbox::Entry;
use crate::sns::{Happening, Home, Protocol, Published, Sns, Subscription, SubscriptionId};

/// The subject of mails whose message has none.
const SUBJECT: &str = "AWS Notification Message";

impl Sns {
    /// Keeps a mail or a record for a delivery stream.
    pub(super) fn keep(
        &mut self,
        id: SubscriptionId,
        published: &Published,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) {
        let subscription = self.subscription(id).expect("it was just found");
        let plain = || published.body_for(subscription.protocol).to_owned();
        let message = match subscription.protocol {
            Protocol::Firehose if subscription.settings.raw => plain(),
            Protocol::Firehose => rendering.fill(Form::Record, subscription.protocol, &subscription.arn),
            Protocol::EmailJson => rendering.fill(Form::Envelope, subscription.protocol, &subscription.arn),
            _ => plain(),
        };
        let is_mail = matches!(subscription.protocol, Protocol::Email | Protocol::EmailJson);
        let entry = Entry {
            at: transit.now,
            protocol: subscription.protocol.as_str(),
            endpoint: subscription.endpoint.to_string(),
            message,
            subject: published.subject.clone().or_else(|| is_mail.then(|| SUBJECT.to_owned())),
            message_id: published.id,
            attributes: BTreeMap::from([("subscription".to_owned(), subscription.arn.to_string())]),
            failure: None,
        };
        tell_delivered(subscription, published, transit);
        self.outbox.push(entry);
    }

    /// Sends a text message, or a notification to a device. What does not arrive there fails for good, since nobody is there to be asked again.
    pub(super) fn deliver_to_phone(&mut self, id: SubscriptionId, published: &Published, transit: &mut Transit<'_>) {
        let subscription = self.subscription(id).expect("it was just found");
        let endpoint = Arc::clone(&subscription.endpoint);
        let failed = if subscription.protocol == Protocol::Sms {
            let topic = self.topic(published.topic).expect("deliveries end with their topic");
            let home = Home { account: Arc::clone(&topic.owner), region: Arc::clone(&topic.region) };
            self.text(home, &endpoint, &Message::of_topic(transit.now, published, subscription.protocol.as_str()))
        } else {
            // The ARN of an endpoint names its platform: `endpoint/GCM/app/id`.
            let platform = endpoint.split('/').nth(1).unwrap_or_default();
            self.push(&endpoint, &Message::of_topic(transit.now, published, platform))
        };
        let subscription = self.subscription(id).expect("it was just found");
        let Err(why) = failed else { return tell_delivered(subscription, published, transit) };
        let fallback = Fallback {
            message: published.id,
            subscription: Arc::clone(&subscription.arn),
            queue: subscription.dead_letter_queue(),
            letter: Letter::new(published, published.body_for(subscription.protocol).to_owned(), false, false),
            origin: self.origin(published),
        };
        fallback.fall_back(&why, transit);
    }
}

fn tell_delivered(subscription: &Subscription, published: &Published, transit: &mut Transit<'_>) {
    transit.tell(&published.topic_arn, || Happening::Delivered {
        message: published.id,
        subscription: Arc::clone(&subscription.arn),
        endpoint: subscription.endpoint.to_string(),
        became: None,
        delivery: None,
        attempt: 1,
    });
}
