//! `AcknowledgeQueueRecords`, `UpdateQueueRecordsVisibility`, the same for dead letters, and `RestoreDeadLetterQueueRecords`.

use redeliver_model::kinesis as model;

use super::QueueId;
use super::attributes::visibility_secs;
use super::handle::Handle;
use crate::Timestamp;
use crate::kinesis::context::Context;
use crate::kinesis::{Error, Kinesis};

/// Entries of a call.
const ENTRIES_MAX: usize = 10;

/// What is done to a record.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Acknowledge,
    Hide { secs: i32 },
    Restore,
}

/// A receipt handle, or why nothing could be done: code and text.
type Outcome = Result<String, (String, &'static str, &'static str)>;

impl Kinesis {
    fn settle_entry(
        &mut self,
        id: QueueId,
        handle: Option<String>,
        deed: Deed,
        is_dead: bool,
        now: Timestamp,
    ) -> Outcome {
        let text = handle.unwrap_or_default();
        let queue = self.queues.get_mut(id);
        queue.backlog.advance(now, queue.attributes.receives_max);
        let Some(handle) = Handle::parse(&text).filter(|handle| handle.queue == id) else {
            return Err((text, "InvalidArgumentException", "The receipt handle is not valid."));
        };
        let backlog = &mut queue.backlog;
        if backlog.held(handle.key, handle.receipt).is_none_or(|held| held.is_dead != is_dead) {
            return Err((text, "ResourceNotFoundException", "The receipt handle is of no record in flight."));
        }
        match deed {
            Deed::Acknowledge => backlog.acknowledge(handle.key),
            Deed::Restore => backlog.restore(handle.key),
            Deed::Hide { secs } => match visibility_secs(secs) {
                Ok(secs) => {
                    backlog.hide(handle.key, now.plus_secs(secs.into()));
                    backlog.advance(now, queue.attributes.receives_max);
                }
                Err(_) => return Err((text, "InvalidArgumentException", "The visibility timeout is out of range.")),
            },
        }
        Ok(text)
    }

    fn settle_entries(
        &mut self,
        cx: &Context<'_>,
        arn: Option<&str>,
        entries: Vec<(Option<String>, Deed)>,
        dead: bool,
    ) -> Result<Vec<Outcome>, Error> {
        if entries.is_empty() || entries.len() > ENTRIES_MAX {
            let value = i64::try_from(entries.len()).unwrap_or(i64::MAX);
            return Err(Error::OutOfRange { member: "entries", value, must: "have length between 1 and 10" });
        }
        let id = self.queues.find(arn)?;
        self.queues.get_mut(id).be_open()?;
        Ok(entries.into_iter().map(|(handle, deed)| self.settle_entry(id, handle, deed, dead, cx.now)).collect())
    }
}

/// The five operations differ in their types alone.
macro_rules! operation {
    ($name:ident, $dead:literal, $input:ident, $output:ident, $result:ident, $error:ident, $deed:expr) => {
        impl Kinesis {
            /// The operation of this name, entry by entry.
            pub(in crate::kinesis) fn $name(
                &mut self,
                cx: &mut Context<'_>,
                input: model::$input,
            ) -> Result<model::$output, Error> {
                let entries = input.entries.ok_or(Error::Missing { member: "entries" })?;
                let deed = $deed;
                let entries = entries.into_iter().map(|entry| {
                    let deed = deed(&entry);
                    (entry.receipt_handle, deed)
                });
                let outcomes = self.settle_entries(cx, input.queue_arn.as_deref(), entries.collect(), $dead)?;
                let (mut failed, mut successful) = (Vec::new(), Vec::new());
                for outcome in outcomes {
                    match outcome {
                        Ok(handle) => successful.push(model::$result { receipt_handle: Some(handle) }),
                        Err((handle, code, text)) => failed.push(model::$error {
                            error_code: Some(code.to_owned()),
                            error_message: Some(text.to_owned()),
                            receipt_handle: Some(handle),
                        }),
                    }
                }
                Ok(model::$output { failed: Some(failed), successful: Some(successful) })
            }
        }
    };
}

operation!(
    acknowledge_queue_records,
    false,
    AcknowledgeQueueRecordsInput,
    AcknowledgeQueueRecordsOutput,
    AcknowledgeQueueRecordsResultEntry,
    AcknowledgeQueueRecordsErrorEntry,
    |_: &model::AcknowledgeQueueRecordsRequestEntry| Deed::Acknowledge
);
operation!(
    acknowledge_dead_letters,
    true,
    AcknowledgeDeadLetterQueueRecordsInput,
    AcknowledgeDeadLetterQueueRecordsOutput,
    AcknowledgeDeadLetterQueueRecordsResultEntry,
    AcknowledgeDeadLetterQueueRecordsErrorEntry,
    |_: &model::AcknowledgeDeadLetterQueueRecordsRequestEntry| Deed::Acknowledge
);
operation!(
    restore_dead_letters,
    true,
    RestoreDeadLetterQueueRecordsInput,
    RestoreDeadLetterQueueRecordsOutput,
    RestoreDeadLetterQueueRecordsResultEntry,
    RestoreDeadLetterQueueRecordsErrorEntry,
    |_: &model::RestoreDeadLetterQueueRecordsRequestEntry| Deed::Restore
);
operation!(
    update_queue_records_visibility,
    false,
    UpdateQueueRecordsVisibilityInput,
    UpdateQueueRecordsVisibilityOutput,
    UpdateQueueRecordsVisibilityResultEntry,
    UpdateQueueRecordsVisibilityErrorEntry,
    |entry: &model::UpdateQueueRecordsVisibilityRequestEntry| Deed::Hide {
        secs: entry.visibility_timeout_seconds.unwrap_or(-1)
    }
);
operation!(
    update_dead_letters_visibility,
    true,
    UpdateDeadLetterQueueRecordsVisibilityInput,
    UpdateDeadLetterQueueRecordsVisibilityOutput,
    UpdateDeadLetterQueueRecordsVisibilityResultEntry,
    UpdateDeadLetterQueueRecordsVisibilityErrorEntry,
    |entry: &model::UpdateDeadLetterQueueRecordsVisibilityRequestEntry| Deed::Hide {
        secs: entry.visibility_timeout_seconds.unwrap_or(-1)
    }
);
