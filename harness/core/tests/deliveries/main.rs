//! SNS at the door of the core: what is published, and what becomes of it at every kind of endpoint.
//!
//! - `hub`: a world to test in
//! - `queues`, `fifo`, `webhooks`, `functions`, `confirmations`, `kept`, `archive`, `quotas`, `unsigned`,
//!   `view`: by topic

#![expect(clippy::unwrap_used, reason = "what a test takes for granted fails the test")]

mod archive;
mod confirmations;
mod fifo;
mod functions;
mod hub;
mod kept;
mod queues;
mod quotas;
mod unsigned;
mod view;
mod webhooks;
