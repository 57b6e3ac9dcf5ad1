//! Amazon SNS: topics, subscriptions and what is delivered to them.
//!
//! - `service`: [`Sns`], all topics of all accounts and regions; one call in, one answer out
//! - `dispatch`, `mobile`, `context`: from commands to operations, and what every operation gets besides its parameters
//! - `registry`, `arn`: topics and subscriptions by ARN; how the ARNs in parameters are read
//! - `topic`, `subscription`, `protocol`: one topic, one subscription, and how it is reached
//! - `create_topic`, `delete_topic`, `list_topics`: topics come, go and are found
//! - `topic_name`, `topic_attributes`, `settings`, `text_policy`, `archive_setting`: what a topic is called, and its attributes
//! - `access`: whether another account is let in
//! - `topic_permission`, `tags`: who may do what with a topic; its tags
//! - `filter_policy`: which messages a subscription is sent
//! - `data_protection`: sensitive data in messages
//! - `fifo`: what a FIFO topic remembers of its messages
//! - `archive`: the past of FIFO topics
//! - `paging`: pages of lists
//! - `publish`, `publish_batch`, `incoming`, `publish_fault`: messages are taken, or why not
//! - `subscribe`, `endpoint`, `confirm_subscription`, `token`, `unsubscribe`, `list_subscriptions`: subscriptions come, are agreed to, go and are found
//! - `room`: the quotas that a new subscription or filter policy has to keep
//! - `subscription_attributes`, `subscription_settings`: their attributes
//! - `published`: one message as it was published
//! - `delivery`: from a published message to every endpoint that gets it
//! - `envelope`: what is delivered, byte for byte
//! - `signature`: how it is signed, and the certificate to check it with
//! - `platform`, `sms`: mobile push, text messages
//! - `outbox`, `message`: what leaves the world by other ways than queues and HTTP; a message to a phone or a device
//! - `error`, `error_table`: facts about refused calls, their codes and texts
//! - `event`: what happened
//! - `view`: topics and subscriptions as they are, for those who look from outside

mod access;
mod archive;
mod archive_setting;
mod arn;
mod confirm_subscription;
mod context;
mod create_topic;
mod data_protection;
mod delete_topic;
mod delivery;
mod dispatch;
mod endpoint;
mod envelope;
mod error;
mod error_table;
mod event;
mod fifo;
pub mod filter_policy;
mod incoming;
mod list_subscriptions;
mod list_topics;
mod message;
mod mobile;
mod outbox;
mod paging;
mod platform;
mod protocol;
mod publish;
mod publish_batch;
mod publish_fault;
mod published;
mod registry;
mod room;
mod service;
mod settings;
mod signature;
mod sms;
mod subscribe;
mod subscription;
mod subscription_attributes;
mod subscription_settings;
mod tags;
mod text_policy;
mod token;
mod topic;
mod topic_attributes;
mod topic_name;
mod topic_permission;
mod unsubscribe;
mod view;

pub use archive::ArchiveFault;
pub use data_protection::{Audit, DataProtection, Direction, Passage, ProtectionFault};
pub(crate) use delivery::Transit;
pub use delivery::{Attempted, Course, DeliveryId, Destination, Falling, Passing, PolicyFault, Post};
pub use error::Error;
pub use event::{Event, Happening};
pub use outbox::Entry;
pub(crate) use platform::Home;
pub use platform::{AttributeFault, PlatformFault};
pub(crate) use protocol::Protocol;
pub use publish_fault::{MessageAttributeFault, PublishFault};
pub(crate) use published::Published;
pub(crate) use service::{Call, Sns};
pub use signature::{CERTIFICATE, CERTIFICATE_PATH};
pub use sms::SmsFault;
pub(crate) use subscription::{Subscription, SubscriptionId};
pub(crate) use topic::{Topic, TopicId};
pub use view::{SubscriptionView, TopicView};
