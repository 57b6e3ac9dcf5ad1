//! Every rule is observed: it acts on a call to the built-in reference, and what a consumer or producer then sees is stated.

#![expect(clippy::unwrap_used, reason = "these files are tests")]

mod backend;
mod batches;
mod calls;
mod consumers;
mod fifo;
mod first;
mod leases;
mod puts;
mod query;
mod reads;
mod receives;
mod resharding;
mod streams;
mod subscriptions;
mod table;
