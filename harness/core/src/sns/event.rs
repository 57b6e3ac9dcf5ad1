//! What happened to a topic and its messages.

use std::sync::Arc;

use super::DeliveryId;
use crate::{Timestamp, Uuid};

/// Something that happened to a topic or one of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// ARN of the topic.
    pub topic: Arc<str>,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A topic came into being.
    TopicCreated {
        /// The attributes that it was given, by name, as they were given.
        attributes: Vec<(String, String)>,
    },
    /// An attribute of a topic was set.
    TopicChanged {
        /// Its name.
        name: String,
        /// Its value, as it was given.
        value: String,
    },
    /// A topic was deleted with its subscriptions.
    TopicDeleted,
    /// A subscription was made; it gets messages once it is confirmed.
    Subscribed {
        /// Its ARN.
        subscription: Arc<str>,
        /// Its protocol.
        protocol: &'static str,
        /// Its endpoint.
        endpoint: String,
        /// The attributes that it was given, by name, as they were given.
        attributes: Vec<(String, String)>,
    },
    /// An attribute of a subscription was set.
    SubscriptionChanged {
        /// ARN of the subscription.
        subscription: Arc<str>,
        /// Name of the attribute.
        name: String,
        /// Its value, as it was given; the empty text takes it away.
        value: String,
    },
    /// The endpoint of a subscription agreed.
    Confirmed {
        /// Its ARN.
        subscription: Arc<str>,
    },
    /// A subscription ended.
    Unsubscribed {
        /// Its ARN.
        subscription: Arc<str>,
    },
    /// A message was accepted.
    Published {
        /// Its id.
        message: Uuid,
        /// Its message group.
        group: Option<Arc<str>>,
        /// Its sequence number, of FIFO topics alone.
        sequence: Option<String>,
    },
    /// A publish was recognised as a duplicate and not delivered.
    Deduplicated {
        /// Id of the message that it repeats.
        message: Uuid,
    },
    /// A subscription's filter policy kept a message back.
    Filtered {
        /// Id of the message.
        message: Uuid,
        /// ARN of the subscription.
        subscription: Arc<str>,
    },
    /// A message waits until it is delivered: SNS takes its time, or the subscription gets no more a second.
    Delayed {
        /// Id of the message.
        message: Uuid,
        /// ARN of the subscription.
        subscription: Arc<str>,
        /// When it goes on.
        until: Timestamp,
    },
    /// An attempt to deliver a message over HTTP began.
    Attempted {
        /// Id of the message.
        message: Uuid,
        /// ARN of the subscription.
        subscription: Arc<str>,
        /// The endpoint.
        endpoint: String,
        /// The delivery that it belongs to: SNS may deliver a message twice at the same time.
        delivery: DeliveryId,
        /// The how-manieth attempt it is, from 1.
        attempt: u32,
    },
    /// A message reached an endpoint.
    Delivered {
        /// Id of the message.
        message: Uuid,
        /// ARN of the subscription.
        subscription: Arc<str>,
        /// The endpoint.
        endpoint: String,
        /// The id that it has in a queue.
        became: Option<Uuid>,
        /// The delivery over HTTP that it was.
        delivery: Option<DeliveryId>,
        /// The how-manieth attempt it took, from 1.
        attempt: u32,
    },
    /// An attempt to deliver a message failed.
    Failed {
        /// Id of the message.
        message: Uuid,
        /// ARN of the subscription.
        subscription: Arc<str>,
        /// The delivery that it belongs to: SNS may deliver a message twice at the same time.
        delivery: DeliveryId,
        /// The how-manieth attempt it was, from 1.
        attempt: u32,
        /// The HTTP status that the endpoint answered with; `None` when it did not answer.
        status: Option<u16>,
        /// Why.
        why: String,
        /// When it is tried again; `None` when it is not.
        again_at: Option<Timestamp>,
    },
    /// A message that could not be delivered went to the dead-letter queue.
    DeadLettered {
        /// Id of the message.
        message: Uuid,
        /// ARN of the subscription.
        subscription: Arc<str>,
        /// ARN of the dead-letter queue.
        to: Arc<str>,
        /// The id that it has there.
        became: Uuid,
        /// Why it could not be delivered.
        why: String,
    },
    /// A message that could not be delivered is gone: AWS says nothing then.
    Dropped {
        /// Id of the message.
        message: Uuid,
        /// ARN of the subscription.
        subscription: Arc<str>,
        /// Why.
        why: String,
    },
}
