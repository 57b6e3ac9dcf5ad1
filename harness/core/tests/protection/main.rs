//! Data protection policies of topics: set, shown, and what they make of messages.

#![expect(clippy::unwrap_used, reason = "a failure here is a failure of the test")]

mod driver;
mod inbound;
mod policy;
