//! A message reached the dead-letter queue exactly if it was received `maxReceiveCount` times without being deleted.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Delivery, How, Outcome, Queue};

/// What became of one message.
#[derive(Default, Clone, Copy)]
struct Fate {
    receives: u32,
    last: Option<usize>,
    /// A deletion was tried, whatever came of it.
    deletion_tried: bool,
    /// A deletion of the last delivery was acknowledged before its timeout could have run out.
    deleted: bool,
}

/// Needs the queue's threshold, its dead-letter queue, and a history that goes on until both were drained.
///
/// Receives that the client did not see count at the backend (S1 to S4, S6, S10, S29 and S31 of the catalogue of faults), and
/// copies that the chaos made do not.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let (Some(threshold), Some(_)) = (queue.scene.max_receive_count, &queue.scene.dead_letter) else {
        return Verdict::unknown("a queue with a redrive policy");
    };
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S1", "S2", "S3", "S4", "S6", "S10", "S29", "S31", "X2", "X3"]);
    let mut witness = Vec::new();
    for (message, fate) in fates(queue).into_iter().enumerate() {
        let dead_lettered = queue.dead_lettered(message);
        if fate.receives == 0 && !dead_lettered {
            continue;
        }
        let receives = fate.receives;
        // A receive whose answer was lost counts at the backend and is not in `receives`.
        let too_few = receives < threshold && traffic.unanswered_receives == 0;
        let complaint = if receives > threshold && !mutated("dead-letter-after-n: one more is fine") {
            format!("was received {receives} times, more than {threshold}")
        } else if dead_lettered && too_few {
            format!("was dead-lettered after {receives} of {threshold} receives")
        } else if dead_lettered && fate.deleted {
            "was deleted and dead-lettered all the same".to_owned()
        } else if receives == threshold && !dead_lettered && !fate.deletion_tried && queue.expectation.drained {
            format!("was received {receives} times and not dead-lettered")
        } else {
            continue;
        };
        if !excuse.covers(traffic, message, traffic.end.0) {
            witness.push(format!("{} {complaint}", queue.shown(message)));
        }
    }
    Verdict::from_witness(witness)
}

fn fates(queue: Queue<'_, '_>) -> Vec<Fate> {
    let traffic = queue.traffic;
    let mut fates = vec![Fate::default(); traffic.messages.len()];
    for (number, delivery) in queue.deliveries() {
        let fate = &mut fates[delivery.message];
        fate.receives += 1;
        fate.last = Some(number);
    }
    let hidden_ms = |delivery: &Delivery<'_>| delivery.visibility_ms.unwrap_or(queue.scene.visibility_ms);
    let deletions = traffic.handled.iter().filter(|one| one.how == How::Deleted && Some(one.queue) == queue.number);
    for one in deletions.filter(|one| one.outcome != Outcome::Refused) {
        let Some(number) = one.delivery else { continue };
        let delivery = &traffic.deliveries[number];
        let fate = &mut fates[delivery.message];
        fate.deletion_tried = true;
        fate.deleted |= one.outcome == Outcome::Done
            && fate.last == Some(number)
            && one.span.end_ms < delivery.span.begin_ms + hidden_ms(delivery);
    }
    fates
}

#[cfg(test)]
mod tests {
    use crate::Invariant::DeadLetterAfterN;
    use crate::Verdict;
    use crate::story::{SCENE, Story};

    fn broken(story: &Story) -> Vec<String> {
        match DeadLetterAfterN.check(story.records(), &SCENE()) {
            Verdict::Broken { witness } => witness,
            Verdict::Holds => Vec::new(),
            Verdict::Unknown { needs } => panic!("{needs}"),
        }
    }

    #[test]
    fn message_is_dead_lettered_after_exactly_so_many_receives() {
        let mut story = Story::new();
        story.send("a", None, None).send("b", None, None);
        story.receive(1, &["a"]).wait(1_000).receive(1, &["a", "b"]).delete(1, "b").receive_dead(1, &["a"]);
        assert_eq!(broken(&story), Vec::<String>::new());
    }

    #[test]
    fn one_receive_too_few_or_too_many_is_a_breach() {
        let mut early = Story::new();
        early.send("a", None, None).receive(1, &["a"]).receive_dead(1, &["a"]);
        assert_eq!(broken(&early), ["message id-a `a` was dead-lettered after 1 of 2 receives"]);
        let mut late = Story::new();
        late.send("a", None, None).receive(1, &["a"]).receive(1, &["a"]).receive(1, &["a"]).receive_dead(1, &["a"]);
        assert_eq!(broken(&late), ["message id-a `a` was received 3 times, more than 2"]);
        let mut never = Story::new();
        never.send("a", None, None).receive(1, &["a"]).receive(1, &["a"]);
        assert_eq!(broken(&never), ["message id-a `a` was received 2 times and not dead-lettered"]);
        let mut unread = Story::new();
        unread.send("a", None, None).receive_dead(1, &["a"]);
        assert_eq!(broken(&unread), ["message id-a `a` was dead-lettered after 0 of 2 receives"]);
    }

    #[test]
    fn deleted_message_is_not_dead_lettered() {
        let mut story = Story::new();
        story.send("a", None, None).receive(1, &["a"]).receive(1, &["a"]).delete(1, "a");
        assert_eq!(broken(&story), Vec::<String>::new());
        story.receive_dead(1, &["a"]);
        assert_eq!(broken(&story), ["message id-a `a` was deleted and dead-lettered all the same"]);
    }

    #[test]
    fn queue_without_a_redrive_policy_says_nothing() {
        let mut scene = SCENE();
        scene.max_receive_count = None;
        assert!(matches!(DeadLetterAfterN.check(&[], &scene), Verdict::Unknown { .. }));
    }
}
