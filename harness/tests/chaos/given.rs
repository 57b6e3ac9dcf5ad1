//! A queue behind faults.

use redeliver::Harness;
use redeliver::chaos::{ChaosHttpClient, SharedChaos};
use redeliver_chaos::plan::{Parameters, Plan};
use redeliver_chaos::{At, Chaos, Fault, Mode, Site};

/// A queue and a client of it that suffers these faults.
pub(crate) struct Given {
    pub(crate) sqs: aws_sdk_sqs::Client,
    pub(crate) url: String,
    pub(crate) chaos: SharedChaos,
}

/// One fault at the first place of its kind.
pub(crate) fn fault(rule: &str, operation: &str, key: Option<&str>) -> Fault {
    let at = At::Call(Site {
        call: format!("sqs:{operation}"),
        resource: Some("orders".to_owned()),
        key: key.map(str::to_owned),
        nth: 1,
    });
    Fault { rule: rule.to_owned(), at, parameters: Parameters::default() }
}

/// A standard queue `orders`.
pub(crate) async fn given(faults: Vec<Fault>) -> Given {
    let harness = Harness::builder().seed(7).build();
    let chaos = SharedChaos::new(Chaos::new(&Plan::default(), 7, Mode::Replay(faults)), harness.clock());
    let client = ChaosHttpClient::wrap(harness.http_client(), &chaos).consumer("worker-1");
    let sqs = aws_sdk_sqs::Client::from_conf(harness.sqs_config().http_client(client).build());
    let created = sqs.create_queue().queue_name("orders").send().await.unwrap();
    Given { sqs, url: created.queue_url.unwrap(), chaos }
}

impl Given {
    pub(crate) async fn send(&self, body: &str) {
        self.sqs.send_message().queue_url(&self.url).message_body(body).send().await.unwrap();
    }

    /// Ids and handles of all messages that up to so many long polls of two seconds give.
    pub(crate) async fn receive(&self, polls: u32) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for _ in 0..polls {
            let receive =
                self.sqs.receive_message().queue_url(&self.url).max_number_of_messages(10).wait_time_seconds(2);
            let got = receive.send().await.unwrap().messages.unwrap_or_default();
            all.extend(got.into_iter().map(|message| (message.message_id.unwrap(), message.receipt_handle.unwrap())));
        }
        all
    }

    pub(crate) async fn delete(&self, handle: &str) {
        self.sqs.delete_message().queue_url(&self.url).receipt_handle(handle).send().await.unwrap();
    }

    /// The faults that fired, by name.
    pub(crate) fn fired(&self) -> Vec<String> {
        self.chaos.lock().fired().faults.into_iter().map(|fault| fault.rule).collect()
    }
}
