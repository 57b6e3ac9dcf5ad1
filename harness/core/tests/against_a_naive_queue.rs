//! Random histories of one queue, held against a queue as simple as can be.

#![expect(clippy::unwrap_used, reason = "a failure here is a failure of the test")]

mod naive;

use naive::backend::Backend;
use naive::queue::Naive;
use naive::transition::{Pair, Transition, transition};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use redeliver_model::sqs::QueueAttributeName as Name;

/// Draws transitions; what they must lead to depends on the answers, so the naive queue sits beside the real one in [`Pair`].
#[derive(Debug)]
struct Draw<const FIFO: bool>;

impl<const FIFO: bool> ReferenceStateMachine for Draw<FIFO> {
    type State = ();
    type Transition = Transition;

    fn init_state() -> BoxedStrategy<Self::State> {
        Just(()).boxed()
    }

    fn transitions((): &Self::State) -> BoxedStrategy<Self::Transition> {
        transition(FIFO)
    }

    fn apply((): Self::State, _: &Self::Transition) -> Self::State {}
}

/// A queue of one kind under test.
struct Queue<const FIFO: bool, const MAX_RECEIVE_COUNT: u32>;

impl<const FIFO: bool, const MAX_RECEIVE_COUNT: u32> StateMachineTest for Queue<FIFO, MAX_RECEIVE_COUNT> {
    type SystemUnderTest = Pair;
    type Reference = Draw<FIFO>;

    fn init_test((): &()) -> Pair {
        let max_receive_count = (MAX_RECEIVE_COUNT > 0).then_some(MAX_RECEIVE_COUNT);
        let attributes = [
            (Name::MessageRetentionPeriod, "600"),
            (Name::VisibilityTimeout, "20"),
            (Name::DelaySeconds, if FIFO { "5" } else { "0" }),
        ];
        let naive = Naive {
            fifo: FIFO,
            retention_ms: 600_000,
            visibility_ms: 20_000,
            delay_ms: if FIFO { 5_000 } else { 0 },
            max_receive_count,
            ..Default::default()
        };
        Pair::new(Backend::new(FIFO, &attributes, max_receive_count), naive)
    }

    fn apply(mut pair: Pair, (): &(), transition: Transition) -> Pair {
        pair.apply(&transition);
        pair
    }

    fn teardown(pair: Pair, (): ()) {
        pair.drain();
    }
}

prop_state_machine! {
    #![proptest_config(Config { cases: 256, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() })]

    #[test]
    fn standard_queue_is_as_the_naive_one(sequential 1..80 => Queue<false, 0>);

    #[test]
    fn standard_queue_with_a_dead_letter_queue_is_as_the_naive_one(sequential 1..80 => Queue<false, 2>);

    #[test]
    fn fifo_queue_is_as_the_naive_one(sequential 1..80 => Queue<true, 0>);

    #[test]
    fn fifo_queue_with_a_dead_letter_queue_is_as_the_naive_one(sequential 1..80 => Queue<true, 3>);
}
