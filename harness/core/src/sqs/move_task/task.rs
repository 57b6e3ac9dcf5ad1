//! One message move task, and all of them.

use std::sync::Arc;
use std::time::Duration;

use crate::sqs::queue::QueueId;
use crate::{Timestamp, Uuid};

/// Seconds for which a task runs at most.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html>
const RUN_SECS_MAX: u64 = 36 * 3_600;

/// A message move task.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) id: Uuid,
    /// Who started it.
    pub(super) account: Arc<str>,
    /// The dead-letter queue that it empties.
    pub(super) source: QueueId,
    /// ARN of the queue that takes the messages; `None` sends each back to where it came from.
    pub(super) destination: Option<String>,
    /// Messages per second, if the caller said so.
    pub(super) rate: Option<u32>,
    /// Messages per second.
    pub(super) pace: u32,
    pub(super) started_at: Timestamp,
    pub(super) moved: u64,
    /// How many messages there were at the start.
    pub(super) to_move: u64,
    pub(super) status: Status,
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Moving messages.
    Running,
    /// Nothing is left to move.
    Completed,
    /// Ended by `CancelMessageMoveTask`.
    Cancelled,
    /// Ended by itself, for a reason as AWS words it.
    Failed(&'static str),
}

impl Status {
    /// The name on the wire.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
            Self::Failed(_) => "FAILED",
        }
    }
}

impl Task {
    /// Whether it still moves messages.
    pub(super) fn is_running(&self) -> bool {
        self.status == Status::Running
    }

    /// When it moves its next message: evenly paced from the start, without adding up rounding errors.
    pub(super) fn next_at(&self) -> Timestamp {
        self.started_at + Duration::from_millis((self.moved + 1) * 1_000 / u64::from(self.pace))
    }

    /// When it is stopped.
    pub(super) fn ends_at(&self) -> Timestamp {
        self.started_at.plus_secs(RUN_SECS_MAX)
    }
}

/// All tasks, in the order in which they were started; the agenda knows them by their index.
#[derive(Debug, Default)]
pub(in crate::sqs) struct Tasks {
    all: Vec<Task>,
}

impl Tasks {
    /// Adds a task; gives its index.
    pub(super) fn add(&mut self, task: Task) -> u32 {
        self.all.push(task);
        u32::try_from(self.all.len() - 1).expect("fewer than 2^32 tasks are ever started")
    }

    /// The task of an index.
    pub(super) fn at(&self, index: u32) -> &Task {
        &self.all[index as usize]
    }

    /// The task of an index, to be changed.
    pub(super) fn at_mut(&mut self, index: u32) -> &mut Task {
        &mut self.all[index as usize]
    }

    /// The tasks of a source queue, the last one first.
    pub(super) fn of(&self, source: QueueId) -> impl Iterator<Item = &Task> {
        self.all.iter().rev().filter(move |task| task.source == source)
    }

    /// Index of the task of this id.
    pub(super) fn position(&self, source: QueueId, id: Uuid) -> Option<u32> {
        let at = self.all.iter().position(|task| task.id == id && task.source == source)?;
        u32::try_from(at).ok()
    }

    /// How many tasks of an account are running.
    pub(super) fn running(&self, account: &str) -> usize {
        self.all.iter().filter(|task| task.is_running() && &*task.account == account).count()
    }
}

#[cfg(test)]
mod tests {
    use super::{QueueId, Status, Task};
    use crate::{Timestamp, Uuid};

    #[test]
    fn messages_are_paced_evenly_from_the_start() {
        let mut task = Task {
            id: Uuid(1),
            account: "000000000000".into(),
            source: QueueId(0),
            destination: None,
            rate: Some(3),
            pace: 3,
            started_at: Timestamp(1_000),
            moved: 0,
            to_move: 9,
            status: Status::Running,
        };
        let times: Vec<u64> = (0..6)
            .map(|moved| {
                task.moved = moved;
                task.next_at().0
            })
            .collect();
        assert_eq!(times, [1_333, 1_666, 2_000, 2_333, 2_666, 3_000]);
    }
}
