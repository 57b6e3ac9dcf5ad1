//! The faults between clients and what is served, while they come and go.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redeliver_chaos::plan::Place;
use redeliver_chaos::{Fault, Schedule};

use super::Faults;
use crate::chaos::SharedChaos;
use crate::engine::Engine;

/// The faults between clients and what is served.
#[derive(Debug)]
pub(crate) struct Between {
    /// Where they happen.
    pub(crate) place: Place,
    engine: Arc<Engine>,
    current: Mutex<Option<Current>>,
}

/// Faults that were asked for.
#[derive(Debug)]
struct Current {
    faults: Faults,
    chaos: SharedChaos,
    is_healed: bool,
}

/// What there is to say of the faults that were asked for last.
#[derive(Debug)]
pub(crate) struct Story {
    /// Whether there are to be no more.
    pub(crate) is_healed: bool,
    /// What was asked for.
    pub(crate) faults: Faults,
    /// Those that fired.
    pub(crate) fired: Schedule,
    /// Those of a replay that did not find their place yet.
    pub(crate) missed: Vec<Fault>,
    /// Messages that are withheld.
    pub(crate) owed: usize,
}

impl Between {
    pub(crate) fn new(place: Place, engine: &Arc<Engine>, faults: Option<Faults>) -> Self {
        let between = Self { place, engine: Arc::clone(engine), current: Mutex::default() };
        if let Some(faults) = faults {
            between.begin(faults);
        }
        between
    }

    /// What requests have to pass; `None` where there never were any faults.
    pub(crate) fn chaos(&self) -> Option<SharedChaos> {
        self.current().as_ref().map(|current| current.chaos.clone())
    }

    /// These faults from here on, in place of others. What the others withheld comes now.
    pub(crate) fn begin(&self, faults: Faults) {
        let mut chaos = faults.chaos();
        let mut current = self.current();
        if let Some(earlier) = &*current {
            chaos.take_over(&mut earlier.chaos.lock());
        }
        let chaos = SharedChaos::new(chaos, &self.engine.clock);
        self.engine.faults.put(chaos.clone());
        *current = Some(Current { chaos, faults, is_healed: false });
    }

    /// No more faults. Receipt handles of copies stay what they are.
    pub(crate) fn heal(&self) {
        if let Some(current) = &mut *self.current() {
            current.is_healed = true;
            current.chaos.lock().heal();
        }
        self.engine.hasten();
    }

    /// The same faults as at the start, for a world that begins anew.
    pub(crate) fn anew(&self) {
        if let Some(current) = &mut *self.current() {
            current.is_healed = false;
            current.chaos = SharedChaos::new(current.faults.chaos(), &self.engine.clock);
            self.engine.faults.put(current.chaos.clone());
        }
    }

    /// What there is to say; `None` where there never were any faults.
    pub(crate) fn story(&self) -> Option<Story> {
        let current = self.current();
        let Current { faults, chaos, is_healed } = current.as_ref()?;
        let chaos = chaos.lock();
        let (fired, missed, owed) = (chaos.fired(), chaos.missed(), chaos.owed());
        Some(Story { is_healed: *is_healed, faults: faults.clone(), fired, missed, owed })
    }

    fn current(&self) -> MutexGuard<'_, Option<Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
