//! The one-sentence cause of a failure, from a table by property and fault.
//!
//! - `cause`: [`cause`], [`Cause`]: start here
//! - `row`: a row of the table
//! - `delivery`, `acknowledgement`, `sending`, `fifo`, `queue`, `topics`, `streams`, `crossing`: the rows, as the catalogue of faults groups them
//! - `general`: what is said when the table has nothing more precise

mod acknowledgement;
#[expect(clippy::module_inception, reason = "the noun of the module is the noun of the file")]
mod cause;
mod crossing;
mod delivery;
mod fifo;
mod general;
mod queue;
mod row;
mod sending;
mod streams;
mod topics;

pub use cause::{Cause, cause, knows};
