//! One run: a queue, a consumer, faults, and what came of it.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_sqs::types::QueueAttributeName;
use redeliver_chaos::{At, Fault, Moment, Schedule};
use redeliver_check::{Expectation, Invariant, Record, Scene, Verdict, What, check_all};
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::time::Instant;

use super::Scenario;
use super::command::{Consumer, Running};
use super::effects::Appended;
use super::place::Place;

/// How often is looked whether something changed.
const LOOK: Duration = Duration::from_millis(50);
/// How often is looked whether the consumer has appended effects.
const READ: Duration = Duration::from_millis(2);
/// How often a consumer that ends by itself is started anew.
const RESTARTS: u32 = 50;

/// What every run of a campaign has in common.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Queue and messages.
    pub scenario: Scenario,
    /// The plan, as YAML.
    pub plan: String,
    /// How often the consumer is killed in a run, at moments drawn from the seed.
    pub crashes: u32,
    /// The backend behind the proxy; the reference without.
    pub upstream: Option<String>,
    /// The consumer. Variables that differ from run to run are added.
    pub consumer: Consumer,
}

/// Where the faults of a run come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// There are none.
    Calm,
    /// They are drawn from this seed.
    Seed(u64),
    /// Exactly these.
    Schedule(Schedule),
}

/// What came of a run.
#[derive(Debug, Clone)]
pub struct Ran {
    /// The faults that fired.
    pub schedule: Schedule,
    /// All that happened.
    pub history: Vec<Record>,
    /// The invariants that it broke, with the witness.
    pub broken: Vec<(Invariant, Vec<String>)>,
    /// Effects that the consumer told.
    pub effects: usize,
}

/// Carries out one run, in real time.
///
/// # Errors
///
/// When it could not be carried out; says why.
pub fn run(setup: &Setup, source: &Source) -> Result<Ran, String> {
    let seed = match source {
        Source::Calm => 0,
        Source::Seed(seed) => *seed,
        Source::Schedule(schedule) => schedule.seed,
    };
    let place = Place::start(setup.upstream.as_deref(), seed)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let told = folder.path().join("effects.jsonl");
    let mut appended = Appended::new(told.clone())?;
    let direct = client(place.upstream().unwrap_or(&place.url()));
    let queue = runtime.block_on(create(&direct, &setup.scenario, &place.url()))?;
    let crashes = match source {
        Source::Calm => Vec::new(),
        Source::Seed(seed) => {
            place.draw(&setup.plan, *seed)?;
            drawn(*seed, setup)
        }
        Source::Schedule(schedule) => {
            // What happens to the consumer is done here, the rest there.
            let calls = schedule.faults.iter().filter(|fault| matches!(fault.at, At::Call(_))).cloned().collect();
            place.replay(&Schedule::new(schedule.seed, calls))?;
            schedule.faults.iter().filter_map(moment).collect()
        }
    };
    let mut consumer = setup.consumer.clone();
    let variable = |name: &str, value: String| (name.to_owned(), value);
    consumer.environment.extend([
        variable("AWS_ENDPOINT_URL", place.url()),
        variable("AWS_ENDPOINT_URL_SQS", place.url()),
        variable("QUEUE_URL", queue.clone()),
        variable("REDELIVER_EFFECTS", told.display().to_string()),
        variable("REDELIVER_EFFECTS_URL", place.effects_url()),
        variable("REDELIVER_SEED", seed.to_string()),
    ]);
    runtime.block_on(send(&client(&place.url()), &setup.scenario, &queue))?;
    let mut watched =
        Watched { setup, place: &place, runtime: &runtime, direct: &direct, queue: &queue, appended: &mut appended };
    let killed = watched.until_drained(&consumer, &crashes)?;
    // The consumer is gone; what it wrote last is told, too.
    place.tell(&appended.since()?)?;
    let faults = place.faults()?;
    let history = place.history()?;
    let effects = history.iter().filter(|record| matches!(record.what, What::Effect { .. })).count();
    if setup.upstream.is_some() {
        let _ = runtime.block_on(direct.delete_queue().queue_url(&queue).send());
    }
    let mut schedule = Schedule::new(seed, faults.fired.faults);
    schedule.faults.extend(killed);
    Ok(Ran { schedule, broken: judge(&history, setup, &queue), history, effects })
}

