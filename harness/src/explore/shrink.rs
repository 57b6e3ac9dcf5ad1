//! Delta debugging: the smallest part of a list that still fails.

/// The smallest part of `items` for which `fails` says yes, such that no single item can be left out. `fails` is asked of parts only, and
/// gives what that part really came to, which may be smaller still.
///
/// Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002), ddmin.
pub(crate) fn shrink<T: Clone + PartialEq>(items: Vec<T>, mut fails: impl FnMut(&[T]) -> Option<Vec<T>>) -> Vec<T> {
    let mut items = items;
    let mut parts = 2;
    while items.len() >= 2 {
        let size = items.len().div_ceil(parts);
        let chunks: Vec<Vec<T>> = items.chunks(size).map(<[T]>::to_vec).collect();
        let without = |nth: usize| -> Vec<T> {
            chunks.iter().enumerate().filter(|(other, _)| *other != nth).flat_map(|(_, chunk)| chunk.clone()).collect()
        };
        let halves = chunks.len() == 2;
        let found = (0..chunks.len())
            .find_map(|nth| fails(&chunks[nth]).map(|left| (left, 2)))
            // With two parts the rest of one is the other.
            .or_else(|| {
                (!halves).then(|| {
                    (0..chunks.len()).find_map(|nth| fails(&without(nth)).map(|left| (left, (parts - 1).max(2))))
                })?
            });
        match found {
            Some((left, next)) if left.len() < items.len() => (items, parts) = (left, next),
            _ if parts >= items.len() => break,
            _ => parts = (parts * 2).min(items.len()),
        }
    }
    // One item: perhaps none is needed.
    if items.len() == 1
        && let Some(left) = fails(&[])
        && left.is_empty()
    {
        items = left;
    }
    items
}

#[cfg(test)]
mod tests {
    use super::shrink;

    fn smallest(items: &[u32], needed: &[u32]) -> (Vec<u32>, u32) {
        let mut asked = 0;
        let left = shrink(items.to_vec(), |part| {
            asked += 1;
            needed.iter().all(|item| part.contains(item)).then(|| part.to_vec())
        });
        (left, asked)
    }

    #[test]
    fn what_is_not_needed_is_left_out() {
        let items: Vec<_> = (0..24).collect();
        for needed in [vec![], vec![0], vec![13], vec![3, 17], vec![0, 11, 23], (0..24).collect()] {
            assert_eq!(smallest(&items, &needed).0, needed);
        }
    }

    #[test]
    fn one_of_many_takes_few_steps() {
        let (left, asked) = smallest(&(0..24).collect::<Vec<_>>(), &[13]);
        assert_eq!(left, [13]);
        assert!(asked <= 12, "{asked}");
    }
}
