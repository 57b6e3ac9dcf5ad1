//! Who may use a queue.
//!
//! - `access`: whether a call of another account, or another service, is let in
//! - `actions`: the operations that can be granted
//! - `add`, `remove`: `AddPermission`, `RemovePermission`

mod access;
mod actions;
mod add;
mod remove;
