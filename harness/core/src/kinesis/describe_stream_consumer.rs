//! `DescribeStreamConsumer`.

use redeliver_model::kinesis::{DescribeStreamConsumerInput, DescribeStreamConsumerOutput};

use super::consumer::NamedConsumer;
use super::context::Context;
use super::{Error, Kinesis};

impl Kinesis {
    /// One consumer.
    pub(in crate::kinesis) fn describe_stream_consumer(
        &self,
        cx: &Context<'_>,
        input: &DescribeStreamConsumerInput,
    ) -> Result<DescribeStreamConsumerOutput, Error> {
        let named = NamedConsumer {
            arn: input.consumer_arn.as_deref(),
            stream: input.stream_arn.as_deref(),
            name: input.consumer_name.as_deref(),
        };
        let (id, consumer) = self.find_consumer(cx, named)?;
        let stream = self.stream(id);
        let description = stream.consumers.get(&consumer).map(|consumer| consumer.describe(stream));
        Ok(DescribeStreamConsumerOutput { consumer_description: description })
    }
}
