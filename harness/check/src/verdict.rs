//! What a checker says of a history.

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
    /// Holds when there is no witness.
    pub(crate) fn from_witness(witness: Vec<String>) -> Self {
        if witness.is_empty() { Self::Holds } else { Self::Broken { witness } }
    }

    /// Cannot be told.
    pub(crate) fn unknown(needs: impl Into<String>) -> Self {
        Self::Unknown { needs: needs.into() }
    }
}
