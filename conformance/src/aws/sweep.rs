//! Finds and removes what runs left behind: what carries their prefix and their tags, in the account that was admitted.

use std::collections::BTreeMap;
use std::time::Duration;

use redeliver_model::Service;
use serde_json::{Value, json};

use super::run_id::PREFIX;
use super::tags::{CREATED_AT, RUN};
use super::{Rules, RunId, moment};
use crate::client::Client;
use crate::observe::Answer;
use crate::target::{Target, TargetProblem};

/// How long a stream may take that is not deleted because it is being made.
const STREAM_MAX: u32 = 90;
const TRIES_MAX: u32 = 8;

/// What is swept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// What this run left.
    Run(RunId),
    /// What runs left that began at least so long ago.
    OlderThan(Duration),
}

/// What became of something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sweep {
    /// It would be removed.
    Would,
    /// It was removed.
    Removed,
    /// It is left, because it is none of those asked for.
    Kept(String),
    /// It could not be removed.
    Failed(String),
}

/// Something whose name is that of a thing of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: &'static str,
    /// Its name or ARN.
    pub name: String,
    /// What became of it.
    pub end: Sweep,
}

/// Finds what runs left behind, and removes it unless this is a dry run. Fails when AWS can't be asked.
pub fn sweep(target: &Target, which: &Which, dry: bool) -> Result<Vec<Found>, TargetProblem> {
    let no_runtime = |error: std::io::Error| TargetProblem::Unreachable(format!("no runtime: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(no_runtime)?;
    runtime.block_on(async {
        let (Some(rules), Some(addresses)) = (target.rules(), target.addresses()) else {
            let text = format!("`{}` is not AWS, and nothing else is swept: start it anew", target.name());
            return Err(TargetProblem::Usage(text));
        };
        let client = Client::remote(&*target.manifest_now().await, addresses);
        let mut broom = Broom { rules, client, which, dry, found: Vec::new() };
        let swept = async {
            broom.queues().await?;
            broom.topics().await?;
            broom.streams().await
        };
        swept.await.map_err(TargetProblem::Unreachable)?;
        Ok(broom.found)
    })
}

struct Broom<'a> {
    rules: &'a Rules,
    client: Client,
    which: &'a Which,
    dry: bool,
    found: Vec<Found>,
}

impl Broom<'_> {
    async fn queues(&mut self) -> Result<(), String> {
        let input = json!({ "QueueNamePrefix": PREFIX, "MaxResults": 1000 });
        for url in self.list(Service::Sqs, "ListQueues", input, "QueueUrls").await? {
            let url = url.as_str().unwrap_or_default().to_owned();
            let name = url.rsplit('/').next().unwrap_or_default();
            let Some(run) = self.run_in(&url, name) else { continue };
            let tags = self.call(Service::Sqs, "ListQueueTags", json!({ "QueueUrl": url })).await;
            let tags = tags.map(|answer| map_of(&answer["Tags"]));
            // One that was deleted may be listed for a minute.
            if matches!(&tags, Err(reason) if reason.contains("NonExistentQueue")) {
                continue;
            }
            let end = match self.why_kept(&run, tags) {
                Some(reason) => Sweep::Kept(reason),
                None => self.remove(Service::Sqs, "DeleteQueue", json!({ "QueueUrl": url })).await,
            };
            self.note("queue", &url, end);
        }
        Ok(())
    }

    async fn topics(&mut self) -> Result<(), String> {
        for topic in self.list(Service::Sns, "ListTopics", json!({}), "Topics").await? {
            let arn = topic["TopicArn"].as_str().unwrap_or_default().to_owned();
            let Some(run) = self.run_in(&arn, arn.rsplit(':').next().unwrap_or_default()) else { continue };
            let tags = self.call(Service::Sns, "ListTagsForResource", json!({ "ResourceArn": arn })).await;
            let tags = tags.map(|answer| list_of(&answer["Tags"]));
            if let Some(reason) = self.why_kept(&run, tags) {
                self.note("topic", &arn, Sweep::Kept(reason));
                continue;
            }
            let of_topic = json!({ "TopicArn": arn });
            let all = self.list(Service::Sns, "ListSubscriptionsByTopic", of_topic.clone(), "Subscriptions").await;
            for subscription in all.unwrap_or_default() {
                let subscription = subscription["SubscriptionArn"].as_str().unwrap_or_default().to_owned();
                // One that waits for its confirmation has no ARN, and goes with its topic.
                if subscription.starts_with("arn:") {
                    let input = json!({ "SubscriptionArn": subscription });
                    let end = self.remove(Service::Sns, "Unsubscribe", input).await;
                    self.note("subscription", &subscription, end);
                }
            }
            let end = self.remove(Service::Sns, "DeleteTopic", of_topic).await;
            self.note("topic", &arn, end);
        }
        Ok(())
    }

    async fn streams(&mut self) -> Result<(), String> {
        for name in self.list(Service::Kinesis, "ListStreams", json!({ "Limit": 100 }), "StreamNames").await? {
            let name = name.as_str().unwrap_or_default().to_owned();
            let Some(run) = self.run_in(&name, &name) else { continue };
            let of_stream = json!({ "StreamName": name });
            let seen = self.call(Service::Kinesis, "DescribeStreamSummary", of_stream.clone()).await;
            let summary = seen.map(|answer| answer["StreamDescriptionSummary"].clone()).unwrap_or_default();
            if summary.is_null() || summary["StreamStatus"] == "DELETING" {
                continue;
            }
            let tags = self.call(Service::Kinesis, "ListTagsForStream", of_stream).await;
            let tags = tags.map(|answer| list_of(&answer["Tags"]));
            if let Some(reason) = self.why_kept(&run, tags) {
                self.note("stream", &name, Sweep::Kept(reason));
                continue;
            }
            let input = json!({ "StreamARN": summary["StreamARN"] });
            let consumers = self.list(Service::Kinesis, "ListStreamConsumers", input, "Consumers").await;
            let input = json!({ "StreamName": name, "EnforceConsumerDeletion": true });
            let end = self.remove(Service::Kinesis, "DeleteStream", input).await;
            for consumer in consumers.unwrap_or_default() {
                // It goes with its stream.
                self.note("consumer", consumer["ConsumerARN"].as_str().unwrap_or_default(), end.clone());
            }
            self.note("stream", &name, end);
        }
        Ok(())
    }

    /// The run of a thing of this name, if it is one that is asked for by its name, and is not going already.
    fn run_in(&self, handle: &str, name: &str) -> Option<RunId> {
        let run = RunId::of_name(name).filter(|_| !self.rules.is_gone(handle))?;
        match self.which {
            Which::Run(wanted) => (*wanted == run).then_some(run),
            Which::OlderThan(_) => Some(run),
        }
    }

    /// Why something is left alone by its tags.
    fn why_kept(&self, run: &RunId, tags: Result<BTreeMap<String, String>, String>) -> Option<String> {
        let tags = match tags {
            Ok(tags) => tags,
            Err(reason) => return Some(format!("its tags cannot be read: {reason}")),
        };
        if tags.get(RUN).map(String::as_str) != Some(&run.to_string()) {
            return Some(format!("it has no tag `{RUN}` of its run"));
        }
        let Which::OlderThan(limit) = self.which else { return None };
        let age = tags.get(CREATED_AT).and_then(|text| moment::since(text, moment::now()));
        match age {
            None => Some(format!("it has no tag `{CREATED_AT}`")),
            Some(age) if age < *limit => Some("its run began too short a time ago".to_owned()),
            Some(_) => None,
        }
    }

    async fn remove(&mut self, service: Service, operation: &'static str, input: Value) -> Sweep {
        if self.dry {
            return Sweep::Would;
        }
        match self.call(service, operation, input).await {
            Ok(_) => Sweep::Removed,
            Err(reason) => Sweep::Failed(reason),
        }
    }

    fn note(&mut self, kind: &'static str, name: &str, end: Sweep) {
        if end == Sweep::Removed {
            self.rules.deleted(name);
        }
        self.found.push(Found { kind, name: name.to_owned(), end });
    }

    /// All pages of a list.
    async fn list(
        &self,
        service: Service,
        operation: &'static str,
        mut input: Value,
        of: &str,
    ) -> Result<Vec<Value>, String> {
        let mut all = Vec::new();
        loop {
            let mut answer = self.call(service, operation, input.clone()).await?;
            all.extend(answer[of].as_array_mut().map(std::mem::take).unwrap_or_default());
            match answer["NextToken"].as_str() {
                Some(next) => input["NextToken"] = next.into(),
                None => return Ok(all),
            }
        }
    }

    /// A call at AWS's pace, which is made again when it came too often, or when a stream is not ready to be deleted.
    async fn call(&self, service: Service, operation: &'static str, input: Value) -> Result<Value, String> {
        let second = Duration::from_secs(1);
        let mut tries = 0;
        loop {
            tokio::time::sleep(self.rules.turn(service, operation)).await;
            let told = |text: String| format!("`{}:{operation}`: {text}", service.prefix());
            let seen = self.client.call(service, operation, &input).await.map_err(|lost| told(lost.to_string()))?;
            tries += 1;
            if tries < TRIES_MAX && Rules::may_come_again(service, operation, &seen) {
                tokio::time::sleep(second * tries).await;
                continue;
            }
            match seen.answer {
                Answer::Success(answer) => return Ok(answer),
                Answer::Refused(refusal)
                    if operation == "DeleteStream"
                        && refusal.code == "ResourceInUseException"
                        && tries < STREAM_MAX =>
                {
                    tokio::time::sleep(second).await;
                }
                Answer::Refused(refusal) => {
                    return Err(told(format!("{}: {}", refusal.code, refusal.message.unwrap_or_default())));
                }
            }
        }
    }
}

fn map_of(tags: &Value) -> BTreeMap<String, String> {
    let pairs = tags.as_object().into_iter().flatten();
    pairs.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}

fn list_of(tags: &Value) -> BTreeMap<String, String> {
    let pairs = tags.as_array().into_iter().flatten();
    pairs.filter_map(|tag| Some((tag["Key"].as_str()?.to_owned(), tag["Value"].as_str()?.to_owned()))).collect()
}
