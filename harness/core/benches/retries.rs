//! A function that fails every time: all 100,015 retries of the policy that AWS manages, 23 days of them.

#[path = "cycle/cpu_time.rs"]
mod cpu_time;

use cpu_time::CpuTime;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use redeliver_core::sns::Attempted;
use redeliver_core::{Answer, Caller, Calm, Command, Config, Effect, Limits, Reply, Request, Step, Timestamp, World};
use redeliver_model::sns;

const BEGIN: Timestamp = Timestamp(1_767_225_600_000);

/// A world with a topic, to which a function has subscribed, and in which one message is on its way.
fn published() -> (World, Step<Answer>) {
    let mut world = World::new(Config { limits: Limits::default(), ..Config::default() });
    let input = sns::CreateTopicInput { name: Some("t".to_owned()), ..Default::default() };
    let Answer::Now(Ok(Reply::Sns(sns::Reply::CreateTopic(made)))) =
        call(&mut world, sns::Command::CreateTopic(input)).answer
    else {
        unreachable!("a topic is made")
    };
    let input = sns::SubscribeInput {
        topic_arn: made.topic_arn.clone(),
        protocol: Some("lambda".to_owned()),
        endpoint: Some("arn:aws:lambda:us-east-1:000000000000:function:f".to_owned()),
        ..Default::default()
    };
    call(&mut world, sns::Command::Subscribe(input));
    let input = sns::PublishInput { topic_arn: made.topic_arn, message: Some("m".to_owned()), ..Default::default() };
    let step = call(&mut world, sns::Command::Publish(input));
    (world, step)
}

fn call(world: &mut World, command: sns::Command) -> Step<Answer> {
    let caller = Caller {
        account: "000000000000".into(),
        region: "us-east-1".into(),
        principal: "AIDAEXAMPLE".into(),
        endpoint: "http://localhost:4566".into(),
    };
    world.apply(BEGIN, Request { caller, command: Command::Sns(command), trace: None }, &mut Calm)
}

/// Fails each attempt until there is none any more; how many there were, and after how many days the last.
fn fail(mut world: World, published: Step<Answer>) -> (usize, u64) {
    let (mut effects, mut wake_at, mut now, mut attempts) = (published.effects, published.wake_at, BEGIN, 0);
    loop {
        for effect in std::mem::take(&mut effects) {
            let Effect::Deliver { delivery, .. } = effect else { continue };
            attempts += 1;
            let step = world.delivered(now, delivery, Attempted::Answered(500), &mut Calm);
            effects.extend(step.effects);
            wake_at = step.wake_at;
        }
        if !effects.is_empty() {
            continue;
        }
        let Some(at) = wake_at else { return (attempts, (now.0 - BEGIN.0) / 86_400_000) };
        now = at;
        let step = world.tick(now, &mut Calm);
        effects = step.effects;
        wake_at = step.wake_at;
    }
}

fn retries(criterion: &mut Criterion<CpuTime>) {
    let (world, step) = published();
    assert_eq!(fail(world, step), (100_016, 23));
    criterion.bench_function("23 days of retries", |bencher| {
        bencher.iter_batched(published, |(world, step)| fail(world, step), BatchSize::LargeInput);
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(10);
    targets = retries
}
criterion_main!(benches);
