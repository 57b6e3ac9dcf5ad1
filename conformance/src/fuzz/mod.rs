//! Differential fuzzing: programs of calls that two targets answer differently, as small as they can be, written as specs.
//!
//! - [`search()`]: draws programs, plays them on both targets, keeps what differs: start here
//! - `program`: calls with references to what earlier answers gave
//! - `draw`: a program for a seed; `dice`: the strategies' randomness; `shapes`: values by the API model
//! - `domain`: what a service's parameters mean, what its answers give, which odd values are worth a try
//! - `known`: what a program has made so far
//! - `normal`, `compare`: answers without what is new in every run, and how two of them differ
//! - `pair`: both sides, and what they answer differently
//! - `shrink`: the fewest calls and the simplest values that still differ
//! - `signature`: what makes two differences the same
//! - `stated`: whether a case of the specs says so already
//! - `guess`: guarantee and features of a spec; `flow`: values as YAML in one line; `write`: the spec file

mod compare;
mod dice;
mod domain;
mod draw;
mod flow;
mod guess;
mod known;
mod normal;
mod pair;
mod program;
mod search;
mod shapes;
mod shrink;
mod signature;
mod stated;
mod write;

#[cfg(test)]
mod tests;

pub use search::{Found, Outcome, Settings, Told, search};
