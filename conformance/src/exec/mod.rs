//! Runs one case against a target.
//!
//! - [`run_case`]: start here
//! - [`Cancel`]: how a run is told to stop

mod cancel;
mod run;

pub use cancel::Cancel;
pub use run::run_case;
