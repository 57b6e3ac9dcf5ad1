//! The list of all rules.

use super::{
    connection_reset, crash, delete_fails, delete_reply_lost, empty_short_poll, lease_expires, lost_receive, reordered,
    replica_duplicate, resurrected, send_reply_lost, service_error, shutdown, slow_reply, stall,
};
use crate::Rule;
use crate::plan::Known;

/// All rules, in the order of the catalogue.
pub static ALL: &[&dyn Rule] = &[
    &replica_duplicate::ReplicaDuplicate,
    &resurrected::Resurrected,
    &lost_receive::LostReceive,
    &reordered::Reordered,
    &empty_short_poll::EmptyShortPoll,
    &lease_expires::LeaseExpires,
    &stall::Stall,
    &delete_reply_lost::DeleteReplyLost,
    &delete_fails::DeleteFails,
    &send_reply_lost::SendReplyLost,
    &service_error::ServiceError,
    &connection_reset::ConnectionReset,
    &slow_reply::SlowReply,
    &shutdown::Shutdown,
    &crash::Crash,
];

/// The rule of this name.
pub fn by_name(name: &str) -> Option<&'static dyn Rule> {
    ALL.iter().copied().find(|rule| rule.known().name == name)
}

/// What the loader of plans must know of all rules.
pub fn known() -> Vec<Known> {
    ALL.iter().map(|rule| *rule.known()).collect()
}
