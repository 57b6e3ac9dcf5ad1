//! The story of a failure as one HTML page that needs nothing else: no script, no font, no other file.
//!
//! - [`page`](fn@page): the whole page; start here
//! - `chart`: lanes over time, as SVG
//! - `layout`: which lane and row each thing has
//! - `axis`: time, short where nothing happens
//! - `marks`: the things in the lanes
//! - `aside`: story, schedule and the rest in words
//! - `escape`: text of others within XML

mod aside;
mod axis;
mod chart;
mod escape;
mod layout;
mod marks;
#[expect(clippy::module_inception, reason = "the noun of the module is the noun of the file")]
mod page;
#[cfg(test)]
mod tests;

pub use page::page;
