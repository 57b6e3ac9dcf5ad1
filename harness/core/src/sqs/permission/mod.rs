//! Who may use a queue.
//!
//! - `access`: whether a call of another account is let in
//! - `grant`: what a policy says of an account
//! - `service`: whether another service is let in
//! - `actions`: the operations that can be granted
//! - `add`, `remove`: `AddPermission`, `RemovePermission`

mod access;
mod actions;
mod add;
mod grant;
mod remove;
mod service;
