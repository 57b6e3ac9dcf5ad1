//! A policy against a body.
//!
//! A key of a policy names a value through objects, whose names may themselves have points in them, and through lists, of which any
//! element will do. Keys that go through the same list must find their values in the same element, as in the event ruler that AWS
//! publishes; a key that must be absent must be so in that element, or in all of them if no other key goes through the list.

use std::sync::Arc;

use super::body::Node;
use super::leaf::Leaf;

/// A key that is looked for below a node.
#[derive(Debug, Clone, Copy)]
struct Wanted<'p> {
    leaf: &'p Leaf,
    /// What is left of its path; `None` where the value must be.
    rest: Option<&'p str>,
}

impl Wanted<'_> {
    fn is_absence(&self) -> bool {
        self.leaf.absent
    }
}

/// A rule as rules in which each key is either absent or has a value.
pub(super) fn split(rule: Vec<Arc<Leaf>>) -> Vec<Vec<Arc<Leaf>>> {
    let mut rules = vec![Vec::with_capacity(rule.len())];
    for leaf in rule {
        if leaf.absent && leaf.wants_value() {
            let present = Arc::new(Leaf { absent: false, ..Leaf::clone(&leaf) });
            let absent = Arc::new(Leaf { path: leaf.path.clone(), absent: true, ..Leaf::default() });
            let with = |leaf: &Arc<Leaf>| rules.iter().map(|rule| [&rule[..], &[Arc::clone(leaf)]].concat()).collect();
            let (mut both, others): (Vec<_>, Vec<_>) = (with(&present), with(&absent));
            both.extend(others);
            rules = both;
        } else {
            for rule in &mut rules {
                rule.push(Arc::clone(&leaf));
            }
        }
    }
    rules
}

/// Whether a body fits all leaves of a rule.
pub(super) fn fits_body(rule: &[Arc<Leaf>], body: &Node<'_>) -> bool {
    let wanted: Vec<Wanted<'_>> = rule.iter().map(|leaf| Wanted { leaf, rest: Some(&leaf.path) }).collect();
    fits(&wanted, body)
}

fn fits(wanted: &[Wanted<'_>], node: &Node<'_>) -> bool {
    match node {
        Node::Value(value) => wanted.iter().all(|wanted| match wanted.rest {
            None => !wanted.is_absence() && wanted.leaf.matches(value),
            Some(_) => wanted.is_absence(),
        }),
        Node::Array(nodes) if wanted.iter().all(Wanted::is_absence) => nodes.iter().all(|node| fits(wanted, node)),
        Node::Array(nodes) => nodes.iter().any(|node| fits(wanted, node)),
        Node::Object(_) => {
            wanted.iter().all(|wanted| wanted.rest.is_some() || wanted.is_absence())
                && fits_members(wanted, node, &mut Vec::new())
        }
    }
}

/// Tries each way to take the first wanted key from a member, together with those that were taken before.
fn fits_members<'p, 'n>(
    wanted: &[Wanted<'p>],
    object: &'n Node<'_>,
    taken: &mut Vec<(&'n Node<'n>, Wanted<'p>)>,
) -> bool {
    let Some((first, others)) = wanted.split_first() else { return fit_taken(taken) };
    let ways = ways(*first, object);
    if first.is_absence() {
        let before = taken.len();
        taken.extend(ways);
        let fits = fits_members(others, object, taken);
        taken.truncate(before);
        return fits;
    }
    ways.into_iter().any(|way| {
        taken.push(way);
        let fits = fits_members(others, object, taken);
        taken.pop();
        fits
    })
}

/// Whether each member fits all keys that are taken from it.
fn fit_taken(taken: &[(&Node<'_>, Wanted<'_>)]) -> bool {
    let is_first = |at: usize| !taken[..at].iter().any(|(node, _)| std::ptr::eq(*node, taken[at].0));
    (0..taken.len()).filter(|at| is_first(*at)).all(|at| {
        let node = taken[at].0;
        let here: Vec<Wanted<'_>> =
            taken.iter().filter(|(other, _)| std::ptr::eq(*other, node)).map(|(_, wanted)| *wanted).collect();
        fits(&here, node)
    })
}

/// The members from which a key can be taken: its path may be split at any point.
fn ways<'p, 'n>(wanted: Wanted<'p>, object: &'n Node<'_>) -> Vec<(&'n Node<'n>, Wanted<'p>)> {
    let Some(path) = wanted.rest else { return Vec::new() };
    let points = path.match_indices('.').map(|(at, _)| (&path[..at], Some(&path[at + 1..])));
    let splits = points.chain([(path, None)]);
    splits.filter_map(|(name, rest)| Some((object.member(name)?, Wanted { rest, ..wanted }))).collect()
}
