//! Filter policies: what AWS was seen to answer, and what its documentation shows.

#![expect(clippy::unwrap_used, reason = "a failure here is a failure of the test")]

mod complaints;
mod examples;
