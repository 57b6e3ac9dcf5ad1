//! While a message is in flight, no other receive gets a message of its group.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Delivery, Lease, Queue};

/// More deliveries of one group in flight than this are no longer told apart.
const IN_FLIGHT_MAX: usize = 32;

/// Needs message groups. Leases that the chaos ended (S11), receives that it lost (S31) or merged (S32) are excused.
///
/// An earlier message of the group that was released may come back while a later one of the same answer is still in flight:
/// nothing overtakes then.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S11", "S31", "S32"]);
    let mut groups: Vec<Vec<(&Delivery<'_>, Lease)>> = Vec::new();
    groups.resize_with(traffic.groups.len(), Vec::new);
    let (mut grouped, mut witness) = (false, Vec::new());
    let place = |message: usize| traffic.messages[message].sent;
    for (_, delivery) in queue.deliveries() {
        let Some(group) = traffic.messages[delivery.message].group else { continue };
        grouped = true;
        let (end, end_ms) = (delivery.span.end, delivery.span.end_ms);
        let in_flight = &mut groups[group];
        in_flight.retain(|(_, lease)| lease.in_flight(end, end_ms));
        let other = in_flight.iter().find(|(earlier, _)| {
            let again = earlier.message == delivery.message
                || (earlier.attempt.is_some() && earlier.attempt == delivery.attempt);
            let back =
                delivery_came_before(queue, delivery, earlier) && place(delivery.message) < place(earlier.message);
            let excused = excuse.covers(traffic, earlier.message, end);
            earlier.span.before(&delivery.span) && !again && !back && !excused
        });
        if let Some((earlier, _)) = other
            && !mutated("group-exclusive: groups are shared")
        {
            let (name, body, held) = (traffic.groups.text(group), delivery.body, earlier.body);
            let (first, since, second) = (earlier.process, earlier.span.end_ms, delivery.process);
            witness.push(format!("group `{name}`: consumer {second} received `{body}` at {end_ms} ms, while consumer {first} had `{held}` in flight since {since} ms"));
        }
        if in_flight.len() < IN_FLIGHT_MAX {
            in_flight.push((delivery, traffic.certain_lease(delivery, queue.scene)));
        }
    }
    if grouped { Verdict::from_witness(witness) } else { Verdict::unknown("messages with groups") }
}

/// Whether the message of this delivery was delivered before, by the answer that the other delivery is of or an earlier one.
fn delivery_came_before(queue: Queue<'_, '_>, delivery: &Delivery<'_>, other: &Delivery<'_>) -> bool {
    queue.deliveries_of(delivery.message).next().is_some_and(|first| first.span.end <= other.span.end)
}
