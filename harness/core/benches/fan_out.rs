//! One publish to a topic with 10,000 queues, each with a filter policy of its own: when one of a hundred wants the message, one of ten, all.

#[path = "cycle/cpu_time.rs"]
mod cpu_time;

use std::time::Duration;

use cpu_time::CpuTime;
use criterion::{Criterion, criterion_group, criterion_main};
use indexmap::IndexMap;
use redeliver_core::{Answer, Caller, Calm, Command, Config, Limits, Reply, Request, Timestamp, World};
use redeliver_model::{sns, sqs};

const QUEUES: usize = 10_000;

/// A world with a topic and its queues.
struct Hub {
    world: World,
    caller: Caller,
    topic: String,
}

impl Hub {
    fn new() -> Self {
        let caller = Caller {
            account: "000000000000".into(),
            region: "us-east-1".into(),
            principal: "AIDAEXAMPLE".into(),
            endpoint: "http://localhost:4566".into(),
        };
        let limits = Limits { filter_policies: QUEUES, ..Limits::default() };
        let mut hub = Self { world: World::new(Config { limits, ..Config::default() }), caller, topic: String::new() };
        let input = sns::CreateTopicInput { name: Some("t".to_owned()), ..Default::default() };
        let Reply::Sns(sns::Reply::CreateTopic(made)) = hub.call(Command::Sns(sns::Command::CreateTopic(input))) else {
            unreachable!("a topic is made")
        };
        hub.topic = made.topic_arn.unwrap_or_default();
        for number in 0..QUEUES {
            hub.queue(number);
        }
        hub
    }

    fn queue(&mut self, number: usize) {
        let policy = format!(
            r#"{{"Statement":{{"Effect":"Allow","Principal":{{"Service":"sns.amazonaws.com"}},"Action":"sqs:SendMessage","Resource":"*","Condition":{{"ArnEquals":{{"aws:SourceArn":"{}"}}}}}}}}"#,
            self.topic
        );
        let name = format!("q{number}");
        let input = sqs::CreateQueueRequest {
            queue_name: Some(name.clone()),
            attributes: Some(IndexMap::from([(sqs::QueueAttributeName::Policy, policy)])),
            ..Default::default()
        };
        self.call(Command::Sqs(sqs::Command::CreateQueue(input)));
        let filter = format!(
            r#"{{"hundredth":["{}",{{"exists":false}}],"tenth":["{}",{{"exists":false}}],"kind":["order"]}}"#,
            number % 100,
            number % 10
        );
        let input = sns::SubscribeInput {
            topic_arn: Some(self.topic.clone()),
            protocol: Some("sqs".to_owned()),
            endpoint: Some(format!("arn:aws:sqs:us-east-1:000000000000:{name}")),
            attributes: Some(IndexMap::from([("FilterPolicy".to_owned(), filter)])),
            return_subscription_arn: None,
        };
        self.call(Command::Sns(sns::Command::Subscribe(input)));
    }

    fn call(&mut self, command: Command) -> Reply {
        let request = Request { caller: self.caller.clone(), command, trace: None };
        match self.world.apply(Timestamp(1_767_225_600_000), request, &mut Calm).answer {
            Answer::Now(Ok(reply)) => reply,
            other => unreachable!("{other:?}"),
        }
    }

    fn publish(&mut self, attribute: Option<&str>) {
        let value = |text: &str| sns::MessageAttributeValue {
            data_type: Some("String".to_owned()),
            string_value: Some(text.to_owned()),
            binary_value: None,
        };
        let mut attributes = IndexMap::from([("kind".to_owned(), value("order"))]);
        attributes.extend(attribute.map(|name| (name.to_owned(), value("7"))));
        let input = sns::PublishInput {
            topic_arn: Some(self.topic.clone()),
            message: Some("m".repeat(100)),
            message_attributes: Some(attributes),
            ..Default::default()
        };
        self.call(Command::Sns(sns::Command::Publish(input)));
    }

    fn messages(&self) -> u64 {
        self.world.queues(0).iter().map(|queue| queue.counters.visible).sum()
    }
}

fn fan_out(criterion: &mut Criterion<CpuTime>) {
    let mut hub = Hub::new();
    for (wanted, attribute) in [(100, Some("hundredth")), (1_000, Some("tenth")), (QUEUES as u64, None)] {
        let before = hub.messages();
        hub.publish(attribute);
        assert_eq!(hub.messages() - before, wanted);
        criterion.bench_function(&format!("one publish, 10,000 filters, {wanted} queues"), |bencher| {
            bencher.iter(|| hub.publish(attribute));
        });
    }
}

criterion_group! {
    name = benches;
    // Each round leaves messages behind, which take memory.
    config = Criterion::default().with_measurement(CpuTime).sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(800));
    targets = fan_out
}
criterion_main!(benches);
