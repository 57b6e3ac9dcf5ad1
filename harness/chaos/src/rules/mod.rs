//! All kinds of faults, one file each.

mod connection_reset;
mod crash;
mod delete_fails;
mod delete_reply_lost;
mod empty_short_poll;
mod errors;
mod lease_expires;
mod lost_receive;
mod reordered;
mod replica_duplicate;
mod resurrected;
mod send_reply_lost;
mod service_error;
mod shutdown;
mod slow_reply;
mod stall;

mod all;

pub use all::{ALL, by_name, known};
