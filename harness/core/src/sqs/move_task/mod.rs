//! Message move tasks: bringing dead-lettered messages back, or elsewhere.
//!
//! - `task`: one task and all of them
//! - `handle`: how clients name a task
//! - `start`, `list`, `cancel`: the three operations
//! - `step`: moving one message

mod cancel;
mod handle;
mod list;
mod start;
mod step;
mod task;

pub(super) use task::Tasks;
