//! A queue as simple as can be, to hold the real one against.
//!
//! - `backend`: the world with one queue in it, and the few calls that the tests make
//! - `queue`: the naive queue: a plain list, every question answered by looking at all of it
//! - `receive`: what it says of an answer to a receive
//! - `transition`: what can happen, and how proptest draws it

pub(crate) mod backend;
pub(crate) mod queue;
pub(crate) mod receive;
pub(crate) mod transition;
