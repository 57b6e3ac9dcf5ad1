//! Deliveries over HTTP: to webhooks, and to functions through the address where they are invoked.

use std::sync::Arc;

use super::fallback::Fallback;
use super::letter::Letter;
use super::policy::{InForce, Retry};
use super::post::{Destination, Post};
use super::posting::{Posting, WEBHOOK_WITHIN};
use super::rendering::{Form, Rendering};
use super::transit::Transit;
use crate::sns::envelope::{Kind, headers};
use crate::sns::{Published, Sns, Subscription, SubscriptionId};

impl Sns {
    /// Begins a delivery to a webhook.
    pub(super) fn deliver_to_webhook(
        &mut self,
        id: SubscriptionId,
        published: &Published,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) {
        let subscription = self.subscription(id).expect("it was just found");
        let InForce { retry, rate, content_type, .. } = self.policy_in_force(subscription);
        let body = rendering.notification(subscription);
        let kind = Kind::Notification { raw: subscription.settings.raw };
        let headers = headers(kind, &published.id.to_text(), &published.topic_arn, &subscription.arn, &content_type);
        let to = Destination::Url(subscription.endpoint.to_string());
        let mut posting = self.posting(subscription, published, to, headers, body);
        posting.retry = retry;
        posting.within = Some(WEBHOOK_WITHIN);
        posting.rate = rate;
        posting.is_refused = transit.is_refused;
        self.post(posting, transit);
    }

    /// Begins to invoke a function.
    pub(super) fn deliver_to_function(
        &mut self,
        id: SubscriptionId,
        published: &Published,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) {
        let subscription = self.subscription(id).expect("it was just found");
        let event = rendering.fill(Form::Event, subscription.protocol, &subscription.arn);
        // SNS does not wait for what the function says.
        // <https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html>
        let headers =
            vec![("content-type", "application/json".to_owned()), ("x-amz-invocation-type", "Event".to_owned())];
        let to = Destination::Function(subscription.endpoint.to_string());
        let mut posting = self.posting(subscription, published, to, headers, event);
        // Recorded on AWS: the dead-letter queue gets the message as a queue would, not the event.
        if let Some(fallback) = &mut posting.fallback {
            let envelope = rendering.fill(Form::Envelope, subscription.protocol, &subscription.arn);
            fallback.letter = Letter::new(published, envelope, false, false);
        }
        self.post(posting, transit);
    }

    /// A delivery with the policy of endpoints that AWS manages.
    fn posting(
        &self,
        subscription: &Subscription,
        published: &Published,
        to: Destination,
        headers: Vec<(&'static str, String)>,
        body: String,
    ) -> Posting {
        let post = Post {
            to,
            protocol: subscription.protocol.as_str(),
            headers,
            body: body.as_str().into(),
            message: published.id,
            subject: published.subject.clone(),
            topic: Arc::clone(&published.topic_arn),
            subscription: Arc::clone(&subscription.arn),
        };
        let fallback = Fallback {
            message: published.id,
            subscription: Arc::clone(&subscription.arn),
            queue: subscription.dead_letter_queue(),
            letter: Letter::new(published, body, subscription.settings.raw, false),
            origin: self.origin(published),
        };
        Posting {
            post: Arc::new(post),
            subscription: subscription.id,
            retry: Retry::MANAGED,
            within: None,
            rate: None,
            fallback: Some(fallback),
            attempts: 0,
            first_at: None,
            is_refused: false,
        }
    }
}
