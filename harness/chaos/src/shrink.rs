//! Delta debugging: the smallest part of a list that still fails.

/// A search for the smallest part of a list that still fails, such that no single item can be left out.
///
/// It runs nothing itself: it proposes a [`candidate`](Self::candidate), and is told whether that fails. Whoever has no more time stops asking, and takes
/// what is [`smallest`](Self::smallest) until then.
///
/// ```
/// use redeliver_chaos::Shrink;
///
/// let mut shrink = Shrink::new((0..24).collect());
/// while let Some(part) = shrink.candidate() {
///     if part.contains(&13) {
///         shrink.fails(part);
///     } else {
///         shrink.holds();
///     }
/// }
/// assert_eq!(shrink.smallest(), [13]);
/// ```
///
/// Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002), ddmin.
#[derive(Debug, Clone)]
pub struct Shrink<T> {
    items: Vec<T>,
    /// Into how many parts they are cut.
    parts: usize,
    /// Which candidate is next: first the parts, then what is left without each of them.
    next: usize,
    is_over: bool,
}

impl<T: Clone> Shrink<T> {
    /// A search in a list that fails as a whole.
    pub fn new(items: Vec<T>) -> Self {
        Self { is_over: items.is_empty(), items, parts: 2, next: 0 }
    }

    /// What is to be tried next; none when it is done. The last candidate, for a single item, is the empty list.
    pub fn candidate(&self) -> Option<Vec<T>> {
        if self.is_over {
            return None;
        }
        let chunks = self.chunks();
        let without = self.next.checked_sub(chunks.len());
        let of = |(nth, chunk): (usize, &[T])| match without {
            None if nth == self.next => chunk.to_vec(),
            Some(left_out) if nth != left_out => chunk.to_vec(),
            _ => Vec::new(),
        };
        // A single item has one part, itself, which is known to fail.
        let is_single = self.items.len() == 1;
        Some(if is_single { Vec::new() } else { chunks.into_iter().enumerate().flat_map(of).collect() })
    }

    /// The candidate does not fail.
    pub fn holds(&mut self) {
        let chunks = self.chunks().len();
        // Of two parts, what is left without the one is the other.
        let candidates = if chunks > 2 { chunks * 2 } else { chunks };
        self.next += 1;
        if self.items.len() == 1 {
            self.is_over = true;
        } else if self.next >= candidates {
            self.is_over = self.parts >= self.items.len();
            self.parts = (self.parts * 2).min(self.items.len());
            self.next = 0;
        }
    }

    /// The candidate fails, and came to `left`, which may be smaller still. Gives whether that is smaller than all before: something that is not is
    /// taken as if it did not fail.
    pub fn fails(&mut self, left: Vec<T>) -> bool {
        if left.len() >= self.items.len() {
            self.holds();
            return false;
        }
        let was_chunk = self.next < self.chunks().len();
        self.parts = if was_chunk { 2 } else { (self.parts - 1).max(2) };
        self.is_over = left.is_empty();
        self.items = left;
        self.next = 0;
        true
    }

    /// The smallest list that is known to fail.
    pub fn smallest(&self) -> &[T] {
        &self.items
    }

    fn chunks(&self) -> Vec<&[T]> {
        self.items.chunks(self.items.len().div_ceil(self.parts).max(1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Shrink;

    fn smallest(items: &[u32], needed: &[u32]) -> (Vec<u32>, u32) {
        let (mut shrink, mut asked) = (Shrink::new(items.to_vec()), 0);
        while let Some(part) = shrink.candidate() {
            asked += 1;
            if needed.iter().all(|item| part.contains(item)) {
                assert!(shrink.fails(part), "each candidate is smaller");
            } else {
                shrink.holds();
            }
        }
        (shrink.smallest().to_vec(), asked)
    }

    #[test]
    fn what_is_not_needed_is_left_out() {
        let items: Vec<_> = (0..24).collect();
        for needed in [vec![], vec![0], vec![13], vec![3, 17], vec![0, 11, 23], (0..24).collect()] {
            assert_eq!(smallest(&items, &needed).0, needed);
        }
        assert_eq!(smallest(&[], &[]), (vec![], 0));
    }

    #[test]
    fn one_of_many_takes_few_steps() {
        let (left, asked) = smallest(&(0..24).collect::<Vec<_>>(), &[13]);
        assert_eq!(left, [13]);
        assert!(asked <= 12, "{asked}");
    }

    #[test]
    fn what_came_to_less_is_taken_and_what_came_to_more_is_not() {
        let mut shrink = Shrink::new(vec![1, 2, 3, 4]);
        assert_eq!(shrink.candidate(), Some(vec![1, 2]));
        assert!(!shrink.fails(vec![1, 2, 3, 4]));
        assert_eq!(shrink.candidate(), Some(vec![3, 4]));
        assert!(shrink.fails(vec![4]));
        assert_eq!((shrink.smallest(), shrink.candidate()), (&[4][..], Some(vec![])));
        shrink.holds();
        assert_eq!(shrink.candidate(), None);
    }

    #[test]
    fn whoever_stops_asking_has_the_smallest_until_then() {
        let mut shrink = Shrink::new((0..8).collect());
        let part = shrink.candidate().unwrap();
        shrink.fails(part);
        assert_eq!(shrink.smallest(), [0, 1, 2, 3]);
    }
}
