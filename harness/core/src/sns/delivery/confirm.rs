//! Requests to confirm a subscription, and notices that one ended.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::letter::{Letter, Origin};
use super::policy::InForce;
use super::post::{Destination, Post};
use super::posting::{Posting, WEBHOOK_WITHIN};
use super::run::Outgoing;
use super::transit::Transit;
use crate::sns::envelope::{Asking, Confirmation, Kind, PLAIN_TEXT, Urls, headers, time_text};
use crate::sns::outbox::Entry;
use crate::sns::signature::Version;
use crate::sns::{Happening, Protocol, Sns, Subscription, SubscriptionId};
use crate::{Caller, Uuid};

/// A message of SNS itself to an endpoint. It has all that it needs, since the subscription may be gone by now.
#[derive(Debug, Clone)]
pub(in crate::sns) struct Ask {
    /// What is asked.
    pub(in crate::sns) asking: Asking,
    /// Id of the message.
    pub(in crate::sns) message: Uuid,
    /// The token that confirms.
    pub(in crate::sns) token: String,
    /// The subscription.
    pub(in crate::sns) subscription: SubscriptionId,
    /// Its ARN.
    pub(in crate::sns) subscription_arn: Arc<str>,
    /// Its protocol.
    pub(in crate::sns) protocol: Protocol,
    /// Its endpoint.
    pub(in crate::sns) endpoint: Arc<str>,
    /// The topic's ARN, owner and region.
    pub(in crate::sns) topic: [Arc<str>; 3],
    /// How the topic signs.
    pub(in crate::sns) version: Version,
    /// How deliveries to it are repeated.
    pub(in crate::sns) policy: InForce,
    /// Scheme, host and port that the caller asked at.
    pub(in crate::sns) urls: Arc<str>,
}

impl Sns {
    /// Asks the endpoint of a subscription to confirm it.
    pub(in crate::sns) fn ask_to_confirm(&mut self, caller: &Caller, id: SubscriptionId, token: &str) {
        let Some(subscription) = self.registry.subscription(id) else { return };
        let ask = self.make_ask(Asking::ToSubscribe, caller, subscription, token);
        self.send_ask(ask);
    }

    /// Tells the webhook of a subscription that it has ended, and how to restore it.
    pub(in crate::sns) fn tell_unsubscribed(&mut self, caller: &Caller, ended: &Subscription, token: &str) {
        let ask = self.make_ask(Asking::ToUnsubscribe, caller, ended, token);
        self.send_ask(ask);
    }

    /// The message, but for its id; nothing when the topic is gone.
    fn make_ask(&self, asking: Asking, caller: &Caller, subscription: &Subscription, token: &str) -> Option<Ask> {
        let topic = self.topic(subscription.topic)?;
        Some(Ask {
            asking,
            message: Uuid(0),
            token: token.to_owned(),
            subscription: subscription.id,
            subscription_arn: Arc::clone(&subscription.arn),
            protocol: subscription.protocol,
            endpoint: Arc::clone(&subscription.endpoint),
            topic: [&topic.arn, &topic.owner, &topic.region].map(Arc::clone),
            version: topic.signature_version(),
            policy: self.policy_in_force(subscription),
            urls: Arc::clone(&caller.endpoint),
        })
    }

    fn send_ask(&mut self, ask: Option<Ask>) {
        if let Some(ask) = ask {
            let message = self.ids.uuid();
            self.outgoing.push_back(Outgoing::Ask(Box::new(Ask { message, ..ask })));
        }
    }

    /// Sends it: over HTTP as a delivery like any other, but without a dead-letter queue; to a queue as its message; else by mail.
    pub(super) fn ask(&mut self, ask: &Ask, transit: &mut Transit<'_>) {
        let document = Confirmation {
            asking: ask.asking,
            message_id: &ask.message.to_text(),
            topic_arn: &ask.topic[0],
            subscription_arn: &ask.subscription_arn,
            token: &ask.token,
            timestamp: &time_text(transit.now),
            version: ask.version,
            urls: Urls { endpoint: &ask.urls },
        }
        .document();
        match ask.protocol {
            Protocol::Http | Protocol::Https => self.post(posting(ask, document), transit),
            Protocol::Sqs => ask_queue(ask, document, transit),
            _ => self.outbox.push(mail(ask, document, transit)),
        }
    }
}

fn posting(ask: &Ask, document: String) -> Posting {
    let kind = match ask.asking {
        Asking::ToSubscribe => Kind::SubscriptionConfirmation,
        Asking::ToUnsubscribe => Kind::UnsubscribeConfirmation,
    };
    // The content type of a delivery policy is for published messages alone. Recorded on AWS.
    let headers = headers(kind, &ask.message.to_text(), &ask.topic[0], &ask.subscription_arn, PLAIN_TEXT);
    let post = Post {
        to: Destination::Url(ask.endpoint.to_string()),
        protocol: ask.protocol.as_str(),
        headers,
        body: document.into(),
        message: ask.message,
        subject: None,
        topic: Arc::clone(&ask.topic[0]),
        subscription: Arc::clone(&ask.subscription_arn),
    };
    Posting {
        post: Arc::new(post),
        subscription: ask.subscription,
        retry: ask.policy.retry,
        within: Some(WEBHOOK_WITHIN),
        rate: None,
        fallback: None,
        attempts: 0,
        first_at: None,
        is_refused: false,
    }
}

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html>
fn ask_queue(ask: &Ask, document: String, transit: &mut Transit<'_>) {
    let [arn, owner, region] = ask.topic.clone();
    let origin = Origin::new(Arc::clone(&arn), owner, region);
    let delivered = Letter::plain(document).deliver(&ask.endpoint, &origin, transit);
    transit.tell(&arn, || match delivered {
        Ok(became) => Happening::Delivered {
            message: ask.message,
            subscription: Arc::clone(&ask.subscription_arn),
            endpoint: ask.endpoint.to_string(),
            became: Some(became),
            delivery: None,
            attempt: 1,
        },
        Err(refused) => Happening::Dropped {
            message: ask.message,
            subscription: Arc::clone(&ask.subscription_arn),
            why: format!("`{}` was not asked to confirm: {refused}", ask.endpoint),
        },
    });
}

fn mail(ask: &Ask, document: String, transit: &Transit<'_>) -> Entry {
    let url = Urls { endpoint: &ask.urls }.subscribe(&ask.topic[0], &ask.token);
    let attributes = [("token", ask.token.clone()), ("subscription", ask.subscription_arn.to_string()), ("url", url)];
    Entry {
        at: transit.now,
        protocol: ask.protocol.as_str(),
        endpoint: ask.endpoint.to_string(),
        message: document,
        subject: Some("AWS Notification - Subscription Confirmation".to_owned()),
        message_id: ask.message,
        attributes: attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<BTreeMap<_, _>>(),
        failure: None,
    }
}
