//! What was seen of a call.
//!
//! - [`Observation`], [`Answer`], [`Refusal`]: start here
//! - `query`: documents of the query protocol by API names
//! - `read`: from a raw reply and what the SDK made of it to an observation

mod observation;
mod query;
mod read;

pub use observation::{Answer, Observation, Refusal};
pub(crate) use read::observe;
