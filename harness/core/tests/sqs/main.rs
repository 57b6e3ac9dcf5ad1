//! SQS at the door of the core: calls in, answers, events and ticks out; time is an argument.
//!
//! - `account`: an account to test in
//! - `fifo`, `visibility`, `polling`, `dead_letter`, `move_task`, `sending`, `lifelike`, `time`, `view`: by topic

#![expect(clippy::unwrap_used, reason = "what a test takes for granted fails the test")]

mod account;
mod dead_letter;
mod fifo;
mod lifelike;
mod move_task;
mod polling;
mod sending;
mod time;
mod view;
mod visibility;
