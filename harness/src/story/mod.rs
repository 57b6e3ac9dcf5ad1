//! What a failure tells a person: pure functions of recorded data.
//!
//! - [`Told`]: a failing run as data: start here
//! - [`story`](fn@story): its story as text, at most forty lines
//! - [`cause`](fn@cause): the one sentence that says why
//! - [`summary`](fn@summary), [`annotation`]: one line, for `JUnit` and for GitHub
//! - [`regression`](fn@regression): a test in Rust that replays it
//! - [`timeline`](fn@timeline), [`Timeline`]: a whole history
//! - [`Ink`]: colour, or none
//! - `read`: what a history means
//! - `focus`: the keys that matter, `slice`: their moments, `wrong`: the first wrong one, `lines`: both as lines
//! - `family`: properties that break in the same way
//! - `words`: times, counts and foreign text as people read them

mod cause;
mod family;
mod focus;
mod ink;
pub(crate) mod lines;
pub(crate) mod read;
mod regression;
pub(crate) mod slice;
mod summary;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod text;
mod timeline;
mod told;
pub(crate) mod words;
pub(crate) mod wrong;

pub use cause::{Cause, cause, knows};
pub use ink::Ink;
pub use regression::regression;
pub use summary::{annotation, summary};
pub use text::{LINES_MAX, story};
pub use timeline::{Timeline, timeline};
pub use told::{Also, Counts, Injected, Legality, Time, Told};
