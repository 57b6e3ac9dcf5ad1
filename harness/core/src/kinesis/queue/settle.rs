//! What takes a while about a queue.

use std::time::Duration;

use super::QueueId;
use super::queue::Stage;
use crate::kinesis::Kinesis;
use crate::kinesis::agenda::Due;
use crate::kinesis::context::Context;
use crate::log::Log;

impl Kinesis {
    /// Lets a queue be busy with something until a time that the oracle knows.
    pub(super) fn begin_queue(&mut self, cx: &mut Context<'_>, id: QueueId, stage: Stage) {
        let takes = cx.oracle.transition(Duration::from_millis(self.limits.stream_transition_ms));
        self.queues.get_mut(id).stage = stage;
        self.agenda.plan(cx.now + takes, Due::Queue(id));
    }

    /// What a queue is busy with comes to its end.
    pub(in crate::kinesis) fn settle_queue(&mut self, id: QueueId, log: &mut Log) {
        let Some(queue) = self.queues.all.get_mut(&id) else { return };
        match queue.stage {
            Stage::Creating | Stage::Active => queue.stage = Stage::Active,
            Stage::Updating(attributes) => (queue.attributes, queue.stage) = (attributes, Stage::Active),
            Stage::Deleting => {
                self.queues.all.remove(&id);
                self.end_waits_of(id, log);
            }
        }
    }
}
