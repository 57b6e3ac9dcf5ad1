//! Amazon SQS: standard and FIFO queues.
//!
//! - `service`: [`Sqs`], all queues of all accounts and regions; one call in, one answer out
//! - `dispatch`, `context`: from commands to operations, and what every operation gets besides its parameters
//! - `registry`: queues by key, URL and ARN
//! - `create`, `delete_queue`, `get_queue_url`, `list_queues`, `paging`: queues come, go and are found
//! - `queue`: one queue: identity, settings, messages
//! - `attributes`: attributes of queues: from texts to settings and back
//! - `permission`, `tags`: who may use a queue; its tags
//! - `settings`, `in_force`: the settable attributes, typed; those that requests see
//! - `messages`: the messages of one queue: order, visibility, retention, deduplication
//! - `agenda`, `settle`: what happens by itself; changes that take their time
//! - `poll`: receives that wait for messages
//! - `send`, `incoming`, `prepared`: `SendMessage`; a message as it comes in; what is made of it before
//! - `deliver`: messages that another service sends
//! - `receive`, `selection`, `outgoing`: `ReceiveMessage`; which attributes it wants; a message as it goes out
//! - `delete_message`, `change_visibility`, `purge`: what consumers do with messages
//! - `dead_letter`: where messages go that were received too often
//! - `move_task`: message move tasks
//! - `receipt_handle`, `sequence`, `checksum`: handles, sequence numbers, digests
//! - `validate`: checks of parameters
//! - `error`, `fault`: facts about refused calls; `error_table`, `fault_table`: their codes and texts
//! - `event`: what happened
//! - `view`: queues and messages as they are, for those who look from outside

mod agenda;
mod attributes;
mod change_visibility;
mod checksum;
mod context;
mod create;
mod dead_letter;
mod delete_message;
mod delete_queue;
mod deliver;
mod dispatch;
mod error;
mod error_table;
mod event;
mod fault;
mod fault_table;
mod get_queue_url;
mod in_force;
mod incoming;
mod list_queues;
mod messages;
mod move_task;
mod outgoing;
mod paging;
mod permission;
mod poll;
mod prepared;
mod purge;
mod queue;
mod receipt_handle;
mod receive;
mod registry;
mod selection;
mod send;
mod sequence;
mod service;
mod settings;
mod settle;
mod tags;
mod validate;
mod view;

pub use deliver::Refused;
pub(crate) use deliver::{Delivery, Sender, Taken};
pub use error::Error;
pub use event::{Event, Happening};
pub use fault::{AttributeFault, RedriveAllowFault, RedriveFault, SystemAttributeFault, TagFault};
pub(crate) use messages::Body;
pub use prepared::Prepared;
pub(crate) use queue::QueueId;
pub(crate) use service::{Call, Sqs};
pub use view::{Counters, MessageState, MessageView, QueueView};
