//! Why a target could not be opened.

use redeliver_spec::Problems;

/// Why a target could not be opened; the text says what to do.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TargetProblem {
    /// What was asked for makes no sense: an unknown name, an address that is none.
    #[error("{0}")]
    Usage(String),
    /// The manifest has mistakes; the text draws them all.
    #[error("the target manifest is invalid\n{0}")]
    Manifest(Problems),
    /// The target is not there: its program or image is missing or died, or nothing answers at its address.
    #[error("{0}")]
    Unreachable(String),
}
