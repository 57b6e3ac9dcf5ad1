//! A message reached the dead-letter queue exactly if it was received `maxReceiveCount` times without being deleted.

use std::collections::BTreeMap;

use crate::traffic::{Delivery, Handled, How, Traffic};
use crate::{Scene, Verdict};

/// What became of one message.
#[derive(Default)]
struct Fate<'a> {
    receives: u32,
    last: Option<&'a Delivery>,
    dead_lettered: bool,
    /// A deletion was tried, whatever came of it.
    deletion_tried: bool,
    /// A deletion of the last delivery was acknowledged before its timeout could have run out.
    deleted: bool,
}

/// Needs the queue's threshold, its dead-letter queue, and a history that goes on until both were drained.
pub(super) fn check(traffic: &Traffic, scene: &Scene) -> Verdict {
    let (Some(threshold), Some(dead_letter)) = (scene.max_receive_count, &scene.dead_letter) else {
        return Verdict::unknown("a queue with a redrive policy");
    };
    let fates = fates(traffic, scene, dead_letter);
    let mut witness = Vec::new();
    for (id, fate) in fates {
        let Some(body) = fate.last.map(|delivery| &delivery.body) else { continue };
        let receives = fate.receives;
        // A receive whose answer was lost counts at the backend and is not in `receives`.
        let too_few = receives < threshold && traffic.unanswered_receives == 0;
        if receives > threshold {
            witness.push(format!("message {id} `{body}` was received {receives} times, more than {threshold}"));
        } else if fate.dead_lettered && too_few {
            witness.push(format!("message {id} `{body}` was dead-lettered after {receives} of {threshold} receives"));
        } else if fate.dead_lettered && fate.deleted {
            witness.push(format!("message {id} `{body}` was deleted and dead-lettered all the same"));
        } else if receives == threshold && !fate.dead_lettered && !fate.deletion_tried {
            witness.push(format!("message {id} `{body}` was received {receives} times and not dead-lettered"));
        }
    }
    Verdict::from_witness(witness)
}

fn fates<'a>(traffic: &'a Traffic, scene: &Scene, dead_letter: &str) -> BTreeMap<&'a str, Fate<'a>> {
    let mut fates: BTreeMap<&str, Fate<'_>> = BTreeMap::new();
    let mut by_handle: BTreeMap<&str, &Delivery> = BTreeMap::new();
    for delivery in &traffic.deliveries {
        let fate = fates.entry(&delivery.message_id).or_default();
        if delivery.queue == scene.queue {
            fate.receives += 1;
            fate.last = Some(delivery);
            by_handle.insert(&delivery.handle, delivery);
        } else if delivery.queue == dead_letter {
            fate.dead_lettered = true;
            fate.last.get_or_insert(delivery);
        }
    }
    let deletions = traffic.handled.iter().filter(|one| one.how == How::Deleted && one.queue == scene.queue);
    for Handled { span, handle, acknowledged, .. } in deletions {
        if let Some(delivery) = by_handle.get(handle.as_str())
            && let Some(fate) = fates.get_mut(delivery.message_id.as_str())
        {
            fate.deletion_tried = true;
            fate.deleted |= *acknowledged
                && fate.last == Some(*delivery)
                && span.end_ms < delivery.span.begin_ms + scene.visibility_ms;
        }
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
