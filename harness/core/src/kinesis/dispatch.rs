//! From commands to operations, and from their results to replies.

use std::mem::take;

use redeliver_model::kinesis::{Command, Reply};

use super::context::Context;
use super::{Error, Kinesis};

impl Kinesis {
    /// Carries out `command`.
    pub(in crate::kinesis) fn dispatch(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Reply, Error> {
        Ok(match command {
            Command::CreateStream(input) => self.create_stream(cx, take(input)).map(|()| Reply::CreateStream)?,
            Command::DeleteStream(input) => self.delete_stream(cx, input).map(|()| Reply::DeleteStream)?,
            Command::DescribeStream(input) => Reply::DescribeStream(self.describe_stream(cx, input)?),
            Command::DescribeStreamSummary(input) => {
                Reply::DescribeStreamSummary(self.describe_stream_summary(cx, input)?)
            }
            Command::GetRecords(input) => Reply::GetRecords(self.get_records(cx, input)?),
            Command::GetShardIterator(input) => Reply::GetShardIterator(self.get_shard_iterator(cx, input)?),
            Command::ListShards(input) => Reply::ListShards(self.list_shards(cx, input)?),
            Command::ListStreams(input) => Reply::ListStreams(self.list_streams(cx, input)?),
            Command::PutRecord(input) => Reply::PutRecord(self.put_record(cx, take(input))?),
            Command::PutRecords(input) => Reply::PutRecords(self.put_records(cx, take(input))?),
            _ => return Err(Error::NotYet { operation: cx.operation }),
        })
    }
}
