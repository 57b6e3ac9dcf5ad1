//! Histories that must trip an invariant, and others that must not, as files under `fixtures/histories`.
//!
//! `UPDATE_HISTORIES=1 cargo test -p redeliver-check samples` writes them anew.

mod backend;
mod consumer;
mod files;
mod order;
mod readers;
mod records;
mod reshards;
mod topics;
mod webhooks;

use crate::story::{FIFO_SCENE, SCENE, Story};
use crate::{Expectation, Invariant};

/// A history with what is expected of it.
pub(crate) struct Sample {
    invariant: Invariant,
    name: &'static str,
    holds: bool,
    expectation: Expectation,
    story: Story,
}

/// Samples in the making.
#[derive(Default)]
struct Samples(Vec<Sample>);

impl Samples {
    fn add(
        &mut self,
        invariant: Invariant,
        (name, holds): (&'static str, bool),
        fifo: bool,
        tell: impl FnOnce(&mut Story, &mut Expectation),
    ) {
        let mut story = if fifo { Story::fifo() } else { Story::new() };
        let mut expectation = Expectation::new(if fifo { FIFO_SCENE() } else { SCENE() });
        tell(&mut story, &mut expectation);
        self.0.push(Sample { invariant, name, holds, expectation, story });
    }

    /// A history of a standard queue that holds.
    fn holds(&mut self, invariant: Invariant, name: &'static str, tell: impl FnOnce(&mut Story, &mut Expectation)) {
        self.add(invariant, (name, true), false, tell);
    }

    /// A history of a standard queue that is broken.
    fn broken(&mut self, invariant: Invariant, name: &'static str, tell: impl FnOnce(&mut Story, &mut Expectation)) {
        self.add(invariant, (name, false), false, tell);
    }

    /// A history of a stream that holds.
    fn stream_holds(
        &mut self,
        invariant: Invariant,
        name: &'static str,
        tell: impl FnOnce(&mut Story, &mut Expectation),
    ) {
        self.add_of_stream(invariant, (name, true), tell);
    }

    /// A history of a stream that is broken.
    fn stream_broken(
        &mut self,
        invariant: Invariant,
        name: &'static str,
        tell: impl FnOnce(&mut Story, &mut Expectation),
    ) {
        self.add_of_stream(invariant, (name, false), tell);
    }

    fn add_of_stream(
        &mut self,
        invariant: Invariant,
        (name, holds): (&'static str, bool),
        tell: impl FnOnce(&mut Story, &mut Expectation),
    ) {
        let (mut story, mut expectation) = (Story::new(), Expectation::default());
        tell(&mut story, &mut expectation);
        self.0.push(Sample { invariant, name, holds, expectation, story });
    }

    /// A history of a FIFO queue that holds.
    fn fifo_holds(
        &mut self,
        invariant: Invariant,
        name: &'static str,
        tell: impl FnOnce(&mut Story, &mut Expectation),
    ) {
        self.add(invariant, (name, true), true, tell);
    }

    /// A history of a FIFO queue that is broken.
    fn fifo_broken(
        &mut self,
        invariant: Invariant,
        name: &'static str,
        tell: impl FnOnce(&mut Story, &mut Expectation),
    ) {
        self.add(invariant, (name, false), true, tell);
    }
}

/// All samples.
fn samples() -> Vec<Sample> {
    let mut samples = Samples::default();
    consumer::add(&mut samples);
    consumer::add_of_handlers(&mut samples);
    consumer::add_of_calls(&mut samples);
    consumer::add_of_patience(&mut samples);
    backend::add(&mut samples);
    backend::add_of_counts(&mut samples);
    backend::add_of_poison(&mut samples);
    backend::add_of_windows(&mut samples);
    consumer::add_of_state(&mut samples);
    backend::add_of_leases(&mut samples);
    backend::add_of_dead_letters(&mut samples);
    order::add(&mut samples);
    order::add_of_numbers(&mut samples);
    topics::add(&mut samples);
    topics::add_of_filters(&mut samples);
    topics::add_of_groups(&mut samples);
    topics::add_of_losses(&mut samples);
    webhooks::add(&mut samples);
    webhooks::add_of_dead_letters(&mut samples);
    readers::add(&mut samples);
    readers::add_of_returns(&mut samples);
    readers::add_of_checkpoints(&mut samples);
    records::add(&mut samples);
    records::add_of_reads(&mut samples);
    records::add_of_effects(&mut samples);
    records::add_of_messages(&mut samples);
    records::add_of_batches(&mut samples);
    reshards::add(&mut samples);
    reshards::add_of_order(&mut samples);
    samples.0
}
