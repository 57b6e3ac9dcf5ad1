//! Checks of parameters, one rule a function; none of them looks at a queue.
//!
//! - `batch`: number and ids of entries, total size
//! - `body`: message bodies and the characters that texts may hold
//! - `attributes`: message attributes of users
//! - `system_attributes`: `AWSTraceHeader`
//! - `number`: values of attributes of type `Number`
//! - `ids`: message groups, deduplication ids, receive attempts, receipt handles
//! - `range`: numbers that have a least and a greatest value
//! - `queue_name`: names of queues
//! - `tags`: keys and values of tags

mod attributes;
mod batch;
mod body;
mod ids;
mod number;
mod queue_name;
mod range;
mod system_attributes;
mod tags;

pub(super) use attributes::attributes;
pub(super) use batch::{entries, total};
pub(super) use body::{body, size};
pub(super) use ids::{attempt_id, deduplication_id, group_id, receipt_handle};
pub(super) use queue_name::queue_name;
pub(super) use range::{delay_secs, max_messages, max_results, max_tasks, move_rate, visibility_secs, wait_secs};
pub(super) use system_attributes::system_attributes;
pub(super) use tags::{tag_keys, tags};
