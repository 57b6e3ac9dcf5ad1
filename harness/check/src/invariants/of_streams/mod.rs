//! What invariants of messages say of records of streams, one file for each.

mod at_least_once;
mod drained;
mod no_invention;
mod no_loss;
mod poison_isolated;
mod recovered;
mod sequence_monotone;

pub(super) use at_least_once::check as at_least_once;
pub(super) use drained::check as drained;
pub(super) use no_invention::check as no_invention;
pub(super) use no_loss::check as no_loss;
pub(super) use poison_isolated::check as poison_isolated;
pub(super) use recovered::check as recovered;
pub(super) use sequence_monotone::check as sequence_monotone;
