//! Queues of a run, and how they are made.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sqs::types::QueueAttributeName as Name;
use serde_json::json;

use super::run::Run;

/// SQS in a run.
#[derive(Debug, Clone)]
pub struct Sqs {
    pub(crate) run: Arc<Run>,
}

impl Sqs {
    /// A standard queue of this name, to be created.
    pub fn queue(&self, name: &str) -> QueueBuilder {
        QueueBuilder::new(Arc::clone(&self.run), name.to_owned(), false)
    }

    /// A FIFO queue of this name, to be created. `.fifo` is appended to the name where it is missing.
    pub fn fifo_queue(&self, name: &str) -> QueueBuilder {
        let name = if name.ends_with(FIFO) { name.to_owned() } else { format!("{name}{FIFO}") };
        QueueBuilder::new(Arc::clone(&self.run), name, true)
    }

    /// A client of the test itself: noted in the history, spared by faults.
    pub fn client(&self) -> aws_sdk_sqs::Client {
        self.run.client()
    }
}

const FIFO: &str = ".fifo";

/// A queue of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) arn: String,
    pub(crate) fifo: bool,
    pub(crate) visibility: Duration,
    pub(crate) deduplication_per_group: bool,
    /// The dead-letter queue, and after how many receives messages go there.
    pub(crate) dead_letter: Option<(Box<Queue>, u32)>,
}

impl Queue {
    /// Its URL.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// Its dead-letter queue.
    pub fn dead_letters(&self) -> Option<&Queue> {
        self.dead_letter.as_ref().map(|(queue, _)| &**queue)
    }
}

/// A queue that is to be created. What is not said is as SQS has it by default.
#[derive(Debug)]
#[must_use = "nothing is created before `create` is awaited"]
pub struct QueueBuilder {
    run: Arc<Run>,
    name: String,
    fifo: bool,
    visibility: Duration,
    max_receives: Option<u32>,
    attributes: BTreeMap<Name, String>,
}

impl QueueBuilder {
    fn new(run: Arc<Run>, name: String, fifo: bool) -> Self {
        // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
        let visibility = Duration::from_secs(30);
        Self { run, name, fifo, visibility, max_receives: None, attributes: BTreeMap::new() }
    }

    /// Visibility timeout, whole seconds. Default 30 s.
    pub fn visibility(mut self, visibility: Duration) -> Self {
        self.visibility = visibility;
        self.attribute(Name::VisibilityTimeout, visibility.as_secs().to_string())
    }

    /// A dead-letter queue, `<name>-dead`, that takes what was received so often without being deleted.
    pub fn dead_letter_after(mut self, max_receives: u32) -> Self {
        self.max_receives = Some(max_receives);
        self
    }

    /// Any other attribute.
    pub fn attribute(mut self, name: Name, value: impl Into<String>) -> Self {
        self.attributes.insert(name, value.into());
        self
    }

    /// Creates it, and its dead-letter queue if it has one.
    ///
    /// # Panics
    ///
    /// When SQS refuses, for example because an attribute has a wrong value.
    pub async fn create(self) -> Queue {
        let Self { run, name, fifo, visibility, max_receives, mut attributes } = self;
        if fifo {
            attributes.insert(Name::FifoQueue, "true".to_owned());
        }
        let dead_letter = match max_receives {
            None => None,
            Some(receives) => {
                let dead = format!("{}-dead{}", name.trim_end_matches(FIFO), if fifo { FIFO } else { "" });
                let own = attributes.get(&Name::FifoQueue).map(|value| (Name::FifoQueue, value.clone()));
                let queue = create(&run, dead, own.into_iter().collect()).await;
                let policy = json!({ "deadLetterTargetArn": queue.arn, "maxReceiveCount": receives });
                attributes.insert(Name::RedrivePolicy, policy.to_string());
                Some((Box::new(queue), receives))
            }
        };
        let deduplication_per_group =
            attributes.get(&Name::DeduplicationScope).is_some_and(|scope| scope == "messageGroup");
        let queue = create(&run, name, attributes).await;
        let queue = Queue { fifo, visibility, deduplication_per_group, dead_letter, ..queue };
        run.queues().push(queue.clone());
        queue
    }
}

async fn create(run: &Arc<Run>, name: String, attributes: BTreeMap<Name, String>) -> Queue {
    let client = run.client();
    let create = attributes
        .into_iter()
        .fold(client.create_queue().queue_name(&name), |create, (name, value)| create.attributes(name, value));
    let url = match create.send().await {
        Ok(created) => created.queue_url.expect("a queue that was created has a URL"),
        Err(error) => panic!("the queue `{name}` was not created: {:?}", error.into_service_error()),
    };
    let asked = client.get_queue_attributes().queue_url(&url).attribute_names(Name::QueueArn).send().await;
    let arn = asked.ok().and_then(|told| told.attributes?.remove(&Name::QueueArn)).expect("a queue tells its ARN");
    let (visibility, deduplication_per_group) = (Duration::from_secs(30), false);
    Queue { fifo: name.ends_with(FIFO), name, url, arn, visibility, deduplication_per_group, dead_letter: None }
}
