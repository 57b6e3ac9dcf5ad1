//! Order within a message group, and its lock while messages are in flight.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Delivery, Excuse, Lease, Queue, Sent};

/// More messages of one group in flight than this are no longer told apart.
const IN_FLIGHT_MAX: usize = 32;

/// Counts only what is certain: of two sends that overlapped, either may have come first.
///
/// What the chaos reordered or held back (S5, S6, S29, S31, S32), or whose lease it ended (S11), is no breach.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let mut groups: Vec<Group<'_, '_>> = Vec::new();
    groups.resize_with(traffic.groups.len(), Group::default);
    // The rank of each message within its group.
    let mut ranks: Vec<Option<(usize, usize)>> = vec![None; traffic.messages.len()];
    for (message, sent) in queue.first_sends() {
        if let Some(group) = sent.group {
            ranks[message] = Some((group, groups[group].sent.len()));
            groups[group].sent.push(sent);
        }
    }
    if groups.iter().all(|group| group.sent.is_empty()) {
        return Verdict::unknown("sends with message groups");
    }
    for (_, delivery) in queue.deliveries() {
        if let Some((group, rank)) = ranks[delivery.message] {
            groups[group].delivered.push((rank, delivery));
        }
    }
    let excuse = traffic.excuse(&["S5", "S6", "S11", "S29", "S31", "S32"]);
    let mut witness = Vec::new();
    for (group, one) in groups.iter().enumerate() {
        let name = traffic.groups.text(group);
        let inspect = Inspect { queue, name, excuse: &excuse };
        one.first_deliveries(&inspect, &mut witness);
        one.within_answers(&inspect, &mut witness);
        one.lock(&inspect, &mut witness);
    }
    Verdict::from_witness(witness)
}

/// What the checks of a group have in common.
struct Inspect<'t, 'a> {
    queue: Queue<'t, 'a>,
    name: &'t str,
    excuse: &'t Excuse,
}

impl Inspect<'_, '_> {
    fn excused(&self, delivery: &Delivery<'_>) -> bool {
        self.excuse.covers(self.queue.traffic, delivery.message, delivery.span.end)
    }
}

/// One message group: what was sent in the order of the answers, and what was delivered, by rank in `sent`.
#[derive(Default)]
struct Group<'t, 'a> {
    sent: Vec<&'t Sent<'a>>,
    delivered: Vec<(usize, &'t Delivery<'a>)>,
}

impl Group<'_, '_> {
    /// Whether the send of rank `a` certainly came before that of rank `b`; entries of one batch come in their order.
    fn sent_before(&self, a: usize, b: usize) -> bool {
        let (first, second) = (self.sent[a].span, self.sent[b].span);
        first.before(&second) || (first == second && a < b)
    }

    /// First deliveries come in the order of sending.
    fn first_deliveries(&self, inspect: &Inspect<'_, '_>, witness: &mut Vec<String>) {
        let mut firsts: Vec<Option<&Delivery<'_>>> = vec![None; self.sent.len()];
        for (rank, delivery) in &self.delivered {
            firsts[*rank].get_or_insert(delivery);
        }
        // The first delivery that began last, among the messages so far.
        let mut latest: Option<(usize, &Delivery<'_>)> = None;
        for (rank, first) in firsts.into_iter().enumerate() {
            let Some(first) = first else { continue };
            if let Some((earlier, delivery)) = latest
                && first.span.before(&delivery.span)
                && self.sent_before(earlier, rank)
                && !inspect.excused(delivery)
                && !inspect.excused(first)
                && !mutated("group-order: any order of first deliveries")
            {
                let (body, other) = (first.body, delivery.body);
                let (name, at, then) = (inspect.name, first.span.end_ms, delivery.span.end_ms);
                witness.push(format!("group `{name}`: `{body}` was first delivered at {at} ms, `{other}`, which was sent before it, at {then} ms"));
            }
            if latest.is_none_or(|(_, delivery)| delivery.span.begin < first.span.begin) {
                latest = Some((rank, first));
            }
        }
    }

    /// Messages of one answer stand in the order of sending.
    fn within_answers(&self, inspect: &Inspect<'_, '_>, witness: &mut Vec<String>) {
        for pair in self.delivered.windows(2) {
            let [(rank, delivery), (next_rank, next)] = pair else { continue };
            if delivery.span == next.span && self.sent_before(*next_rank, *rank) && !inspect.excused(delivery) {
                let (name, body, other, at) = (inspect.name, delivery.body, next.body, delivery.span.end_ms);
                witness.push(format!(
                    "group `{name}`: the answer at {at} ms holds `{body}` before `{other}`, which was sent earlier"
                ));
            }
        }
    }

    /// While a message is in flight, no later one of its group is delivered.
    fn lock(&self, inspect: &Inspect<'_, '_>, witness: &mut Vec<String>) {
        let mut in_flight: Vec<(usize, &Delivery<'_>, Lease)> = Vec::new();
        for &(rank, delivery) in &self.delivered {
            let (end, end_ms) = (delivery.span.end, delivery.span.end_ms);
            in_flight.retain(|(_, _, lease)| lease.in_flight(end, end_ms));
            for (other, earlier, _) in &in_flight {
                if earlier.span.before(&delivery.span)
                    && *other != rank
                    && (earlier.attempt.is_none() || earlier.attempt != delivery.attempt)
                    && self.sent_before(*other, rank)
                    && !inspect.excused(earlier)
                    && !mutated("group-order: no lock")
                {
                    let (name, body, held) = (inspect.name, delivery.body, earlier.body);
                    let (at, since, process) = (end_ms, earlier.span.end_ms, earlier.process);
                    witness.push(format!("group `{name}`: `{body}` was delivered at {at} ms while `{held}` was in flight at consumer {process} since {since} ms"));
                }
            }
            if in_flight.len() < IN_FLIGHT_MAX {
                let lease = inspect.queue.traffic.certain_lease(delivery, inspect.queue.scene);
                in_flight.push((rank, delivery, lease));
            }
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
