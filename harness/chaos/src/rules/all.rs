//! The list of all rules.

use super::{
    checkpoint_fails, checkpoint_reply_lost, clock_skew, connection_reset, crash, dangling_pointer,
    dead_letter_queue_deleted, deduplication_swallows, deduplication_window_passed, delete_batch_false_failure,
    delete_batch_invalid_handle, delete_batch_partial, delete_fails, delete_reply_lost, duplicate_in_batch,
    empty_short_poll, envelope_again, envelope_unknown_field, expired_credentials, expired_handle, fan_out_dropped,
    fan_out_duplicate, fan_out_late, fan_out_reordered, fifo_throttle, filter_change_late, heartbeat_error,
    heartbeat_limit, heartbeat_lost_reply, in_flight_limit, kms_error, late_again, late_delivery, late_receive,
    late_redrive, late_request, lease_expires, lease_stolen, lease_table_slow, lost_fifo_receive, lost_receive,
    mixed_groups, orphaned_group, outage, poison, publish_batch_partial, publish_reply_lost, purge_window,
    queue_missing, raw_flipped, receive_count_jump, reordered, replica_duplicate, resurrected, retention_expiry,
    send_batch_false_failure, send_batch_partial, send_reply_lost, service_error, shutdown, slow_reply, small_batch,
    stale_counts, stale_handle, stall, stalled_replica, subscription_vanishes, topic_deduplication_window_passed,
    visibility_batch_partial, webhook_error, webhook_late, webhook_reply_lost,
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
    &fan_out_duplicate::FanOutDuplicate,
    &fan_out_reordered::FanOutReordered,
    &fan_out_late::FanOutLate,
    &fan_out_dropped::FanOutDropped,
    &publish_reply_lost::PublishReplyLost,
    &publish_batch_partial::PublishBatchPartial,
    &filter_change_late::FilterChangeLate,
    &raw_flipped::RawFlipped,
    &topic_deduplication_window_passed::TopicDeduplicationWindowPassed,
    &webhook_error::WebhookError,
    &webhook_late::WebhookLate,
    &webhook_reply_lost::WebhookReplyLost,
    &subscription_vanishes::SubscriptionVanishes,
    &dead_letter_queue_deleted::DeadLetterQueueDeleted,
    &envelope_unknown_field::EnvelopeUnknownField,
    &envelope_again::EnvelopeAgain,
    &lease_stolen::LeaseStolen,
    &checkpoint_fails::CheckpointFails,
    &checkpoint_reply_lost::CheckpointReplyLost,
    &lease_table_slow::LeaseTableSlow,
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
