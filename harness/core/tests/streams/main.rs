//! Statements about the streams of Kinesis.
//!
//! - `driver`: a world with a caller and a clock
//! - `life`: streams come and go, and say what they are busy with
//! - `writing`, `reading`: records are taken and read
//! - `throughput`: what shards take in and give out
//! - `resharding`: shards become others
//! - `random_reshards`: whatever becomes of the shards, every record is read once and in order
//! - `listing`: shards and streams are found
//! - `settings`: retention, modes, sizes
//! - `queues`: records of queues are acknowledged one by one
//! - `channels`: what streams take is written into objects
//! - `growth`: on-demand streams grow
//! - `others`: whom policies let in
//! - `pace`: how often operations may be called, and absurd sizes
//! - `texts`: every fact has a code

#![expect(clippy::unwrap_used, reason = "a failure here is a failure of the test")]

mod channels;
mod driver;
mod growth;
mod life;
mod listing;
mod others;
mod pace;
mod queues;
mod random_reshards;
mod reading;
mod resharding;
mod settings;
mod texts;
mod throughput;
mod writing;