/// What the history breaks, of that for which a consumer answers.
fn judge(history: &[Record], setup: &Setup, queue: &str) -> Vec<(Invariant, Vec<String>)> {
    let scene = Scene {
        queue: queue.to_owned(),
        dead_letter: None,
        visibility_ms: u64::from(setup.scenario.visibility_timeout) * 1000,
        max_receive_count: setup.scenario.max_receive_count,
        deduplication_per_group: false,
    };
    let expectation = Expectation { tells_effects: true, ..Expectation::new(scene) };
    let asked = [
        Invariant::EffectOnce,
        Invariant::NoLoss,
        Invariant::NoPhantom,
        Invariant::EffectOrder,
        Invariant::BatchAccounting,
    ];
    let verdicts = check_all(history, &expectation).into_iter().filter(|(invariant, _)| asked.contains(invariant));
    verdicts
        .filter_map(|(invariant, verdict)| match verdict {
            Verdict::Broken { witness } => Some((invariant, witness)),
            Verdict::Holds | Verdict::Unknown { .. } => None,
        })
        .collect()
}

struct Watched<'a> {
    setup: &'a Setup,
    place: &'a Place,
    runtime: &'a Runtime,
    direct: &'a Client,
    queue: &'a str,
    appended: &'a mut Appended,
}

impl Watched<'_> {
    /// Runs the consumer until its queue is drained or its time is over. Gives the crashes that happened.
    fn until_drained(&mut self, consumer: &Consumer, crashes: &[u64]) -> Result<Vec<Fault>, String> {
        let start = Instant::now();
        let scenario = &self.setup.scenario;
        let faults_for = Duration::from_secs(scenario.faults_for);
        let (mut running, mut restarts, mut is_healed, mut quiet) = (consumer.start()?, 0, false, 0);
        let mut left: std::collections::VecDeque<_> = crashes.iter().copied().collect();
        let mut killed = Vec::new();
        loop {
            self.pause()?;
            let passed = start.elapsed();
            if let Some(at) = left.pop_front_if(|at| passed >= Duration::from_millis(*at)) {
                running.kill();
                killed.push(crash(at));
                running = consumer.start()?;
            }
            if !is_healed && passed >= faults_for {
                self.place.heal()?;
                is_healed = true;
            }
            let is_empty = self.left()? == 0 && self.place.faults()?.owed == 0;
            quiet = if is_empty { quiet + 1 } else { 0 };
            // Drained before the faults are over, there is nothing left that they could hit but late copies.
            let settled = Duration::from_secs(u64::from(scenario.visibility_timeout)).as_millis() / LOOK.as_millis();
            if quiet > settled && (is_healed || left.is_empty()) || passed >= scenario.limit() {
                return Ok(killed);
            }
            if let Some(status) = running.ended() {
                restarts += 1;
                if restarts > RESTARTS {
                    return Err(format!(
                        "the command ended {RESTARTS} times, last with {status}, and its queue is not drained"
                    ));
                }
                running = self.again(consumer, running)?;
            }
        }
    }

    fn again(&mut self, consumer: &Consumer, ended: Running) -> Result<Running, String> {
        drop(ended);
        self.pause()?;
        consumer.start()
    }

    /// Waits, and takes effects into the history as they come.
    fn pause(&mut self) -> Result<(), String> {
        let until = Instant::now() + LOOK;
        while Instant::now() < until {
            self.place.tell(&self.appended.since()?)?;
            // A timer can only be made within the runtime.
            self.runtime.block_on(async { tokio::time::sleep(READ).await });
        }
        Ok(())
    }

    /// Messages in the queue.
    fn left(&self) -> Result<u64, String> {
        if self.place.upstream().is_none() {
            return self.place.messages(&self.setup.scenario.queue);
        }
        let names = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
            QueueAttributeName::ApproximateNumberOfMessagesDelayed,
        ];
        let asked = self.direct.get_queue_attributes().queue_url(self.queue).set_attribute_names(Some(names.into()));
        let told = self
            .runtime
            .block_on(asked.send())
            .map_err(|error| format!("the upstream does not tell its queue: {error}"))?;
        Ok(told.attributes.unwrap_or_default().values().filter_map(|text| text.parse::<u64>().ok()).sum())
    }
}

