//! Queues from outside: how they come, are found, change and go, call by call on a [`World`](redeliver_core::World).

mod access;
mod attributes;
mod conflict;
mod deletion;
mod driver;
mod listing;
mod lookup;
mod permissions;
mod redrive;
mod tags;
