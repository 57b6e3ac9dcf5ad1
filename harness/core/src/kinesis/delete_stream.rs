//! `DeleteStream`.

use std::sync::Arc;

use redeliver_model::kinesis::DeleteStreamInput;

use super::context::Context;
use super::find::Named;
use super::status::Status;
use super::{ChannelFault, ControlFault, Error, Kinesis, QueueFault};

impl Kinesis {
    /// Deletes a stream with its records, which takes a while. One that is still being made may be deleted, as recorded.
    pub(in crate::kinesis) fn delete_stream(
        &mut self,
        cx: &mut Context<'_>,
        input: &DeleteStreamInput,
    ) -> Result<(), Error> {
        let id = self.find(cx.caller, Named::new(input.stream_name.as_ref(), input.stream_arn.as_ref()))?;
        let stream = self.stream(id);
        if !matches!(stream.status, Status::Creating { .. }) {
            stream.be_active()?;
        }
        if !stream.consumers.is_empty() && input.enforce_consumer_deletion != Some(true) {
            let (stream, account) = (Arc::clone(&stream.name), Arc::clone(&stream.account));
            return Err(ControlFault::HasConsumers { stream, account }.into());
        }
        if self.queues.of_stream(id) > 0 {
            let (stream, account) = (Arc::clone(&stream.name), Arc::clone(&stream.account));
            return Err(QueueFault::HasQueues { stream, account }.into());
        }
        if self.channels.of_stream(id) > 0 {
            let (stream, account) = (Arc::clone(&stream.name), Arc::clone(&stream.account));
            return Err(ChannelFault::HasChannels { stream, account }.into());
        }
        self.begin(cx, id, Status::Deleting);
        Ok(())
    }
}
