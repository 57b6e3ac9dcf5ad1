//! What a scenario does to the shards of a stream, and who subscribes to it.

use std::fmt::Debug;
use std::time::Duration;

use aws_sdk_kinesis::types::{ConsumerStatus, ScalingType, Shard};

use super::stream::Stream;

/// How often is looked whether a consumer is ready.
const LOOK: Duration = Duration::from_millis(100);

impl Stream {
    /// Its shards as they are: open ones, and closed ones that still keep records.
    ///
    /// # Panics
    ///
    /// When Kinesis refuses to tell.
    pub async fn shards(&self) -> Vec<Shard> {
        let client = self.run.kinesis_client();
        let (mut shards, mut token) = (Vec::new(), None);
        loop {
            let list = client.list_shards();
            let list = match token {
                Some(token) => list.next_token(token),
                None => list.stream_name(&self.name),
            };
            let listed = done("the shards are not told", list.send().await);
            shards.extend(listed.shards.unwrap_or_default());
            token = listed.next_token;
            if token.is_none() {
                return shards;
            }
        }
    }

    /// Splits a shard in the middle of its hash keys, and waits until that is done; gives the ids of the two that come of it.
    ///
    /// # Panics
    ///
    /// When Kinesis refuses.
    pub async fn split(&self, shard: &str) -> Vec<String> {
        let before = self.shards().await;
        let range = before.iter().find(|known| known.shard_id == shard).and_then(|known| known.hash_key_range.as_ref());
        let key = |text: &str| text.parse::<u128>().expect("hash keys are numbers of 128 bits");
        let Some(range) = range else { panic!("`{}` has no shard `{shard}`", self.name) };
        let (first, last) = (key(&range.starting_hash_key), key(&range.ending_hash_key));
        let middle = first + (last - first) / 2 + 1;
        let client = self.run.kinesis_client();
        let split = client.split_shard().stream_name(&self.name).shard_to_split(shard);
        let split = split.new_starting_hash_key(middle.to_string()).send().await;
        done("the shard was not split", split);
        self.new_since(&before).await
    }

    /// Merges two neighbours, and waits until that is done; gives the id of the shard that comes of it.
    ///
    /// # Panics
    ///
    /// When Kinesis refuses.
    pub async fn merge(&self, shard: &str, adjacent: &str) -> String {
        let before = self.shards().await;
        let client = self.run.kinesis_client();
        let merge =
            client.merge_shards().stream_name(&self.name).shard_to_merge(shard).adjacent_shard_to_merge(adjacent);
        done("the shards were not merged", merge.send().await);
        let new = self.new_since(&before).await;
        new.into_iter().next().expect("a merge makes a shard")
    }

    /// Changes the number of its open shards, and waits until that is done; gives the ids of the new ones.
    ///
    /// # Panics
    ///
    /// When Kinesis refuses.
    pub async fn reshard(&self, shards: i32) -> Vec<String> {
        let before = self.shards().await;
        let client = self.run.kinesis_client();
        let update = client.update_shard_count().stream_name(&self.name).target_shard_count(shards);
        let update = update.scaling_type(ScalingType::UniformScaling).send().await;
        done("the number of shards was not changed", update);
        self.new_since(&before).await
    }

    async fn new_since(&self, before: &[Shard]) -> Vec<String> {
        self.ready().await;
        let known = |shard: &Shard| before.iter().any(|known| known.shard_id == shard.shard_id);
        self.shards().await.into_iter().filter(|shard| !known(shard)).map(|shard| shard.shard_id).collect()
    }

    /// Registers a consumer with enhanced fan-out, and waits until it is active; gives its ARN.
    ///
    /// # Panics
    ///
    /// When Kinesis refuses.
    pub async fn register(&self, consumer: &str) -> String {
        let client = self.run.kinesis_client();
        let register = client.register_stream_consumer().stream_arn(&self.arn).consumer_name(consumer).send().await;
        let registered = done("the consumer was not registered", register);
        let arn = registered.consumer.expect("a consumer that was registered is told").consumer_arn;
        loop {
            let asked = client.describe_stream_consumer().consumer_arn(&arn).send().await;
            let asked = done("the consumer is not told", asked);
            if asked.consumer_description.is_some_and(|told| told.consumer_status == ConsumerStatus::Active) {
                return arn;
            }
            self.run.clock().advance(LOOK).await;
        }
    }
}

fn done<T, E: Debug>(otherwise: &str, answer: Result<T, E>) -> T {
    match answer {
        Ok(answer) => answer,
        Err(error) => panic!("{otherwise}: {error:?}"),
    }
}
