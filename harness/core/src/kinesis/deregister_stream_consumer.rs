//! `DeregisterStreamConsumer`.

use redeliver_model::kinesis::DeregisterStreamConsumerInput;

use super::consumer::{NamedConsumer, Stage};
use super::context::Context;
use super::{Error, Kinesis};

impl Kinesis {
    /// Deregisters a consumer, which takes a while. One that goes already is no mistake.
    pub(in crate::kinesis) fn deregister_stream_consumer(
        &mut self,
        cx: &mut Context<'_>,
        input: &DeregisterStreamConsumerInput,
    ) -> Result<(), Error> {
        let named = NamedConsumer {
            arn: input.consumer_arn.as_deref(),
            stream: input.stream_arn.as_deref(),
            name: input.consumer_name.as_deref(),
        };
        let found = self.find_consumer(cx, named)?;
        self.begin_consumer(cx, found, Stage::Deleting);
        Ok(())
    }
}
