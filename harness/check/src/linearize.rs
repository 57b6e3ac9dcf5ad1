//! Whether operations on one queue can be put in an order that explains them, by bad patterns.
//!
//! With distinct values a history of puts and takes is linearizable exactly if it has none of four patterns: a value taken
//! that was never put, taken twice, taken before it was put, or overtaken by a later one. Takes O(n log n) steps,
//! where a search takes exponentially many.

use crate::traffic::{Span, overtaken};

/// A put or a take of a value, in the air from `begin` to `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operation<T> {
    pub(crate) value: T,
    pub(crate) put: bool,
    pub(crate) begin: usize,
    pub(crate) end: usize,
}

impl<T> Operation<T> {
    pub(crate) fn put(value: T, begin: usize, end: usize) -> Self {
        Self { value, put: true, begin, end }
    }

    pub(crate) fn take(value: T, begin: usize, end: usize) -> Self {
        Self { value, put: false, begin, end }
    }

    fn span(&self) -> Span {
        Span { begin: self.begin, end: self.end, begin_ms: 0, end_ms: 0 }
    }
}

/// Why no order explains a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadPattern<T> {
    TakenWithoutPut(T),
    TakenTwice(T),
    TakenBeforePut(T),
    /// `first` was put certainly before `second`, and taken certainly after it, or never.
    Overtaken {
        first: T,
        second: T,
    },
}

/// The bad patterns of a history in which every value is put at most once.
pub(crate) fn bad_patterns<T: Copy + Ord>(operations: &[Operation<T>]) -> Vec<BadPattern<T>> {
    let mut sorted: Vec<_> = operations.iter().collect();
    sorted.sort_by_key(|operation| (operation.value, !operation.put));
    let mut found = Vec::new();
    let mut items = Vec::with_capacity(operations.len());
    for of_value in sorted.chunk_by(|one, other| one.value == other.value) {
        let value = of_value[0].value;
        let mut takes = of_value.iter().filter(|operation| !operation.put);
        let take = takes.next().map(|take| take.span());
        found.extend(takes.map(|_| BadPattern::TakenTwice(value)));
        match (of_value[0].put.then(|| of_value[0].span()), take) {
            (None, _) => found.push(BadPattern::TakenWithoutPut(value)),
            (Some(put), Some(take)) if take.before(&put) => found.push(BadPattern::TakenBeforePut(value)),
            (Some(put), take) => items.push((value, put, take)),
        }
    }
    // Values of a batch stand in its order already; all others in the order of their puts.
    items.sort_by_key(|(_, put, _)| put.end);
    let pairs = overtaken(&items).into_iter();
    found.extend(pairs.map(|(first, second)| BadPattern::Overtaken { first, second }));
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Operation, bad_patterns};

    /// Whether some order of all takes and of as many puts as needed explains the history: tries every one.
    ///
    /// `state` holds what is in the queue; puts that never end may be left out.
    fn explained(left: &[Operation<u8>], state: &[u8]) -> bool {
        if left.iter().all(|operation| operation.end == usize::MAX) {
            return true;
        }
        let first_end = left.iter().map(|operation| operation.end).min().unwrap_or_default();
        let mut candidates = left.iter().enumerate().filter(|(_, operation)| operation.begin < first_end);
        candidates.any(|(at, operation)| {
            let rest: Vec<_> =
                left.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| *other).collect();
            if operation.put {
                return explained(&rest, &[state, &[operation.value]].concat());
            }
            state.first() == Some(&operation.value) && explained(&rest, &state[1..])
        })
    }

    /// Up to eight operations with distinct ends; some puts never end.
    fn history() -> impl Strategy<Value = Vec<Operation<u8>>> {
        let operation = (0_u8..4, any::<bool>(), 0_usize..40, 1_usize..25, prop::bool::weighted(0.1));
        prop::collection::vec(operation, 1..=8).prop_map(|drawn| {
            let mut puts = std::collections::BTreeSet::new();
            let mut all = Vec::new();
            for (at, (value, put, begin, length, endless)) in drawn.into_iter().enumerate() {
                if put && !puts.insert(value) {
                    continue;
                }
                // Ends differ by the place in the list, so that no two moments are the same.
                let (begin, end) = (begin * 20 + 2 * at, (begin + length) * 20 + 2 * at + 1);
                let end = if endless && put { usize::MAX } else { end };
                all.push(Operation { value, put, begin, end });
            }
            all
        })
    }

    #[test]
    fn each_pattern_is_found() {
        let put = Operation::put;
        let take = Operation::take;
        assert!(bad_patterns(&[put('a', 0, 1), put('b', 2, 3), take('a', 4, 5), take('b', 6, 7)]).is_empty());
        assert_eq!(bad_patterns(&[take('a', 4, 5)]).len(), 1);
        assert_eq!(bad_patterns(&[put('a', 0, 1), take('a', 4, 5), take('a', 6, 7)]).len(), 1);
        assert_eq!(bad_patterns(&[take('a', 0, 1), put('a', 2, 3)]).len(), 1);
        assert_eq!(bad_patterns(&[put('a', 0, 1), put('b', 2, 3), take('b', 4, 5), take('a', 6, 7)]).len(), 1);
        assert_eq!(bad_patterns(&[put('a', 0, 1), put('b', 2, 3), take('b', 4, 5)]).len(), 1);
        assert!(bad_patterns(&[put('a', 0, 3), put('b', 2, 5), take('b', 6, 7)]).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

        /// Bad patterns and exhaustive search agree on every small history.
        #[test]
        fn patterns_agree_with_exhaustive_search(history in history()) {
            prop_assert_eq!(bad_patterns(&history).is_empty(), explained(&history, &[]));
        }
    }
}
