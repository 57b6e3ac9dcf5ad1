//! The closed lists of the format, each one an enum with its words and what they mean.
//!
//! - `list`: how a list becomes an enum
//! - `guarantee`, `feature`, `level`, `invariant`, `stress`, `signing`, `caller`, `state`: one list each
//! - [`nearest`]: did-you-mean, as in plans

#[macro_use]
mod list;
mod caller;
mod feature;
mod guarantee;
mod invariant;
mod level;
mod signing;
mod state;
mod stress;

pub use caller::Caller;
pub use feature::Feature;
pub use guarantee::Guarantee;
pub use invariant::Invariant;
pub use level::Level;
pub use list::UnknownWord;
pub use redeliver_chaos::plan::nearest;
pub use signing::Signing;
pub use state::State;
pub use stress::Stress;
