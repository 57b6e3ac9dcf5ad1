//! Tests of consumers: what the search finds, and what it leaves alone.

#![expect(clippy::unwrap_used, reason = "a failure of what surrounds a test is a failure of the test")]

mod attribute;
mod consumers;
mod deterministic;
mod fan_out;
mod found;
mod regression;
mod streams;
mod topics;
mod world;
