//! The stream of a run.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::{HashKeyRange, Shard, StreamStatus};
use redeliver_check::KeyRule;

use super::Scenario;
use super::clients::{Clients, told};
use super::place::Place;

/// How often is looked whether the stream is active.
const LOOK: Duration = Duration::from_millis(100);
/// How often at most.
const LOOKS: u32 = 600;

/// A stream that was created for a run.
#[derive(Debug)]
pub struct Stream {
    name: String,
    arn: String,
    /// The business keys of its records.
    keys: BTreeSet<String>,
}

impl Stream {
    /// Creates it past the faults, and waits until it is active.
    ///
    /// # Errors
    ///
    /// Says what the backend says.
    pub async fn create(direct: &Clients, scenario: &Scenario, name: &str) -> Result<Self, String> {
        let mistake = |error: String| format!("the stream `{name}` could not be created: {error}");
        let shards = i32::try_from(scenario.shards).unwrap_or(i32::MAX);
        let asked = direct.kinesis.create_stream().stream_name(name).shard_count(shards);
        asked.send().await.map_err(|error| mistake(told(error)))?;
        let keys = scenario.messages.iter().map(|body| KeyRule::default().key(body, None).into_owned()).collect();
        let mut stream = Self { name: name.to_owned(), arn: String::new(), keys };
        stream.arn = stream.active(direct).await.map_err(mistake)?;
        Ok(stream)
    }

    /// Puts the records through the faults, trying again as the SDK does; where shards are to change, they do so past the faults when a
    /// third of the records is put, and again after two thirds.
    ///
    /// # Errors
    ///
    /// Says which record could not be put, or what could not be changed, and why.
    pub async fn send(&self, through: &Clients, direct: &Clients, scenario: &Scenario) -> Result<(), String> {
        let all = scenario.messages.len();
        for (index, body) in scenario.messages.iter().enumerate() {
            if scenario.reshard && index == all / 3 {
                self.split(direct)
                    .await
                    .map_err(|error| format!("a shard of `{}` was not split: {error}", self.name))?;
            }
            if scenario.reshard && index == all * 2 / 3 {
                self.merge(direct)
                    .await
                    .map_err(|error| format!("shards of `{}` were not merged: {error}", self.name))?;
            }
            let key = index as u64 % u64::from(scenario.partition_keys);
            let put = through.kinesis.put_record().stream_name(&self.name).partition_key(format!("key-{key}"));
            let put = put.data(Blob::new(body.as_bytes())).send().await;
            put.map_err(|error| format!("record {} could not be put: {}", index + 1, told(error)))?;
        }
        Ok(())
    }

    /// Records whose effect has not been told: where a consumer keeps its checkpoints is its own affair.
    ///
    /// # Errors
    ///
    /// When the endpoint is gone.
    pub fn left(&self, place: &Place) -> Result<u64, String> {
        let done = place.effects()?;
        Ok(self.keys.iter().filter(|key| !done.contains(*key)).count() as u64)
    }

    /// Variables that tell a consumer of it.
    pub fn variables(&self) -> Vec<(String, String)> {
        [("STREAM_NAME", &self.name), ("STREAM_ARN", &self.arn)]
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .into()
    }

    /// Removes it from an upstream that lives on, as well as that can be done.
    pub async fn remove(&self, direct: &Clients) {
        let _ = direct.kinesis.delete_stream().stream_name(&self.name).enforce_consumer_deletion(true).send().await;
    }

    /// Waits until it is active; gives its ARN.
    async fn active(&self, direct: &Clients) -> Result<String, String> {
        for _ in 0..LOOKS {
            let told = direct.kinesis.describe_stream_summary().stream_name(&self.name).send().await.map_err(told)?;
            let summary = told.stream_description_summary.ok_or("nothing is told of it")?;
            if summary.stream_status == StreamStatus::Active {
                return Ok(summary.stream_arn);
            }
            tokio::time::sleep(LOOK).await;
        }
        Err(format!("it is not active after {} s", LOOKS / 10))
    }

    /// Splits the first open shard in the middle.
    async fn split(&self, direct: &Clients) -> Result<(), String> {
        let open = self.open(direct).await?;
        let (shard, range) = open.first().and_then(|shard| Some((shard, range(shard)?))).ok_or("no shard is open")?;
        let middle = range.0 + (range.1 - range.0) / 2 + 1;
        let split = direct.kinesis.split_shard().stream_name(&self.name).shard_to_split(&shard.shard_id);
        split.new_starting_hash_key(middle.to_string()).send().await.map_err(told)?;
        self.active(direct).await.map(drop)
    }

    /// Merges the first two neighbours.
    async fn merge(&self, direct: &Clients) -> Result<(), String> {
        let mut open = self.open(direct).await?;
        open.sort_by_key(range);
        let neighbours = open.windows(2).find(|pair| {
            matches!((range(&pair[0]), range(&pair[1])), (Some(left), Some(right)) if left.1.checked_add(1) == Some(right.0))
        });
        let neighbours = neighbours.ok_or("no two open shards are neighbours")?;
        let merge = direct.kinesis.merge_shards().stream_name(&self.name).shard_to_merge(&neighbours[0].shard_id);
        merge.adjacent_shard_to_merge(&neighbours[1].shard_id).send().await.map_err(told)?;
        self.active(direct).await.map(drop)
    }

    async fn open(&self, direct: &Clients) -> Result<Vec<Shard>, String> {
        let told = direct.kinesis.list_shards().stream_name(&self.name).send().await.map_err(told)?;
        let is_open = |shard: &Shard| {
            shard.sequence_number_range.as_ref().is_none_or(|range| range.ending_sequence_number.is_none())
        };
        Ok(told.shards.unwrap_or_default().into_iter().filter(is_open).collect())
    }
}

/// The hash keys of a shard, the last included.
fn range(shard: &Shard) -> Option<(u128, u128)> {
    let HashKeyRange { starting_hash_key, ending_hash_key, .. } = shard.hash_key_range.as_ref()?;
    Some((starting_hash_key.parse().ok()?, ending_hash_key.parse().ok()?))
}
