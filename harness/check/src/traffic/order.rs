//! What came certainly before what, in near-linear time.

use super::Span;
use crate::mutation::mutated;

/// The greatest value among the spans that were over before a record. Spans are added in the order of their ends.
#[derive(Debug)]
pub(crate) struct Latest<T>(Vec<(usize, T)>);

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + PartialOrd> Latest<T> {
    /// Adds a span that ended at `end`, which is no less than all ends so far.
    pub(crate) fn add(&mut self, end: usize, value: T) {
        match self.0.last() {
            Some((_, greatest)) if *greatest >= value => {}
            _ => self.0.push((end, value)),
        }
    }

    /// The greatest value among the spans that ended before `begin`.
    pub(crate) fn before(&self, begin: usize) -> Option<T> {
        let count = self.0.partition_point(|(end, _)| *end < begin);
        count.checked_sub(1).map(|last| self.0[last].1)
    }
}

/// Of items with two spans each, those whose first span came certainly after that of another (or equals it, later in the list: a batch) and whose second came
/// certainly before it: as (overtaken, overtaking). One for each overtaking item. An item without a second span never got there.
pub(crate) fn overtaken<T: Copy>(items: &[(T, Span, Option<Span>)]) -> Vec<(T, T)> {
    overtaken_of(items, true)
}

/// As [`overtaken`], where batches have no order.
pub(crate) fn overtaken_apart<T: Copy>(items: &[(T, Span, Option<Span>)]) -> Vec<(T, T)> {
    overtaken_of(items, false)
}

fn overtaken_of<T: Copy>(items: &[(T, Span, Option<Span>)], batches: bool) -> Vec<(T, T)> {
    let mut by_end: Vec<_> = items.iter().collect();
    by_end.sort_by_key(|(_, first, _)| first.end);
    let mut by_begin: Vec<_> = items.iter().collect();
    by_begin.sort_by_key(|(_, first, _)| first.begin);
    let mut ended = by_end.into_iter().peekable();
    // The item whose second span begins last, among those whose first span was over.
    let mut latest: Option<(T, usize)> = None;
    // The item whose second span begins last, among those of the same batch, which were put in its order.
    let mut batch: Option<(Span, T, usize)> = None;
    let mut found = Vec::new();
    for (item, first, second) in by_begin {
        while let Some((other, _, second)) = ended.next_if(|(_, other, _)| {
            other.end < first.begin
                || (other.begin < first.begin && mutated("order: the beginnings of calls order them"))
        }) {
            let begin = second.map_or(usize::MAX, |second| second.begin);
            if latest.is_none_or(|(_, latest)| begin > latest) {
                latest = Some((*other, begin));
            }
        }
        let begin = second.map_or(usize::MAX, |second| second.begin);
        let same = batch.filter(|(span, ..)| batches && span == first).map(|(_, other, begin)| (other, begin));
        let later = latest.into_iter().chain(same).max_by_key(|(_, begin)| *begin);
        if let (Some((other, begin)), Some(second)) = (later, second)
            && second.end < begin
        {
            found.push((other, *item));
        }
        batch = match same {
            Some((other, greatest)) if greatest >= begin => Some((*first, other, greatest)),
            _ => Some((*first, *item, begin)),
        };
    }
    found
}
