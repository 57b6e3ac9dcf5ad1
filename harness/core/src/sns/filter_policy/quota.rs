//! How large and how complex a policy may be.

use std::sync::Arc;

use super::fault::FilterFault;
use super::leaf::Leaf;
use super::pattern::Pattern;

/// <https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html>
const BYTES_MAX: usize = 262_144;
const KEYS_MAX: usize = 5;
pub(super) const COMBINATIONS_MAX: usize = 150;
const STARS_MAX: usize = 3;
const POINTS_MAX: usize = 100;

/// Refuses a text that is too long. How AWS words this is not recorded.
pub(super) fn check_size(text: &str) -> Result<(), FilterFault> {
    if text.len() > BYTES_MAX {
        return Err(FilterFault::plain("Filter policy is too large"));
    }
    Ok(())
}

/// Refuses a policy with too many keys, combinations or wildcards.
pub(super) fn check(rules: &[Vec<Arc<Leaf>>]) -> Result<(), FilterFault> {
    let mut leaves: Vec<&Arc<Leaf>> = rules.iter().flatten().collect();
    leaves.sort_by(|one, other| one.path.cmp(&other.path).then(Arc::as_ptr(one).cmp(&Arc::as_ptr(other))));
    leaves.dedup_by(|one, other| Arc::ptr_eq(one, other));
    let wildcards = leaves.iter().map(|leaf| wildcard_points(&leaf.patterns));
    let points = wildcards.into_iter().try_fold(0_usize, |sum, points| Some(sum.saturating_add(points?)));
    leaves.dedup_by(|one, other| one.path == other.path);
    if leaves.len() > KEYS_MAX {
        return Err(FilterFault::plain("Filter policy can not have more than 5 keys"));
    }
    if combinations(rules) > COMBINATIONS_MAX || points.is_none_or(|points| points > POINTS_MAX) {
        return Err(too_complex());
    }
    Ok(())
}

pub(super) fn too_complex() -> FilterFault {
    FilterFault::plain("Filter policy is too complex")
}

/// Alternatives add up; in each, the values of all keys multiply, each taken as often as its key is deep.
fn combinations(rules: &[Vec<Arc<Leaf>>]) -> usize {
    let of = |leaf: &Arc<Leaf>| leaf.alternatives.saturating_mul(leaf.level);
    let product = |rule: &Vec<Arc<Leaf>>| rule.iter().map(of).fold(1, usize::saturating_mul);
    rules.iter().map(product).fold(0, usize::saturating_add)
}

/// The points of all patterns with wildcards of a key, times the number of these patterns; `None` if one has too many wildcards.
///
/// A pattern has a point for a single wildcard or inside of `anything-but`, and three for several. The documentation can be read so that
/// each of several wildcards costs three; the plainer reading is taken.
fn wildcard_points(patterns: &[Pattern]) -> Option<usize> {
    let (mut points, mut count) = (0, 0);
    for pattern in patterns {
        let (inner, is_negated) = match pattern {
            Pattern::AnythingBut(inner) => (&**inner, true),
            single => (std::slice::from_ref(single), false),
        };
        for pattern in inner {
            let Pattern::Wildcard(wildcard) = pattern else { continue };
            if wildcard.stars() > STARS_MAX {
                return None;
            }
            points += if wildcard.stars() > 1 && !is_negated { 3 } else { 1 };
            count += 1;
        }
    }
    Some(points * count)
}
