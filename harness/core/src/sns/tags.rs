//! Tags of topics: `TagResource`, `UntagResource` and `ListTagsForResource`.

use indexmap::IndexMap;
use redeliver_model::sns::{
    ListTagsForResourceRequest, ListTagsForResourceResponse, Tag, TagResourceRequest, TagResourceResponse,
    UntagResourceRequest, UntagResourceResponse,
};

use super::context::Context;
use super::{Error, Sns, TopicId};

/// <https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html>
const TAGS_MAX: usize = 50;

/// Reads a list of tags. Recorded on AWS.
///
/// # Errors
///
/// When a key comes twice, or there are too many.
pub(super) fn read(tags: Vec<Tag>) -> Result<IndexMap<String, String>, Error> {
    let mut read = IndexMap::with_capacity(tags.len());
    for Tag { key, value } in tags {
        if read.insert(key.unwrap_or_default(), value.unwrap_or_default()).is_some() {
            return Err(Error::Parameter { parameter: "Duplicated keys are not allowed." });
        }
    }
    if read.len() > TAGS_MAX { Err(Error::TooManyTags) } else { Ok(read) }
}

impl Sns {
    /// Adds tags, or gives those that are there another value.
    pub(in crate::sns) fn tag_resource(
        &mut self,
        cx: &mut Context<'_>,
        input: TagResourceRequest,
    ) -> Result<TagResourceResponse, Error> {
        let id = self.tagged(cx, input.resource_arn.as_deref())?;
        let tags = read(input.tags.unwrap_or_default())?;
        let topic = self.registry.topic_mut(id).expect("it was just found");
        let mut all = topic.tags.clone();
        all.extend(tags);
        if all.len() > TAGS_MAX {
            return Err(Error::TooManyTags);
        }
        topic.tags = all;
        Ok(TagResourceResponse::default())
    }

    /// Takes tags away; those that are not there are no mistake.
    pub(in crate::sns) fn untag_resource(
        &mut self,
        cx: &mut Context<'_>,
        input: UntagResourceRequest,
    ) -> Result<UntagResourceResponse, Error> {
        let id = self.tagged(cx, input.resource_arn.as_deref())?;
        let topic = self.registry.topic_mut(id).expect("it was just found");
        for key in input.tag_keys.unwrap_or_default() {
            topic.tags.shift_remove(&key);
        }
        Ok(UntagResourceResponse::default())
    }

    /// Lists tags in the order in which they were added.
    pub(in crate::sns) fn list_tags_for_resource(
        &self,
        cx: &Context<'_>,
        input: &ListTagsForResourceRequest,
    ) -> Result<ListTagsForResourceResponse, Error> {
        let id = self.tagged(cx, input.resource_arn.as_deref())?;
        let topic = self.topic(id).expect("it was just found");
        let tag = |(key, value): (&String, &String)| Tag { key: Some(key.clone()), value: Some(value.clone()) };
        Ok(ListTagsForResourceResponse { tags: Some(topic.tags.iter().map(tag).collect()) })
    }

    /// Operations on tags have an error of their own for topics that do not exist.
    fn tagged(&self, cx: &Context<'_>, arn: Option<&str>) -> Result<TopicId, Error> {
        match self.find_topic(cx, "ResourceArn", arn) {
            Ok(topic) => Ok(topic.id),
            Err(Error::TopicDoesNotExist) => Err(Error::ResourceDoesNotExist),
            Err(other) => Err(other),
        }
    }
}
