//! All kinds of faults, one file each; `RULES.md` lists them.
//!
//! - `all`: [`ALL`], [`by_name`], [`known`]
//! - `table`: [`table`], what `RULES.md` says
//! - `fit`, `entries`, `errors`, `modelled`: what several rules ask, do and answer
//! - every other module is one rule

mod all;
mod checkpoint_fails;
mod checkpoint_reply_lost;
mod clock_skew;
mod connection_reset;
mod crash;
mod dangling_pointer;
mod dead_letter_queue_deleted;
mod deduplication_swallows;
mod deduplication_window_passed;
mod delete_batch_false_failure;
mod delete_batch_invalid_handle;
mod delete_batch_partial;
mod delete_fails;
mod delete_reply_lost;
mod duplicate_in_batch;
mod empty_short_poll;
mod entries;
mod envelope_again;
mod envelope_unknown_field;
mod errors;
mod expired_credentials;
mod expired_handle;
mod fan_out_dropped;
mod fan_out_duplicate;
mod fan_out_late;
mod fan_out_reordered;
mod fifo_throttle;
mod filter_change_late;
mod fit;
mod heartbeat_error;
mod heartbeat_limit;
mod heartbeat_lost_reply;
mod in_flight_limit;
mod kms_error;
mod late_again;
mod late_delivery;
mod late_receive;
mod late_redrive;
mod late_request;
mod lease_expires;
mod lease_stolen;
mod lease_table_slow;
mod lost_fifo_receive;
mod lost_receive;
mod mixed_groups;
mod modelled;
mod orphaned_group;
mod outage;
mod poison;
mod publish_batch_partial;
mod publish_reply_lost;
mod purge_window;
mod queue_missing;
mod raw_flipped;
mod receive_count_jump;
mod reordered;
mod replica_duplicate;
mod resurrected;
mod retention_expiry;
mod send_batch_false_failure;
mod send_batch_partial;
mod send_reply_lost;
mod service_error;
mod shutdown;
mod slow_reply;
mod small_batch;
mod stale_counts;
mod stale_handle;
mod stall;
mod stalled_replica;
mod subscription_vanishes;
mod table;
mod topic_deduplication_window_passed;
mod visibility_batch_partial;
mod webhook_error;
mod webhook_late;
mod webhook_reply_lost;

pub use all::{ALL, by_name, known};
pub use table::table;
