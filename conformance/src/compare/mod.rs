//! Results of several targets, side by side.
//!
//! - [`Report`], [`Figures`]: a run, as its JSON report tells it
//! - [`Source`], [`side_by_side`]: runs under different names, and how they become one comparison
//! - [`Comparison`], [`Column`], [`Row`], [`Entry`], [`Told`]: the comparison
//! - [`Counts`], [`Outcome`]: how a target did
//! - [`terminal`], [`markdown`], [`json`], [`html`]: what is written of it
//! - [`Wish`]: where to
//! - `matrix`: rows by guarantee, of all services together
//! - `figures`: durations, memory and shares, for people

mod comparison;
mod counts;
mod escape;
mod figures;
mod html;
mod join;
mod json;
mod markdown;
mod matrix;
mod outcome;
mod report;
mod terminal;
mod wish;

pub use comparison::{Column, Comparison, Entry, Row, Told};
pub use counts::Counts;
pub use html::html;
pub use join::{Source, side_by_side};
pub use json::json;
pub use markdown::markdown;
pub use outcome::Outcome;
pub use report::{Figures, Report, ReportProblem};
pub use terminal::terminal;
pub use wish::{Format, Wish};
