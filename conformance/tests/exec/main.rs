//! Running cases, on the reference and on programs that misbehave.
#![cfg(test)]

mod child;
mod cleanup;
mod fake;
mod given;
mod raw;
mod remote;
mod steer;
mod steps;
mod workload;
