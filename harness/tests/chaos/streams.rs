//! Faults of streams under the SDK: what it makes of them, and of the places that it goes on at.

use std::time::Duration;

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::{
    PutRecordsRequestEntry, ShardIteratorType, StartingPosition, SubscribeToShardEventStream,
};
use redeliver::Harness;
use redeliver::chaos::{ChaosHttpClient, SharedChaos};
use redeliver_chaos::plan::{Place, Plan, RuleBuilder};
use redeliver_chaos::{Chaos, Mode, rules};

const SHARD: &str = "shardId-000000000000";

/// A stream `orders` of one shard behind a rule.
struct Given {
    kinesis: Client,
    chaos: SharedChaos,
}

async fn given(rule: RuleBuilder) -> Given {
    let plan = Plan::builder("One rule.").rule(rule).build(&rules::known(), Some(Place::InProcess)).unwrap();
    let harness = Harness::builder().seed(7).build();
    let chaos = SharedChaos::new(Chaos::new(&plan, 7, Mode::Draw), harness.clock());
    let client = ChaosHttpClient::wrap(harness.http_client(), &chaos).consumer("worker-1");
    let kinesis = Client::from_conf(harness.kinesis_config().http_client(client).build());
    kinesis.create_stream().stream_name("orders").shard_count(1).send().await.unwrap();
    tokio::time::sleep(Duration::from_mins(1)).await;
    Given { kinesis, chaos }
}

impl Given {
    async fn put(&self, texts: &[&str]) {
        let record = |text: &&str| {
            let record = PutRecordsRequestEntry::builder().partition_key("k").data(Blob::new(*text));
            record.build().unwrap()
        };
        let put = self.kinesis.put_records().stream_name("orders");
        put.set_records(Some(texts.iter().map(record).collect())).send().await.unwrap();
    }

    /// All that a reader gets who reads until two reads have brought nothing.
    async fn read(&self) -> Vec<String> {
        let get = self.kinesis.get_shard_iterator().stream_name("orders").shard_id(SHARD);
        let got = get.shard_iterator_type(ShardIteratorType::TrimHorizon).send().await.unwrap();
        let (mut iterator, mut texts, mut empty) = (got.shard_iterator.unwrap(), Vec::new(), 0);
        while empty < 2 {
            let read = self.kinesis.get_records().shard_iterator(&iterator).send().await.unwrap();
            empty = if read.records.is_empty() && read.millis_behind_latest == Some(0) { empty + 1 } else { 0 };
            texts.extend(read.records.iter().map(|record| text(&record.data)));
            iterator = read.next_shard_iterator.unwrap();
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        texts
    }

    async fn consumer(&self) -> String {
        let stream = self.kinesis.describe_stream_summary().stream_name("orders").send().await.unwrap();
        let arn = stream.stream_description_summary.unwrap().stream_arn;
        let registered = self.kinesis.register_stream_consumer().stream_arn(arn).consumer_name("c").send().await;
        tokio::time::sleep(Duration::from_mins(1)).await;
        registered.unwrap().consumer.unwrap().consumer_arn
    }

    /// What a subscription brings, where to go on after it, and whether it broke.
    async fn subscribed(&self, consumer: &str, from: Option<&str>) -> (Vec<String>, Option<String>, bool) {
        let position = match from {
            Some(number) => {
                StartingPosition::builder().r#type(ShardIteratorType::AfterSequenceNumber).sequence_number(number)
            }
            None => StartingPosition::builder().r#type(ShardIteratorType::TrimHorizon),
        };
        let subscribe = self.kinesis.subscribe_to_shard().consumer_arn(consumer).shard_id(SHARD);
        let subscribed = subscribe.starting_position(position.build().unwrap()).send().await.unwrap();
        let (mut events, mut texts, mut next) = (subscribed.event_stream, Vec::new(), from.map(str::to_owned));
        loop {
            match events.recv().await {
                Ok(Some(SubscribeToShardEventStream::SubscribeToShardEvent(event))) => {
                    texts.extend(event.records.iter().map(|record| text(&record.data)));
                    next = Some(event.continuation_sequence_number);
                }
                Ok(Some(other)) => panic!("{other:?}"),
                Ok(None) => return (texts, next, false),
                Err(_) => return (texts, next, true),
            }
        }
    }

    fn fired(&self) -> usize {
        self.chaos.lock().fired().faults.len()
    }
}

fn text(data: &Blob) -> String {
    String::from_utf8(data.as_ref().to_vec()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_goes_on_with_its_iterators_gets_every_record_once_and_in_order() {
    for rule in ["empty-read", "short-read"] {
        let given = given(RuleBuilder::new(rule).nth(1)).await;
        given.put(&["a", "b", "c", "d", "e", "f"]).await;
        assert_eq!(given.read().await, ["a", "b", "c", "d", "e", "f"], "{rule}");
        assert_eq!(given.fired(), 1, "{rule}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_that_fails_at_every_attempt_is_made_again_with_the_same_iterator() {
    for rule in ["read-throttled", "read-reply-lost"] {
        let given = given(RuleBuilder::new(rule).nth(1)).await;
        given.put(&["a"]).await;
        let get = given.kinesis.get_shard_iterator().stream_name("orders").shard_id(SHARD);
        let got = get.shard_iterator_type(ShardIteratorType::TrimHorizon).send().await.unwrap();
        let read = given.kinesis.get_records().shard_iterator(got.shard_iterator.unwrap());
        let (first, second) = (read.clone().send().await, read.send().await.unwrap());
        assert!(first.is_err() && given.fired() == 1, "{rule}: {first:?}");
        assert_eq!(second.records.len(), 1, "{rule}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_put_whose_reply_is_lost_is_put_again_by_the_sdk() {
    let given = given(RuleBuilder::new("put-reply-lost").nth(1)).await;
    given.put(&["a", "b"]).await;
    assert_eq!(given.read().await, ["a", "b", "a", "b"]);
}

#[tokio::test(start_paused = true)]
async fn subscriptions_end_or_break_and_the_next_one_goes_on_where_they_were() {
    for (rule, breaks) in [("subscription-ends", false), ("subscription-cut", true)] {
        let given = given(RuleBuilder::new(rule).with("after", 1).nth(1)).await;
        let consumer = given.consumer().await;
        given.put(&["a", "b"]).await;
        let (first, next, is_broken) = given.subscribed(&consumer, None).await;
        assert_eq!((first, is_broken), (vec!["a".to_owned(), "b".to_owned()], breaks), "{rule}");
        given.put(&["c"]).await;
        tokio::time::sleep(Duration::from_secs(6)).await;
        // The second one lasts its five minutes.
        let (second, _, is_broken) = given.subscribed(&consumer, next.as_deref()).await;
        assert_eq!((second, is_broken), (vec!["c".to_owned()], false), "{rule}");
        assert_eq!(given.fired(), 1);
    }
}
