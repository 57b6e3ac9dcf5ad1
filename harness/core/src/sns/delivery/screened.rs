//! Messages on their way out of topics with a data protection policy.

use std::borrow::Cow;
use std::sync::Arc;

use super::rendering::Rendering;
use super::transit::Transit;
use crate::sns::data_protection::{Direction, Passage};
use crate::sns::published::Bodies;
use crate::sns::{Happening, Published, Sns, SubscriptionId};

impl Sns {
    /// Delivers a message to one subscription as the topic's policy leaves it: without what it masks, or not at all.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-policies.html>
    pub(super) fn deliver_screened(
        &mut self,
        id: SubscriptionId,
        published: &Published,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) {
        let subscription = self.registry.subscription(id).expect("it was just found");
        let (owner, arn) = (Arc::clone(&subscription.owner), Arc::clone(&subscription.arn));
        let body = published.body_for(subscription.protocol);
        let topic = self.registry.topic_mut(published.topic);
        let Some(protection) = topic.and_then(|topic| topic.protection.as_mut()) else {
            return self.deliver_by_protocol(id, published, rendering, transit);
        };
        match protection.screen(Direction::Outbound, &owner, body) {
            Passage::Denied { found } => transit.tell(&published.topic_arn, || Happening::Dropped {
                message: published.id,
                subscription: arn,
                why: format!("the topic's data protection policy denies it: it has {}", found.join(", ")),
            }),
            Passage::Passed { body: Cow::Borrowed(_), .. } => {
                self.deliver_by_protocol(id, published, rendering, transit);
            }
            Passage::Passed { body: Cow::Owned(body), .. } => {
                let changed = Published { bodies: Bodies::same(body), ..published.clone() };
                let mut rendering = Rendering::new(&changed, rendering.version());
                self.deliver_by_protocol(id, &changed, &mut rendering, transit);
            }
        }
    }
}
