//! The HTTP client with faults around the real one of the SDK, before a moto server: plain HTTP, and a backend that knows nothing of it.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_sqs::error::DisplayErrorContext;
use libtest_mimic::{Completion, Failed, Trial};
use redeliver::chaos::{ChaosHttpClient, SharedChaos};
use redeliver_chaos::plan::{Parameters, Plan};
use redeliver_chaos::{At, Chaos, Fault, Mode, Site};

use crate::moto::Moto;

/// A fault, and how often a message that it strikes is received.
const FAULTS: [(&str, &str, usize); 2] =
    [("send-reply-lost", "SendMessage", 2), ("replica-duplicate", "ReceiveMessage", 2)];

/// A test for each fault.
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |(rule, call, times)| {
        Trial::ignorable_test(format!("decorator::moto::{rule}"), move || test(rule, call, times))
    };
    FAULTS.into_iter().map(trial).collect()
}

fn test(rule: &str, call: &str, times: usize) -> Result<Completion, Failed> {
    let moto = match Moto::start()? {
        Ok(moto) => moto,
        Err(reason) => return Ok(Completion::ignored_with(reason)),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let without = runtime.block_on(received(moto.url(), Vec::new()))?;
    if without != (vec!["order-3".to_owned()], Vec::new()) {
        return Err(format!("without faults: {without:?}").into());
    }
    let (resource, key) = (Some("orders-1".to_owned()), Some("order-3".to_owned()));
    let site = Site { call: format!("sqs:{call}"), resource, key, nth: 1 };
    let fault = Fault { rule: rule.to_owned(), at: At::Call(site), parameters: Parameters::default() };
    let (bodies, fired) = runtime.block_on(received(moto.url(), vec![fault]))?;
    if bodies != vec!["order-3"; times] || fired != [rule] {
        return Err(format!("{bodies:?} were received, {fired:?} fired").into());
    }
    Ok(Completion::Completed)
}

/// Sends a message to a queue that is named by the number of faults; gives all that is received, and the faults that fired.
async fn received(url: &str, faults: Vec<Fault>) -> Result<(Vec<String>, Vec<String>), String> {
    let name = format!("orders-{}", faults.len());
    let chaos = SharedChaos::by_tokio(Chaos::new(&Plan::default(), 7, Mode::Replay(faults)));
    let http = ChaosHttpClient::wrap(aws_smithy_http_client::Builder::new().build_http(), &chaos);
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(url)
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(http);
    let sqs = Client::from_conf(config.build());
    let told = |error: &dyn std::fmt::Display| format!("`moto_server` answers with an error: {error}");
    let created = sqs.create_queue().queue_name(name).send().await;
    let created = created.map_err(|error| told(&DisplayErrorContext(error)))?;
    let queue = created.queue_url.ok_or("`moto_server` gives no URL of the queue")?;
    let sent = sqs.send_message().queue_url(&queue).message_body("order-3").send().await;
    sent.map_err(|error| told(&DisplayErrorContext(error)))?;
    let mut bodies = Vec::new();
    // What was received stays hidden, since nothing is deleted: three polls give every copy once.
    for _ in 0..3 {
        let poll = sqs.receive_message().queue_url(&queue).max_number_of_messages(10).wait_time_seconds(1).send().await;
        let messages = poll.map_err(|error| told(&DisplayErrorContext(error)))?.messages.unwrap_or_default();
        bodies.extend(messages.into_iter().filter_map(|message| message.body));
    }
    Ok((bodies, chaos.lock().fired().faults.into_iter().map(|fault| fault.rule).collect()))
}
