//! From a YAML tree to a [`Plan`](super::Plan): everything that is wrong is told at once.
//!
//! - `reader`: [`Reader`], the rules that are known and the problems found so far
//! - `value`: texts, numbers, durations, probabilities and words, each with what it may be
//! - `document`: the top of a plan
//! - `rule`: one rule with its parameters
//! - `when`: what a rule's `when` and `places` say

mod document;
mod reader;
mod rule;
mod value;
mod when;

pub(crate) use reader::Reader;
