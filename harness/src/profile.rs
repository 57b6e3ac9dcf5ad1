//! How the service uses the freedoms that AWS keeps for itself.

use redeliver_core::{Calm, Oracle};

/// How the service uses the freedoms that AWS keeps for itself, such as which messages a short poll sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Profile {
    /// Kindly: standard queues keep order, short polls see everything, nothing is delivered twice.
    #[default]
    Calm,
}

impl Profile {
    /// The oracle of this profile.
    pub(crate) fn oracle(self) -> Box<dyn Oracle + Send> {
        match self {
            Self::Calm => Box::new(Calm),
        }
    }
}
