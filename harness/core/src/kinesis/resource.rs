//! Streams, consumers, queues and channels as resources with tags and a policy, by their ARN.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{
    ListTagsForResourceInput, ListTagsForResourceOutput, TagResourceInput, UntagResourceInput,
};

use super::channel::ChannelId;
use super::consumer::{ConsumerId, NamedConsumer, stream_of};
use super::context::Context;
use super::find::Named;
use super::queue::QueueId;
use super::{Error, Kinesis, StreamId, tags};
use crate::Arn;

/// What has tags, and a policy but for channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kinesis) enum Resource {
    /// A stream.
    Stream(StreamId),
    /// A consumer of a stream.
    Consumer(StreamId, ConsumerId),
    /// A queue.
    Queue(QueueId),
    /// A channel.
    Channel(ChannelId),
}

impl Kinesis {
    /// The resource with the ARN in `ResourceARN`.
    pub(in crate::kinesis) fn find_resource(&self, cx: &Context<'_>, arn: Option<&str>) -> Result<Resource, Error> {
        let arn = arn.ok_or(Error::Missing { member: "resourceARN" })?;
        if stream_of(arn).is_some() {
            let named = NamedConsumer { arn: Some(arn), stream: None, name: None };
            return self.find_consumer(cx, named).map(|(stream, consumer)| Resource::Consumer(stream, consumer));
        }
        match Arn::parse(arn).and_then(|arn| arn.resource.split_once('/').map(|(kind, _)| kind.to_owned())).as_deref() {
            Some("queue") => self.queues.find(Some(arn)).map(Resource::Queue),
            Some("channel") => self.channels.find(cx.caller, Some(arn)).map(Resource::Channel),
            _ => self.find(cx.caller, Named { name: None, arn: Some(arn) }).map(Resource::Stream),
        }
    }

    fn tags_of(&mut self, resource: Resource) -> (&mut BTreeMap<String, String>, Arc<str>, Arc<str>) {
        match resource {
            Resource::Stream(id) => {
                let stream = self.stream_mut(id);
                (&mut stream.tags, Arc::clone(&stream.name), Arc::clone(&stream.account))
            }
            Resource::Consumer(stream, id) => {
                let stream = self.stream_mut(stream);
                let (name, account) = (Arc::clone(&stream.name), Arc::clone(&stream.account));
                let consumer = stream.consumers.get_mut(&id).expect("it was found in this call");
                (&mut consumer.tags, name, account)
            }
            Resource::Queue(id) => {
                let queue = self.queues.get_mut(id);
                (&mut queue.tags, Arc::clone(&queue.name), Arc::clone(&queue.home.0))
            }
            Resource::Channel(id) => {
                let channel = self.channels.get_mut(id);
                (&mut channel.tags, Arc::clone(&channel.name), Arc::clone(&channel.home.0))
            }
        }
    }

    /// Adds tags to a resource; if one of them may not be there, none is.
    pub(in crate::kinesis) fn add_tags(
        &mut self,
        resource: Resource,
        given: BTreeMap<String, String>,
    ) -> Result<(), Error> {
        tags::check(&given)?;
        let (there, name, account) = self.tags_of(resource);
        let mut all = there.clone();
        all.extend(given);
        tags::fit(&all, &name, &account)?;
        *there = all;
        Ok(())
    }

    /// Takes tags of a resource away.
    pub(in crate::kinesis) fn remove_tags(&mut self, resource: Resource, keys: Option<Vec<String>>) {
        let (there, ..) = self.tags_of(resource);
        for key in keys.unwrap_or_default() {
            there.remove(&key);
        }
    }

    /// Adds tags, or gives those that are there another value.
    pub(in crate::kinesis) fn tag_resource(
        &mut self,
        cx: &mut Context<'_>,
        input: TagResourceInput,
    ) -> Result<(), Error> {
        let resource = self.find_resource(cx, input.resource_arn.as_deref())?;
        self.add_tags(resource, input.tags.into_iter().flatten().collect())
    }

    /// Takes tags away; those that are not there are no mistake.
    pub(in crate::kinesis) fn untag_resource(
        &mut self,
        cx: &mut Context<'_>,
        input: UntagResourceInput,
    ) -> Result<(), Error> {
        let resource = self.find_resource(cx, input.resource_arn.as_deref())?;
        self.remove_tags(resource, input.tag_keys);
        Ok(())
    }

    /// All tags of a resource by key.
    pub(in crate::kinesis) fn list_tags_for_resource(
        &mut self,
        cx: &mut Context<'_>,
        input: &ListTagsForResourceInput,
    ) -> Result<ListTagsForResourceOutput, Error> {
        let resource = self.find_resource(cx, input.resource_arn.as_deref())?;
        let (there, ..) = self.tags_of(resource);
        Ok(ListTagsForResourceOutput { tags: Some(there.iter().map(tags::to_model).collect()) })
    }
}
