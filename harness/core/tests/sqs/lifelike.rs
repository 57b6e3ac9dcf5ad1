//! The lifelike oracle: out of order and incomplete, but nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use redeliver_core::{Lifelike, Limits};
use redeliver_model::sqs::ReceiveMessageRequest;

use crate::account::{Account, Send, receive};

/// Sends 100 numbered messages and receives them by long polls; gives the numbers as they came and the sizes of the batches.
fn drain(seed: u64) -> (Vec<usize>, Vec<usize>) {
    let mut aws = Account::with(Limits::default(), Lifelike::new(seed));
    let url = aws.queue("q", &[]);
    for at in 0..100 {
        aws.send(&url, &at.to_string());
    }
    let (mut order, mut sizes) = (Vec::new(), Vec::new());
    while order.len() < 100 {
        let long = ReceiveMessageRequest { wait_time_seconds: Some(20), ..receive(&url) };
        let got = aws.try_receive(long).expect("a long poll misses nothing that is there");
        sizes.push(got.len());
        order.extend(got.iter().map(|message| message.body.as_ref().unwrap().parse::<usize>().unwrap()));
        for message in &got {
            aws.delete(&url, message).unwrap();
        }
    }
    (order, sizes)
}

fn inversions(order: &[usize]) -> usize {
    order.iter().enumerate().map(|(at, one)| order[at..].iter().filter(|other| *other < one).count()).sum()
}

/// One trace of AWS had 1,809 of 4,950 pairs inverted.
#[test]
fn about_a_third_of_message_pairs_is_inverted_and_nothing_is_lost() {
    let mut total = 0;
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for seed in 0..50 {
        let (mut order, batches) = drain(seed);
        total += inversions(&order);
        for size in batches {
            *sizes.entry(size).or_default() += 1;
        }
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }
    let percent = total * 100 / (50 * 4_950);
    assert!((30..=42).contains(&percent), "{percent} % of pairs are inverted");
    let (full, all) = (sizes[&10], sizes.values().sum::<usize>());
    assert!((40..=70).contains(&(full * 100 / all)), "{full} of {all} batches are full");
}

#[test]
fn short_polls_miss_messages_and_long_polls_do_not() {
    let mut missed = 0;
    for seed in 0..200 {
        let mut aws = Account::with(Limits::default(), Lifelike::new(seed));
        let url = aws.queue("q", &[("VisibilityTimeout", "0")]);
        aws.send(&url, "m");
        missed += usize::from(aws.receive(&url).is_empty());
        let long = ReceiveMessageRequest { wait_time_seconds: Some(1), ..receive(&url) };
        assert_eq!(aws.try_receive(long).unwrap().len(), 1);
    }
    assert!((20..=90).contains(&missed), "{missed} of 200 short polls missed the message");
}

#[test]
fn same_seed_gives_the_same_order() {
    assert_eq!(drain(7), drain(7));
    assert_ne!(drain(7), drain(8));
}

#[test]
fn fifo_queues_keep_their_order() {
    let mut aws = Account::with(Limits::default(), Lifelike::new(1).with_duplicates(1_000));
    let url = aws.queue("q.fifo", &[]);
    for at in 0..10 {
        aws.send_to(&url, "g", &at.to_string());
    }
    assert_eq!(aws.bodies(&url), (0..10).map(|at| at.to_string()).collect::<Vec<_>>());
    assert_eq!(aws.bodies(&url), [""; 0]);
}

#[test]
fn duplicates_and_resurrections_come_only_when_they_are_switched_on() {
    let deliveries = |oracle: Lifelike| {
        let mut aws = Account::with(Limits::default(), oracle);
        let url = aws.queue("q", &[]);
        for at in 0..100 {
            aws.send(&url, &at.to_string());
        }
        let mut count = 0;
        while aws.counts(&url) != [0, 0, 0] {
            for message in aws.receive(&url) {
                count += 1;
                aws.delete(&url, &message).unwrap();
            }
            aws.wait(60_000);
        }
        count
    };
    assert_eq!(deliveries(Lifelike::new(5)), 100);
    assert!(deliveries(Lifelike::new(5).with_resurrections(500)) > 120);
    let mut aws = Account::with(Limits::default(), Lifelike::new(5).with_duplicates(1_000));
    let url = aws.queue("q", &[]);
    aws.send(&url, "m");
    let long = ReceiveMessageRequest { wait_time_seconds: Some(1), ..receive(&url) };
    assert_eq!([(); 2].map(|()| aws.try_receive(long.clone()).unwrap().len()), [1, 1]);
}

/// Under the unkindest of its answers, whatever a consumer does not delete comes until it does.
#[test]
fn nothing_is_lost_with_delays_timeouts_and_a_dead_letter_queue() {
    for seed in 0..40 {
        let oracle = Lifelike::new(seed).with_duplicates(100).with_resurrections(50);
        let mut aws = Account::with(Limits::default(), oracle);
        let [source, dead] = aws.redriven("", 3, &[("VisibilityTimeout", "2")]);
        for at in 0..60 {
            let (body, delay) = (at.to_string(), Some(at % 5));
            aws.try_send(Send { url: &source, body: &body, delay, ..Send::default() }).unwrap();
        }
        let mut seen = BTreeSet::new();
        for round in 0..200 {
            for url in [&source, &dead] {
                for message in aws.receive(url) {
                    seen.insert(message.body.clone().unwrap().parse::<i32>().unwrap());
                    // A consumer that fails at most messages of the source.
                    if url == &dead || round % 4 == 0 {
                        aws.delete(url, &message).unwrap();
                    }
                }
            }
            aws.wait(1_500);
        }
        aws.wait(60_000);
        assert_eq!(seen, (0..60).collect::<BTreeSet<_>>());
        assert_eq!((aws.counts(&source), aws.counts(&dead)), ([0, 0, 0], [0, 0, 0]));
    }
}
