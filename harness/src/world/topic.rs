//! Topics of a run, and how they are made.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::run::Run;
use super::subscription::SubscriptionBuilder;

/// SNS in a run.
///
/// ```
/// use redeliver::Test;
///
/// let outcome = Test::new("fan-out").seeds(20).run(|world| async move {
///     let bills = world.sqs().queue("bills").create().await;
///     let orders = world.sns().topic("orders").create().await;
///     world.sns().subscribe(&orders).queue(&bills).raw().create().await;
///     world.publish(&orders, ["order-1", "order-2"]).await;
///     let consume = world.consume(|aws| {
///         let (url, effects) = (bills.url(), world.effects());
///         async move {
///             loop {
///                 let receive = aws.sqs().receive_message().queue_url(&url).wait_time_seconds(20);
///                 for message in receive.send().await?.messages.unwrap_or_default() {
///                     let (Some(body), Some(handle)) = (message.body, message.receipt_handle) else { continue };
///                     if effects.of(&body).is_empty() {
///                         effects.record(&body, 1);
///                     }
///                     aws.sqs().delete_message().queue_url(&url).receipt_handle(handle).send().await?;
///                 }
///             }
///             #[allow(unreachable_code)]
///             Ok::<_, aws_sdk_sqs::Error>(())
///         }
///     });
///     consume.until_drained(&bills).await;
///     world.check().effect_once();
/// });
/// outcome.unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct Sns {
    pub(crate) run: Arc<Run>,
}

impl Sns {
    /// A standard topic of this name, to be created.
    pub fn topic(&self, name: &str) -> TopicBuilder {
        TopicBuilder { run: Arc::clone(&self.run), name: name.to_owned(), attributes: BTreeMap::new() }
    }

    /// A FIFO topic of this name, to be created. `.fifo` is appended to the name where it is missing.
    pub fn fifo_topic(&self, name: &str) -> TopicBuilder {
        let name = if name.ends_with(FIFO) { name.to_owned() } else { format!("{name}{FIFO}") };
        self.topic(&name).attribute("FifoTopic", "true")
    }

    /// A subscription to a topic, to be created.
    pub fn subscribe(&self, topic: &Topic) -> SubscriptionBuilder {
        SubscriptionBuilder::new(Arc::clone(&self.run), topic)
    }

    /// A client of the test itself: noted in the history, spared by faults at calls.
    pub fn client(&self) -> aws_sdk_sns::Client {
        self.run.sns_client()
    }
}

const FIFO: &str = ".fifo";

/// A topic of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    pub(crate) name: String,
    pub(crate) arn: String,
}

impl Topic {
    /// Its ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a FIFO topic.
    pub(crate) fn is_fifo(&self) -> bool {
        self.name.ends_with(FIFO)
    }
}

/// A topic that is to be created. What is not said is as SNS has it by default.
#[derive(Debug)]
#[must_use = "nothing is created before `create` is awaited"]
pub struct TopicBuilder {
    run: Arc<Run>,
    name: String,
    attributes: BTreeMap<String, String>,
}

impl TopicBuilder {
    /// Deduplicates by content, on FIFO topics.
    pub fn content_deduplication(self) -> Self {
        self.attribute("ContentBasedDeduplication", "true")
    }

    /// Any other attribute: `DeliveryPolicy`, `FifoThroughputScope`.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.insert(name.into(), value.into());
        self
    }

    /// Creates it.
    ///
    /// # Panics
    ///
    /// When SNS refuses, for example because an attribute has a wrong value.
    pub async fn create(self) -> Topic {
        let Self { run, name, attributes } = self;
        let create = run.sns_client().create_topic().name(&name);
        let create = attributes.into_iter().fold(create, |create, (name, value)| create.attributes(name, value));
        match create.send().await {
            Ok(created) => Topic { name, arn: created.topic_arn.expect("a topic that was created has an ARN") },
            Err(error) => panic!("the topic `{name}` was not created: {:?}", error.into_service_error()),
        }
    }
}
