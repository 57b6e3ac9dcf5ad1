//! The server over real sockets on loopback; nothing here waits for real time to pass.
//!
//! - `served`: a server to test, and clients for it
//! - `calls`: JSON and query protocol, the SDK, accounts and regions, HTTP/2, TLS
//! - `auth`: signatures, checked against those that the SDK makes
//! - `control`: the control API
//! - `effects`: what consumers tell of their effects
//! - `channels`: channels of Kinesis, and streams in the control API
//! - `chaos`: faults between clients and what is served
//! - `proxy`: faults before another backend
//! - `bad_input`: what clients should not send
//! - `webhooks`: notifications of SNS
//! - `stop`: the end of a server

#![expect(clippy::unwrap_used, reason = "what a test takes for granted fails the test")]

mod auth;
mod bad_input;
mod calls;
mod channels;
mod chaos;
mod control;
mod effects;
mod proxy;
mod served;
mod stop;
mod subscriptions;
mod webhooks;
