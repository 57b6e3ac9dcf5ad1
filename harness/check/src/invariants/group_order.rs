//! Order within a message group, and its lock while messages are in flight.

use std::collections::BTreeMap;

use crate::traffic::{Delivery, Handled, Sent, Traffic};
use crate::{Scene, Verdict};

/// Counts only what is certain: of two sends that overlapped, either may have come first.
pub(super) fn check(traffic: &Traffic, scene: &Scene) -> Verdict {
    let mut groups: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    let mut group_of: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for sent in &traffic.sent {
        if let (Some(name), Some(id)) = (&sent.group, &sent.message_id) {
            let group = groups.entry(name).or_default();
            // A duplicate send may be answered with the original's id.
            group_of.entry(id).or_insert_with(|| {
                group.sent.push(sent);
                (name, group.sent.len() - 1)
            });
        }
    }
    if groups.is_empty() {
        return Verdict::unknown("sends with message groups");
    }
    for delivery in traffic.deliveries.iter().filter(|delivery| delivery.queue == scene.queue) {
        if let Some(&(name, rank)) = group_of.get(delivery.message_id.as_str())
            && let Some(group) = groups.get_mut(name)
        {
            group.delivered.push((rank, delivery));
        }
    }
    let mut handled: BTreeMap<&str, usize> = BTreeMap::new();
    for Handled { handle, span, .. } in &traffic.handled {
        handled.entry(handle).and_modify(|begin| *begin = span.begin.min(*begin)).or_insert(span.begin);
    }
    let mut witness = Vec::new();
    for (name, group) in &groups {
        group.first_deliveries(name, &mut witness);
        group.within_answers(name, &mut witness);
        group.lock(name, scene.visibility_ms, &handled, &mut witness);
    }
    Verdict::from_witness(witness)
}

/// One message group: what was sent in the order of the answers, and what was delivered, by rank in `sent`.
#[derive(Default)]
struct Group<'a> {
    sent: Vec<&'a Sent>,
    delivered: Vec<(usize, &'a Delivery)>,
}

impl Group<'_> {
    /// Whether the send of rank `a` certainly came before that of rank `b`; entries of one batch come in their order.
    fn sent_before(&self, a: usize, b: usize) -> bool {
        let (first, second) = (self.sent[a].span, self.sent[b].span);
        first.before(&second) || (first == second && a < b)
    }

    /// First deliveries come in the order of sending.
    fn first_deliveries(&self, name: &str, witness: &mut Vec<String>) {
        let mut firsts: BTreeMap<usize, &Delivery> = BTreeMap::new();
        for (rank, delivery) in &self.delivered {
            firsts.entry(*rank).or_insert(delivery);
        }
        // The first delivery that began last, among the messages so far.
        let mut latest: Option<(usize, &Delivery)> = None;
        for (&rank, &first) in &firsts {
            if let Some((earlier, delivery)) = latest
                && first.span.before(&delivery.span)
                && self.sent_before(earlier, rank)
            {
                let (body, other) = (&first.body, &delivery.body);
                let (at, then) = (first.span.end_ms, delivery.span.end_ms);
                witness.push(format!("group `{name}`: `{body}` was first delivered at {at} ms, `{other}`, which was sent before it, at {then} ms"));
            }
            if latest.is_none_or(|(_, delivery)| delivery.span.begin < first.span.begin) {
                latest = Some((rank, first));
            }
        }
    }

    /// Messages of one answer stand in the order of sending.
    fn within_answers(&self, name: &str, witness: &mut Vec<String>) {
        for pair in self.delivered.windows(2) {
            let [(rank, delivery), (next_rank, next)] = pair else { continue };
            if delivery.span == next.span && self.sent_before(*next_rank, *rank) {
                let (body, other, at) = (&delivery.body, &next.body, delivery.span.end_ms);
                witness.push(format!(
                    "group `{name}`: the answer at {at} ms holds `{body}` before `{other}`, which was sent earlier"
                ));
            }
        }
    }

    /// While a message is in flight, no later one of its group is delivered.
    fn lock(&self, name: &str, visibility_ms: u64, handled: &BTreeMap<&str, usize>, witness: &mut Vec<String>) {
        let mut in_flight: Vec<(usize, &Delivery)> = Vec::new();
        for &(rank, delivery) in &self.delivered {
            in_flight.retain(|(_, earlier)| {
                let handled = handled.get(earlier.handle.as_str());
                let untouched = handled.is_none_or(|&begin| begin > delivery.span.end);
                untouched && delivery.span.end_ms < earlier.span.begin_ms + visibility_ms
            });
            for (other, earlier) in &in_flight {
                if earlier.span.before(&delivery.span) && *other != rank && self.sent_before(*other, rank) {
                    let (body, held) = (&delivery.body, &earlier.body);
                    let (at, since, process) = (delivery.span.end_ms, earlier.span.end_ms, earlier.process);
                    witness.push(format!("group `{name}`: `{body}` was delivered at {at} ms while `{held}` was in flight at consumer {process} since {since} ms"));
                }
            }
            in_flight.push((rank, delivery));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Invariant::GroupOrder;
    use crate::Verdict;
    use crate::story::{SCENE, Story};

    fn sent() -> Story {
        let mut story = Story::new();
        for body in ["a", "b", "c"] {
            story.send(body, Some("g"), Some(body));
        }
        story.send("x", Some("h"), Some("x"));
        story
    }

    fn broken(story: &Story) -> Vec<String> {
        match GroupOrder.check(story.records(), &SCENE()) {
            Verdict::Broken { witness } => witness,
            Verdict::Holds => Vec::new(),
            Verdict::Unknown { needs } => panic!("{needs}"),
        }
    }

    #[test]
    fn groups_are_independent_and_order_within_one_is_kept() {
        let mut story = sent();
        story.receive(1, &["a", "b"]).receive(2, &["x"]).delete(1, "a").delete(1, "b").receive(2, &["c"]);
        assert_eq!(broken(&story), Vec::<String>::new());
    }

    #[test]
    fn later_message_delivered_first_breaks_the_order() {
        let mut story = sent();
        story.receive(1, &["b"]).delete(1, "b").receive(1, &["a"]);
        let expected = "group `g`: `b` was first delivered at 5 ms, `a`, which was sent before it, at 7 ms";
        assert_eq!(broken(&story), [expected]);
    }

    #[test]
    fn order_within_an_answer_counts() {
        let mut story = sent();
        story.receive(1, &["b", "a"]);
        let expected = "group `g`: the answer at 5 ms holds `b` before `a`, which was sent earlier";
        assert_eq!(broken(&story), [expected]);
    }

    #[test]
    fn group_is_locked_by_an_earlier_message_until_it_is_released_deleted_or_visible() {
        let mut story = sent();
        story.receive(1, &["a"]).receive(2, &["b"]);
        let expected = "group `g`: `b` was delivered at 6 ms while `a` was in flight at consumer 1 since 5 ms";
        assert_eq!(broken(&story), [expected]);
        let mut expired = sent();
        expired.receive(1, &["a"]).wait(1_000).receive(2, &["a", "b"]).change(2, "a").receive(1, &["a"]);
        assert_eq!(broken(&expired), Vec::<String>::new());
    }

    #[test]
    fn history_without_groups_says_nothing() {
        let mut story = Story::new();
        story.send("a", None, None).receive(1, &["a"]);
        assert!(matches!(GroupOrder.check(story.records(), &SCENE()), Verdict::Unknown { .. }));
    }
}
