//! How the service uses the freedoms that AWS keeps for itself.

use redeliver_core::{Calm, Lifelike, Oracle};

/// How the service uses the freedoms that AWS keeps for itself, such as which messages a short poll sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Kindly: standard queues keep order, short polls see everything, nothing is delivered twice.
    #[default]
    Calm,
    /// As AWS was seen to, drawn from the seed: messages of standard queues come out of order and in partial batches, short polls miss
    /// some, counters lag. See [`Lifelike`].
    Lifelike,
}

impl Profile {
    /// The oracle of this profile and seed.
    pub(crate) fn oracle(self, seed: u64) -> Box<dyn Oracle + Send> {
        match self {
            Self::Calm => Box::new(Calm),
            Self::Lifelike => Box::new(Lifelike::new(seed)),
        }
    }
}
