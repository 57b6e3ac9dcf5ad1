//! History files, checked.
//!
//! - [`scenes`]: the queues that a history is about, read off its calls
//! - [`check`](check::check): what every invariant says of each case of a file

pub mod check;
pub mod scenes;
