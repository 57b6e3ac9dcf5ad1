//! `CreateQueue`.

use std::sync::Arc;

use indexmap::IndexMap;
use redeliver_model::sqs::{CreateQueueRequest, CreateQueueResult, QueueAttributeName as Name};

use super::attributes::{self, Stage};
use super::context::Context;
use super::queue::{Queue, QueueId, QueueKey};
use super::settings::{FifoSettings, Settings};
use super::{Error, Event, Happening, Sqs, tags, validate};
use crate::{Arn, Caller};

impl Sqs {
    /// Makes a queue; the same call again gives the same URL.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html>
    pub(super) fn create_queue(
        &mut self,
        cx: &mut Context<'_>,
        input: CreateQueueRequest,
    ) -> Result<CreateQueueResult, Error> {
        let CreateQueueRequest { queue_name, attributes: given, tags } = input;
        let name = queue_name.ok_or(Error::QueueNameMissing)?;
        let given = given.unwrap_or_default();
        let fifo = is_to_be_fifo(&given)?;
        validate::queue_name(&name, fifo)?;
        let new = Settings { fifo: fifo.then(FifoSettings::default), ..Settings::default() };
        let settings = attributes::changed(&new, &given, Stage::Creating)?;
        let tags = tags.unwrap_or_default();
        validate::tags(&tags)?;

        let Caller { account, region, .. } = cx.caller;
        let key = QueueKey { account: Arc::clone(account), region: Arc::clone(region), name: name.into() };
        let url = url(cx.caller, &key);
        if self.registry.is_barred(cx.now, &key, self.limits.name_cooldown_ms) {
            return Err(Error::QueueDeletedRecently);
        }
        match self.registry.get(&key.account, &key.region, &key.name) {
            // Its deletion has not settled, but its name is free: only where the cooldown is lifted.
            Some(id) if self.registry.is_deleted(&key) => self.end_queue(cx.now, id, cx.log),
            Some(id) => {
                let current = &self.queue(id).settings;
                return match attributes::first_difference(current, &settings, given.keys()) {
                    Some(name) => Err(Error::QueueNameExists { attribute: name.as_str().to_owned() }),
                    None => Ok(CreateQueueResult { queue_url: Some(url) }),
                };
            }
            None => {}
        }
        self.add_queue(cx, key, settings, tags)?;
        Ok(CreateQueueResult { queue_url: Some(url) })
    }

    fn add_queue(
        &mut self,
        cx: &mut Context<'_>,
        key: QueueKey,
        settings: Settings,
        tags: IndexMap<String, String>,
    ) -> Result<(), Error> {
        let arn = arn(cx.caller, &key);
        self.check_redrive(&key, &arn, &settings)?;
        let id = QueueId(u32::try_from(self.queues.len()).expect("fewer than 2^32 queues are ever made"));
        let mut queue = Queue::new(cx.now, key, arn, settings, cx.oracle);
        tags::add(&mut queue, tags)?;
        cx.log.event(|| Event { at: cx.now, queue: Arc::clone(&queue.arn), what: Happening::QueueCreated });
        self.registry.forget_deletion(&queue.key);
        self.registry.insert(&queue.key, id);
        self.queues.push(Some(queue));
        Ok(())
    }
}

/// The URL under which the caller reaches a queue: the host that was asked, so that no answer ever leads elsewhere.
pub(super) fn url(caller: &Caller, key: &QueueKey) -> String {
    format!("{}/{}/{}", caller.endpoint, key.account, key.name)
}

fn arn(caller: &Caller, key: &QueueKey) -> Arc<str> {
    let arn = Arn {
        partition: caller.partition().to_owned(),
        service: "sqs".to_owned(),
        region: key.region.to_string(),
        account: key.account.to_string(),
        resource: key.name.to_string(),
    };
    arn.to_string().into()
}

/// `FifoQueue` can be said only of FIFO queues: `false` is an unknown attribute.
fn is_to_be_fifo(given: &IndexMap<Name, String>) -> Result<bool, Error> {
    match given.get(&Name::FifoQueue) {
        None => Ok(false),
        Some(value) if attributes::boolean(&Name::FifoQueue, value)? => Ok(true),
        Some(_) => Err(Error::UnknownAttribute { attribute: Name::FifoQueue.as_str().to_owned() }),
    }
}
