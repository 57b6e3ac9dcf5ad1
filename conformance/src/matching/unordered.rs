//! Elements to patterns, in any order.

/// Gives each pattern an element of its own, as many as can be: `fits[pattern][element]` says what may go together. A greedy choice
/// is not enough, because a loose pattern may take the only element that a strict one would have.
pub(super) fn assign(fits: &[Vec<bool>]) -> Vec<Option<usize>> {
    let elements = fits.first().map_or(0, Vec::len);
    let mut owner: Vec<Option<usize>> = vec![None; elements];
    for pattern in 0..fits.len() {
        place(pattern, fits, &mut owner, &mut vec![false; elements]);
    }
    let mut assigned = vec![None; fits.len()];
    for (element, pattern) in owner.iter().enumerate() {
        if let Some(pattern) = pattern {
            assigned[*pattern] = Some(element);
        }
    }
    assigned
}

/// Finds an element for the pattern, moving others on where they have another choice.
fn place(pattern: usize, fits: &[Vec<bool>], owner: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    for element in 0..owner.len() {
        if !fits[pattern][element] || std::mem::replace(&mut tried[element], true) {
            continue;
        }
        if owner[element].is_none_or(|other| place(other, fits, owner, tried)) {
            owner[element] = Some(pattern);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::assign;

    #[test]
    fn a_loose_pattern_leaves_the_strict_one_its_element() {
        let fits = [vec![true, true, false], vec![true, false, false], vec![false, true, true]];
        assert_eq!(assign(&fits), [Some(1), Some(0), Some(2)]);
    }

    #[test]
    fn what_cannot_be_placed_is_left_over() {
        let fits = [vec![true, false], vec![true, false]];
        assert_eq!(assign(&fits), [Some(0), None]);
        assert_eq!(assign(&[]), []);
    }
}
