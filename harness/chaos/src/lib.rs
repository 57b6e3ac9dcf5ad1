//! Fault injection. Empty so far: the crate holds its place in the order of dependencies, below the shell and the specs.
//!
//! What AWS itself may do at random is not a fault: see `redeliver_core::Lifelike`.
