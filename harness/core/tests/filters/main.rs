//! Filter policies: what AWS was seen to answer, what its documentation shows, and random policies against a naive matcher.

#![expect(clippy::unwrap_used, reason = "a failure here is a failure of the test")]

mod complaints;
mod draw;
mod examples;
mod naive;
mod naive_pattern;
mod random;
