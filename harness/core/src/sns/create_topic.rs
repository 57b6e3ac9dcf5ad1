//! `CreateTopic`.

use std::collections::BTreeSet;
use std::sync::Arc;

use redeliver_model::sns::{CreateTopicInput, CreateTopicResponse};

use super::archive_setting;
use super::context::Context;
use super::data_protection::DataProtection;
use super::fifo::Fifo;
use super::settings::{Settings, boolean};
use super::{Error, Event, Happening, Sns, Topic, tags, topic_name};

impl Sns {
    /// Makes a topic, or gives the one of this name, whose attributes stay as they are. Recorded on AWS.
    /// <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>
    pub(in crate::sns) fn create_topic(
        &mut self,
        cx: &mut Context<'_>,
        input: CreateTopicInput,
    ) -> Result<CreateTopicResponse, Error> {
        let name = input.name.ok_or(Error::MissingValue { parameter: "Name" })?;
        let mut attributes = input.attributes.unwrap_or_default();
        let fifo = match attributes.shift_remove("FifoTopic") {
            None => false,
            Some(text) => boolean(&text).ok_or_else(|| Error::Attribute {
                name: "FifoTopic",
                reason: "must be true or false".to_owned(),
                creating: true,
            })?,
        };
        topic_name::check(&name, fifo)?;
        let tags = tags::read(input.tags.unwrap_or_default())?;
        let archive = attributes.shift_remove(archive_setting::NAME);
        let archive = archive.map(|text| archive_setting::parse(&text, fifo, true)).transpose()?.flatten();
        let mut settings = Settings { fifo, ..Settings::default() };
        for (name, value) in &attributes {
            settings.set(name, value, true)?;
        }
        let protection = DataProtection::for_topic(input.data_protection_policy.as_deref().unwrap_or_default(), fifo)?;
        let caller = cx.caller;
        let arn = format!("arn:{}:sns:{}:{}:{name}", caller.partition(), caller.region, caller.account);
        let response = CreateTopicResponse { topic_arn: Some(arn.clone()) };
        if let Some(topic) = self.registry.topic_by_arn(&arn) {
            let known = |(key, value): (&String, &String)| topic.tags.get(key) == Some(value);
            return if tags.iter().all(known) {
                Ok(response)
            } else {
                Err(Error::Reason { parameter: "Tags", reason: "Topic already exists with different tags".to_owned() })
            };
        }
        let most = if fifo { self.limits.topics_fifo } else { self.limits.topics_standard };
        if self.registry.count(caller, fifo) >= most {
            return Err(Error::TooManyTopics);
        }
        let arn: Arc<str> = arn.into();
        self.registry.add_topic(|id| Topic {
            id,
            arn: Arc::clone(&arn),
            owner: Arc::clone(&caller.account),
            region: Arc::clone(&caller.region),
            settings,
            tags,
            protection,
            fifo: fifo.then(Fifo::default),
            archive: archive.map(|policy| super::archive::Archive::new(cx.now, policy)),
            subscriptions: BTreeSet::new(),
            deleted_subscriptions: 0,
        });
        cx.log.sns(|| Event {
            at: cx.now,
            topic: arn,
            what: Happening::TopicCreated { attributes: attributes.into_iter().collect() },
        });
        Ok(response)
    }
}
