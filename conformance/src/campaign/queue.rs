//! The queue of a run, and the topic before it where there is one.

use aws_sdk_sqs::types::QueueAttributeName;
use redeliver_check::Scene;
use serde_json::json;

use super::Scenario;
use super::clients::{Clients, told};
use super::place::Place;

/// A queue that was created for a run.
#[derive(Debug)]
pub struct Queue {
    /// Its URL at the endpoint that has the faults.
    url: String,
    /// URL of its dead-letter queue, as the backend names it.
    dead_letter: Option<String>,
    topic: Option<String>,
}

impl Queue {
    /// Creates it past the faults.
    ///
    /// # Errors
    ///
    /// Says what the backend says.
    pub async fn create(direct: &Clients, scenario: &Scenario, url: &str) -> Result<Self, String> {
        let sqs = &direct.sqs;
        let timeout = scenario.visibility_timeout.to_string();
        let mut asked =
            sqs.create_queue().queue_name(&scenario.queue).attributes(QueueAttributeName::VisibilityTimeout, timeout);
        if scenario.is_fifo() {
            asked = asked.attributes(QueueAttributeName::FifoQueue, "true");
        }
        let mistake = |error: String| format!("the queue `{}` could not be created: {error}", scenario.queue);
        let mut dead_letter = None;
        if let Some(count) = scenario.max_receive_count {
            let name = if scenario.is_fifo() { "dead-letters.fifo" } else { "dead-letters" };
            let mut dead = sqs.create_queue().queue_name(name);
            if scenario.is_fifo() {
                dead = dead.attributes(QueueAttributeName::FifoQueue, "true");
            }
            let dead = dead.send().await.map_err(|error| mistake(told(error)))?;
            let url = dead.queue_url.unwrap_or_default();
            let arn = arn(direct, &url).await.map_err(mistake)?;
            dead_letter = Some(url);
            let policy = json!({ "deadLetterTargetArn": arn, "maxReceiveCount": count }).to_string();
            asked = asked.attributes(QueueAttributeName::RedrivePolicy, policy);
        }
        let created = asked.send().await.map_err(|error| mistake(told(error)))?;
        let found = created.queue_url.unwrap_or_default();
        let topic = match &scenario.topic {
            Some(name) => Some(subscribed(direct, scenario, name, &found).await?),
            None => None,
        };
        let path = found.splitn(4, '/').nth(3).unwrap_or_default();
        Ok(Self { url: format!("{}/{path}", url.trim_end_matches('/')), dead_letter, topic })
    }

    /// Sends the messages through the faults, trying again as the SDK does.
    ///
    /// # Errors
    ///
    /// Says which message could not be sent, and why.
    pub async fn send(&self, through: &Clients, scenario: &Scenario) -> Result<(), String> {
        for (index, body) in scenario.messages.iter().enumerate() {
            // Each group has its own.
            let group = scenario.is_fifo().then(|| format!("group-{}", index as u64 % u64::from(scenario.groups)));
            let deduplication = group.as_ref().map(|_| format!("message-{index}"));
            let sent = if let Some(topic) = &self.topic {
                let asked = through.sns.publish().topic_arn(topic).message(body);
                let asked = asked.set_message_group_id(group).set_message_deduplication_id(deduplication);
                asked.send().await.map(drop).map_err(told)
            } else {
                let asked = through.sqs.send_message().queue_url(&self.url).message_body(body);
                let asked = asked.set_message_group_id(group).set_message_deduplication_id(deduplication);
                asked.send().await.map(drop).map_err(told)
            };
            sent.map_err(|error| format!("message {} could not be sent: {error}", index + 1))?;
        }
        Ok(())
    }

    /// Messages in it.
    ///
    /// # Errors
    ///
    /// When the backend does not tell.
    pub async fn left(&self, direct: &Clients, scenario: &Scenario, place: &Place) -> Result<u64, String> {
        if place.upstream().is_none() {
            return place.messages(&scenario.queue);
        }
        let names = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
            QueueAttributeName::ApproximateNumberOfMessagesDelayed,
        ];
        let asked = direct.sqs.get_queue_attributes().queue_url(&self.url).set_attribute_names(Some(names.into()));
        let answer =
            asked.send().await.map_err(|error| format!("the upstream does not tell its queue: {}", told(error)))?;
        Ok(answer.attributes.unwrap_or_default().values().filter_map(|text| text.parse::<u64>().ok()).sum())
    }

    /// Variables that tell a consumer of it.
    pub fn variables(&self) -> Vec<(String, String)> {
        let topic = self.topic.iter().map(|arn| ("TOPIC_ARN".to_owned(), arn.clone()));
        std::iter::once(("QUEUE_URL".to_owned(), self.url.clone())).chain(topic).collect()
    }

    /// What a history does not tell of it.
    pub fn scene(&self, scenario: &Scenario) -> Scene {
        Scene {
            queue: self.url.clone(),
            dead_letter: self.dead_letter.clone(),
            visibility_ms: u64::from(scenario.visibility_timeout) * 1000,
            max_receive_count: scenario.max_receive_count,
            deduplication_per_group: false,
            topics: self.topic.iter().cloned().collect(),
        }
    }

    /// Removes it from an upstream that lives on, as well as that can be done.
    pub async fn remove(&self, direct: &Clients) {
        let _ = direct.sqs.delete_queue().queue_url(&self.url).send().await;
        if let Some(topic) = &self.topic {
            let _ = direct.sns.delete_topic().topic_arn(topic).send().await;
        }
    }
}

async fn arn(direct: &Clients, queue: &str) -> Result<String, String> {
    let asked = direct.sqs.get_queue_attributes().queue_url(queue).attribute_names(QueueAttributeName::QueueArn);
    let told = asked.send().await.map_err(told)?.attributes.unwrap_or_default();
    told.get(&QueueAttributeName::QueueArn).cloned().ok_or_else(|| "its ARN is not told".to_owned())
}

/// The ARN of a topic that sends to the queue.
async fn subscribed(direct: &Clients, scenario: &Scenario, name: &str, queue: &str) -> Result<String, String> {
    let mistake = |error: String| format!("the topic `{name}` could not be created: {error}");
    let fifo = scenario.is_fifo().then(|| ("FifoTopic".to_owned(), "true".to_owned()));
    let asked = direct.sns.create_topic().name(name).set_attributes(Some(fifo.into_iter().collect()));
    let topic = asked.send().await.map_err(|error| mistake(told(error)))?.topic_arn.unwrap_or_default();
    let arn = arn(direct, queue).await.map_err(mistake)?;
    let policy = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage", "Resource": arn,
        "Condition": { "ArnEquals": { "aws:SourceArn": topic } },
    }] });
    let allowed = direct.sqs.set_queue_attributes().queue_url(queue);
    let allowed = allowed.attributes(QueueAttributeName::Policy, policy.to_string()).send().await;
    allowed.map_err(|error| mistake(told(error)))?;
    let raw = scenario.raw_delivery.to_string();
    let subscribed = direct.sns.subscribe().topic_arn(&topic).protocol("sqs").endpoint(arn);
    subscribed.attributes("RawMessageDelivery", raw).send().await.map_err(|error| mistake(told(error)))?;
    Ok(topic)
}