fn crash(at: u64) -> Fault {
    let at = At::Consumer(Moment { consumer: "command".to_owned(), poll: at });
    Fault { rule: "crash".to_owned(), at, parameters: redeliver_chaos::plan::Parameters::default() }
}

fn moment(fault: &Fault) -> Option<u64> {
    match &fault.at {
        At::Consumer(moment) if fault.rule == "crash" => Some(moment.poll),
        _ => None,
    }
}

/// Moments at which the consumer is killed, in milliseconds since its start.
fn drawn(seed: u64, setup: &Setup) -> Vec<u64> {
    let mut random = fastrand::Rng::with_seed(seed ^ 0x6372_6173_6865_7321);
    let until = (setup.scenario.faults_for * 1000).max(1);
    let mut moments: Vec<_> = (0..setup.crashes).map(|_| random.u64(0..until)).collect();
    moments.sort_unstable();
    moments
}

fn client(url: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(url)
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "campaign"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(RetryConfig::standard().with_max_attempts(10))
        .build();
    Client::from_conf(config)
}

/// Creates the queue past the faults; gives its URL at the endpoint that has them.
async fn create(direct: &Client, scenario: &Scenario, url: &str) -> Result<String, String> {
    let timeout = scenario.visibility_timeout.to_string();
    let mut asked =
        direct.create_queue().queue_name(&scenario.queue).attributes(QueueAttributeName::VisibilityTimeout, timeout);
    if scenario.is_fifo() {
        asked = asked.attributes(QueueAttributeName::FifoQueue, "true");
    }
    let told = |error: String| format!("the queue `{}` could not be created: {error}", scenario.queue);
    if let Some(count) = scenario.max_receive_count {
        let name = if scenario.is_fifo() { "dead-letters.fifo" } else { "dead-letters" };
        let mut dead = direct.create_queue().queue_name(name);
        if scenario.is_fifo() {
            dead = dead.attributes(QueueAttributeName::FifoQueue, "true");
        }
        let dead = dead.send().await.map_err(|error| told(error.to_string()))?;
        let asked_for = direct.get_queue_attributes().queue_url(dead.queue_url.unwrap_or_default());
        let arn = asked_for.attribute_names(QueueAttributeName::QueueArn).send().await;
        let arn = arn.map_err(|error| told(error.to_string()))?.attributes.unwrap_or_default();
        let arn = arn.get(&QueueAttributeName::QueueArn).cloned().unwrap_or_default();
        let policy = json!({ "deadLetterTargetArn": arn, "maxReceiveCount": count }).to_string();
        asked = asked.attributes(QueueAttributeName::RedrivePolicy, policy);
    }
    let created =
        asked.send().await.map_err(|error| told(format!("{}", aws_sdk_sqs::error::DisplayErrorContext(error))))?;
    let found = created.queue_url.unwrap_or_default();
    let path = found.splitn(4, '/').nth(3).unwrap_or_default();
    Ok(format!("{}/{path}", url.trim_end_matches('/')))
}

/// Sends the messages through the faults, trying again as the SDK does.
async fn send(through: &Client, scenario: &Scenario, queue: &str) -> Result<(), String> {
    for (index, body) in scenario.messages.iter().enumerate() {
        let mut asked = through.send_message().queue_url(queue).message_body(body);
        if scenario.is_fifo() {
            let group = index as u64 % u64::from(scenario.groups);
            asked =
                asked.message_group_id(format!("group-{group}")).message_deduplication_id(format!("message-{index}"));
        }
        if let Err(error) = asked.send().await {
            return Err(format!(
                "message {} could not be sent: {}",
                index + 1,
                aws_sdk_sqs::error::DisplayErrorContext(error)
            ));
        }
    }
    Ok(())
}
