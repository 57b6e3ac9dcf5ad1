//! What takes a while about a channel.

use std::time::Duration;

use super::ChannelId;
use super::channel::Stage;
use crate::Timestamp;
use crate::kinesis::Kinesis;
use crate::kinesis::agenda::Due;
use crate::kinesis::context::Context;

impl Kinesis {
    /// Lets a channel be busy with what it is busy with until a time that the oracle knows.
    pub(super) fn plan_channel(&mut self, cx: &mut Context<'_>, id: ChannelId) {
        let takes = cx.oracle.transition(Duration::from_millis(self.limits.stream_transition_ms));
        self.agenda.plan(cx.now + takes, Due::Channel(id));
    }

    /// What a channel is busy with comes to its end.
    pub(in crate::kinesis) fn settle_channel(&mut self, now: Timestamp, id: ChannelId) {
        let Some(channel) = self.channels.all.get_mut(&id) else { return };
        match std::mem::replace(&mut channel.stage, Stage::Active) {
            Stage::Creating { fails: None } => {
                // Nothing that came before is delivered.
                // <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-concepts.html>
                let shards = self.registry.get(channel.stream).into_iter().flat_map(|stream| stream.shards.all());
                channel.cursors = shards.map(|shard| (shard.id, shard.records.next())).collect();
            }
            Stage::Creating { fails: Some(reason) } | Stage::Failed { reason } => {
                channel.stage = Stage::Failed { reason };
            }
            Stage::Active => {}
            Stage::Updating { freshness_secs, logs } => {
                (channel.target.freshness_secs, channel.logs) = (freshness_secs, logs);
                channel.due_at = None;
                self.watch_channel(now, id);
            }
            Stage::Deleting => {
                self.channels.all.remove(&id);
            }
        }
    }
}
