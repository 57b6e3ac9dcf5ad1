//! What a checker says of a history.

/// More lines than this tell nobody more.
const WITNESS_LINES_MAX: usize = 50;

/// What a checker says of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The invariant holds, as far as the history reaches.
    Holds,
    /// The invariant is broken.
    Broken {
        /// The records that show it, in words, one a line.
        witness: Vec<String>,
    },
    /// The history does not hold what the checker needs.
    Unknown {
        /// What it needs, a lowercase fragment.
        needs: String,
    },
}

impl Verdict {
    /// Holds when there is no witness. Of many lines the first are kept.
    pub(crate) fn from_witness(mut witness: Vec<String>) -> Self {
        let more = witness.len().saturating_sub(WITNESS_LINES_MAX);
        if more > 0 {
            witness.truncate(WITNESS_LINES_MAX);
            witness.push(format!("and {more} more"));
        }
        if witness.is_empty() { Self::Holds } else { Self::Broken { witness } }
    }

    /// Cannot be told.
    pub(crate) fn unknown(needs: impl Into<String>) -> Self {
        Self::Unknown { needs: needs.into() }
    }
}
