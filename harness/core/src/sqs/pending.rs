//! Operations on queues that are still being built.

use redeliver_model::sqs::{
    AddPermissionRequest, CreateQueueRequest, CreateQueueResult, DeleteQueueRequest, GetQueueAttributesRequest,
    GetQueueAttributesResult, GetQueueUrlRequest, GetQueueUrlResult, ListDeadLetterSourceQueuesRequest,
    ListDeadLetterSourceQueuesResult, ListQueueTagsRequest, ListQueueTagsResult, ListQueuesRequest, ListQueuesResult,
    RemovePermissionRequest, SetQueueAttributesRequest, TagQueueRequest, UntagQueueRequest,
};

use super::context::Context;
use super::{Error, Sqs};

impl Sqs {
    pub(super) fn add_permission(&mut self, _: &mut Context<'_>, _: AddPermissionRequest) -> Result<(), Error> {
        Err(not_yet())
    }

    pub(super) fn create_queue(
        &mut self,
        _: &mut Context<'_>,
        _: CreateQueueRequest,
    ) -> Result<CreateQueueResult, Error> {
        Err(not_yet())
    }

    pub(super) fn delete_queue(&mut self, _: &mut Context<'_>, _: DeleteQueueRequest) -> Result<(), Error> {
        Err(not_yet())
    }

    pub(super) fn get_queue_attributes(
        &mut self,
        _: &mut Context<'_>,
        _: GetQueueAttributesRequest,
    ) -> Result<GetQueueAttributesResult, Error> {
        Err(not_yet())
    }

    pub(super) fn get_queue_url(
        &mut self,
        _: &mut Context<'_>,
        _: GetQueueUrlRequest,
    ) -> Result<GetQueueUrlResult, Error> {
        Err(not_yet())
    }

    pub(super) fn list_dead_letter_source_queues(
        &mut self,
        _: &mut Context<'_>,
        _: ListDeadLetterSourceQueuesRequest,
    ) -> Result<ListDeadLetterSourceQueuesResult, Error> {
        Err(not_yet())
    }

    pub(super) fn list_queue_tags(
        &mut self,
        _: &mut Context<'_>,
        _: ListQueueTagsRequest,
    ) -> Result<ListQueueTagsResult, Error> {
        Err(not_yet())
    }

    pub(super) fn list_queues(&mut self, _: &mut Context<'_>, _: ListQueuesRequest) -> Result<ListQueuesResult, Error> {
        Err(not_yet())
    }

    pub(super) fn remove_permission(&mut self, _: &mut Context<'_>, _: RemovePermissionRequest) -> Result<(), Error> {
        Err(not_yet())
    }

    pub(super) fn set_queue_attributes(
        &mut self,
        _: &mut Context<'_>,
        _: SetQueueAttributesRequest,
    ) -> Result<(), Error> {
        Err(not_yet())
    }

    pub(super) fn tag_queue(&mut self, _: &mut Context<'_>, _: TagQueueRequest) -> Result<(), Error> {
        Err(not_yet())
    }

    pub(super) fn untag_queue(&mut self, _: &mut Context<'_>, _: UntagQueueRequest) -> Result<(), Error> {
        Err(not_yet())
    }
}

fn not_yet() -> Error {
    Error::UnsupportedOperation { text: "not built yet".to_owned() }
}
