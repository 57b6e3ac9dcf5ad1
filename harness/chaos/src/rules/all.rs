//! The list of all rules.

use super::{
    clock_skew, connection_reset, crash, dangling_pointer, deduplication_swallows, deduplication_window_passed,
    delete_batch_false_failure, delete_batch_invalid_handle, delete_batch_partial, delete_fails, delete_reply_lost,
    duplicate_in_batch, empty_short_poll, expired_credentials, expired_handle, fifo_throttle, heartbeat_error,
    heartbeat_limit, heartbeat_lost_reply, in_flight_limit, kms_error, late_again, late_delivery, late_receive,
    late_redrive, late_request, lease_expires, lost_fifo_receive, lost_receive, mixed_groups, orphaned_group, outage,
    poison, purge_window, queue_missing, receive_count_jump, reordered, replica_duplicate, resurrected,
    retention_expiry, send_batch_false_failure, send_batch_partial, send_reply_lost, service_error, shutdown,
    slow_reply, small_batch, stale_counts, stale_handle, stall, stalled_replica, visibility_batch_partial,
};
use crate::Rule;
use crate::plan::Known;

/// All rules, in the order of the catalogue.
pub static ALL: &[&dyn Rule] = &[
    &replica_duplicate::ReplicaDuplicate,
    &resurrected::Resurrected,
    &duplicate_in_batch::DuplicateInBatch,
    &lost_receive::LostReceive,
    &reordered::Reordered,
    &late_delivery::LateDelivery,
    &empty_short_poll::EmptyShortPoll,
    &small_batch::SmallBatch,
    &stale_counts::StaleCounts,
    &receive_count_jump::ReceiveCountJump,
    &lease_expires::LeaseExpires,
    &heartbeat_error::HeartbeatError,
    &heartbeat_lost_reply::HeartbeatLostReply,
    &heartbeat_limit::HeartbeatLimit,
    &stall::Stall,
    &late_receive::LateReceive,
    &stale_handle::StaleHandle,
    &delete_reply_lost::DeleteReplyLost,
    &delete_fails::DeleteFails,
    &delete_batch_partial::DeleteBatchPartial,
    &delete_batch_invalid_handle::DeleteBatchInvalidHandle,
    &delete_batch_false_failure::DeleteBatchFalseFailure,
    &visibility_batch_partial::VisibilityBatchPartial,
    &send_reply_lost::SendReplyLost,
    &send_batch_partial::SendBatchPartial,
    &send_batch_false_failure::SendBatchFalseFailure,
    &deduplication_window_passed::DeduplicationWindowPassed,
    &deduplication_swallows::DeduplicationSwallows,
    &orphaned_group::OrphanedGroup,
    &poison::Poison,
    &lost_fifo_receive::LostFifoReceive,
    &mixed_groups::MixedGroups,
    &fifo_throttle::FifoThrottle,
    &late_redrive::LateRedrive,
    &expired_handle::ExpiredHandle,
    &in_flight_limit::InFlightLimit,
    &retention_expiry::RetentionExpiry,
    &purge_window::PurgeWindow,
    &queue_missing::QueueMissing,
    &kms_error::KmsError,
    &late_again::LateAgain,
    &dangling_pointer::DanglingPointer,
    &service_error::ServiceError,
    &connection_reset::ConnectionReset,
    &slow_reply::SlowReply,
    &late_request::LateRequest,
    &clock_skew::ClockSkew,
    &expired_credentials::ExpiredCredentials,
    &outage::Outage,
    &shutdown::Shutdown,
    &crash::Crash,
    &stalled_replica::StalledReplica,
];

/// The rule of this name.
pub fn by_name(name: &str) -> Option<&'static dyn Rule> {
    ALL.iter().copied().find(|rule| rule.known().name == name)
}

/// What the loader of plans must know of all rules.
pub fn known() -> Vec<Known> {
    ALL.iter().map(|rule| *rule.known()).collect()
}
