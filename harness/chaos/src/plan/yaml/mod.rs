//! YAML text with the place of everything in it, and what is wrong with it.
//!
//! - `node`: [`Node`], a value with its place
//! - `parse`: from text to a [`Node`]
//! - `problem`: [`Problems`], labelled places in a text with remedies
//! - `drawing`: [`Drawing`], how a problem in a text is drawn
//! - `nearest`: did-you-mean

mod drawing;
mod nearest;
mod node;
mod parse;
mod problem;

pub use drawing::{Drawing, Style};
pub(crate) use nearest::instead;
pub use nearest::nearest;
pub(crate) use node::{Entry, Node, Shape};
pub(crate) use parse::parse;
pub use problem::{Problem, Problems, Span, Text};
