//! A reader by enhanced fan-out.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::stop::Stop;
use super::call::{BUSY, Process, Reply};
use super::ledger::Seen;
use super::lineage::Lineage;

/// How long to wait before a shard is subscribed to again that was refused: a consumer may have one subscription of a shard in five seconds.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html>
const PAUSE: Duration = Duration::from_secs(6);

/// One registered consumer.
pub(super) struct FanOut<'a, 'b> {
    process: Process<'a, 'b>,
    consumer: String,
    lineage: Lineage,
    /// Where to go on in each shard.
    last: BTreeMap<String, String>,
}

impl<'a, 'b> FanOut<'a, 'b> {
    /// Registers a consumer and waits until it may subscribe.
    pub(super) async fn register(process: Process<'a, 'b>, name: &str) -> Result<Option<Self>, Stop> {
        process.ledger.reader(process.number);
        let stream = json!({ "StreamName": process.stream });
        let Some(summary) = process.insist("DescribeStreamSummary", &stream).await? else { return Ok(None) };
        let arn = &summary["StreamDescriptionSummary"]["StreamARN"];
        let input = json!({ "StreamARN": arn, "ConsumerName": name });
        let Some(output) = process.insist("RegisterStreamConsumer", &input).await? else { return Ok(None) };
        let consumer = output["Consumer"]["ConsumerARN"].as_str().unwrap_or_default().to_owned();
        let input = json!({ "ConsumerARN": consumer });
        while let Some(output) = process.insist("DescribeStreamConsumer", &input).await? {
            if output["ConsumerDescription"]["ConsumerStatus"] == "ACTIVE" {
                break;
            }
            process.session.pause(process.session.pace().1).await;
        }
        Ok(Some(Self { process, consumer, lineage: Lineage::default(), last: BTreeMap::new() }))
    }

    /// Reads all shards, parents before children, one subscription after the other, until all that was put is read.
    pub(super) async fn run(mut self) -> Result<(), Stop> {
        self.lineage.list(&self.process.shards().await?);
        while !self.process.ledger.is_done(self.process.number) {
            let ready = self.lineage.ready();
            if ready.is_empty() {
                // Another reader, or a change of shards, goes on meanwhile.
                self.process.session.pause(PAUSE).await;
            }
            for shard in ready {
                self.subscribe(&shard).await?;
            }
        }
        Ok(())
    }

    async fn subscribe(&mut self, shard: &str) -> Result<(), Stop> {
        let from = match self.last.get(shard) {
            Some(last) => json!({ "Type": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": last }),
            None => json!({ "Type": "TRIM_HORIZON" }),
        };
        let input = json!({ "ConsumerARN": self.consumer, "ShardId": shard, "StartingPosition": from });
        match self.process.call("SubscribeToShard", &input, &BUSY).await? {
            Reply::Output(output) => {
                for event in output["EventStream"].as_array().into_iter().flatten() {
                    self.take(shard, &event["SubscribeToShardEvent"]);
                }
            }
            Reply::Refused(_) | Reply::Failed => self.process.session.pause(PAUSE).await,
        }
        Ok(())
    }

    /// Takes in an event; one that is no piece of the shard has neither records nor a number to go on from.
    fn take(&mut self, shard: &str, event: &Value) {
        if event.is_null() {
            return;
        }
        self.process.ledger.read(self.process.number, Seen::all(shard, event));
        match event["ContinuationSequenceNumber"].as_str() {
            Some(number) => {
                self.last.insert(shard.to_owned(), number.to_owned());
            }
            None => self.process.end(&mut self.lineage, shard, event),
        }
    }
}
