//! What tags may be, and those of streams by the older operations: `AddTagsToStream`, `ListTagsForStream`, `RemoveTagsFromStream`.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{
    AddTagsToStreamInput, ListTagsForStreamInput, ListTagsForStreamOutput, RemoveTagsFromStreamInput, Tag,
};

use super::context::Context;
use super::find::Named;
use super::resource::Resource;
use super::{ControlFault, Error, Kinesis};

/// Tags of a resource. <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AddTagsToStream.html>
const TAGS_MAX: usize = 50;

/// Refuses tags with characters that they must not have. Recorded.
pub(in crate::kinesis) fn check(tags: &BTreeMap<String, String>) -> Result<(), Error> {
    let is_allowed = |letter: char| letter.is_alphanumeric() || letter.is_whitespace() || "_./=+-%@:".contains(letter);
    let all = tags.iter().flat_map(|(key, value)| key.chars().chain(value.chars()));
    if all.into_iter().all(is_allowed) { Ok(()) } else { Err(ControlFault::TagCharacters.into()) }
}

/// Refuses more tags than a resource may have.
pub(in crate::kinesis) fn fit(
    tags: &BTreeMap<String, String>,
    resource: &str,
    account: &Arc<str>,
) -> Result<(), Error> {
    if tags.len() <= TAGS_MAX {
        return Ok(());
    }
    Err(ControlFault::TooManyTags { resource: resource.to_owned(), account: Arc::clone(account) }.into())
}

/// As clients see one.
pub(in crate::kinesis) fn to_model((key, value): (&String, &String)) -> Tag {
    Tag { key: Some(key.clone()), value: Some(value.clone()) }
}

impl Kinesis {
    /// Adds tags, or gives those that are there another value.
    pub(in crate::kinesis) fn add_tags_to_stream(
        &mut self,
        cx: &mut Context<'_>,
        input: AddTagsToStreamInput,
    ) -> Result<(), Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        self.add_tags(Resource::Stream(id), input.tags.into_iter().flatten().collect())
    }

    /// A page of a stream's tags by key.
    pub(in crate::kinesis) fn list_tags_for_stream(
        &self,
        cx: &Context<'_>,
        input: &ListTagsForStreamInput,
    ) -> Result<ListTagsForStreamOutput, Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let size = input.limit.and_then(|most| usize::try_from(most).ok()).unwrap_or(TAGS_MAX);
        let after = input.exclusive_start_tag_key.as_ref();
        let mut rest = self.stream(id).tags.iter().filter(|(key, _)| after.is_none_or(|after| *key > after));
        let page = rest.by_ref().take(size).map(to_model).collect();
        Ok(ListTagsForStreamOutput { has_more_tags: Some(rest.next().is_some()), tags: Some(page) })
    }

    /// Takes tags away; those that are not there are no mistake.
    pub(in crate::kinesis) fn remove_tags_from_stream(
        &mut self,
        cx: &mut Context<'_>,
        input: RemoveTagsFromStreamInput,
    ) -> Result<(), Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        self.remove_tags(Resource::Stream(id), input.tag_keys);
        Ok(())
    }
}
