//! Small consumers, right and wrong, and a workload for them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::Message as Received;
use redeliver::World;
use redeliver::world::{Effects, Message};
use tokio::time::sleep;

/// A database outside of the consumers, with the time that it takes.
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    paid: Arc<Mutex<BTreeSet<String>>>,
    effects: Effects,
}

const LATENCY: Duration = Duration::from_millis(5);

impl Ledger {
    pub(crate) fn new(effects: Effects) -> Self {
        Self { paid: Arc::default(), effects }
    }

    /// Pays, whether it has paid before or not.
    async fn pay(&self, order: &str) {
        sleep(LATENCY).await;
        self.effects.record(order, 10);
        sleep(LATENCY).await;
    }

    async fn has_paid(&self, order: &str) -> bool {
        sleep(LATENCY).await;
        let has = self.paid.lock().unwrap().contains(order);
        sleep(LATENCY).await;
        has
    }

    async fn remember(&self, order: &str) {
        sleep(LATENCY).await;
        self.paid.lock().unwrap().insert(order.to_owned());
        sleep(LATENCY).await;
    }

    /// Pays unless it has, in one step.
    async fn pay_once(&self, order: &str) {
        sleep(LATENCY).await;
        if self.paid.lock().unwrap().insert(order.to_owned()) {
            self.effects.record(order, 10);
        }
        sleep(LATENCY).await;
    }
}

/// What a consumer does with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Pays, then deletes.
    Naive,
    /// Asks whether it has paid, pays, remembers, deletes.
    CheckThenAct,
    /// Pays unless it has, in one step; then deletes.
    Conditional,
    /// Deletes, then pays.
    DeleteFirst,
}

/// Receives and handles until it is dropped.
pub(crate) async fn consume(kind: Kind, sqs: Client, url: String, ledger: Ledger) {
    loop {
        let receive = sqs.receive_message().queue_url(&url).wait_time_seconds(20).message_attribute_names("All");
        let Ok(received) = receive.send().await else { continue };
        for message in received.messages() {
            handle(kind, &sqs, &url, &ledger, message).await;
        }
    }
}

async fn handle(kind: Kind, sqs: &Client, url: &str, ledger: &Ledger, message: &Received) {
    let order = message.body().unwrap();
    let delete = || sqs.delete_message().queue_url(url).receipt_handle(message.receipt_handle().unwrap()).send();
    match kind {
        Kind::Naive => ledger.pay(order).await,
        Kind::CheckThenAct => {
            if !ledger.has_paid(order).await {
                ledger.pay(order).await;
                ledger.remember(order).await;
            }
        }
        Kind::Conditional => ledger.pay_once(order).await,
        Kind::DeleteFirst => {
            // Fails where the receipt handle is stale; then somebody else has it.
            if delete().await.is_ok() {
                ledger.pay_once(order).await;
            }
            return;
        }
    }
    // What is not deleted comes again.
    let _ = delete().await;
}

/// Orders, three workers, and the claim that each order is paid once.
pub(crate) async fn pays_once(world: World, kind: Kind, orders: u32, workers: usize) {
    let queue = world.sqs().queue("orders").create().await;
    let ledger = Ledger::new(world.effects());
    let order = |number| {
        let order = format!("order-{number}");
        Message::new(order.as_str()).key(order)
    };
    world.send(&queue, (1..=orders).map(order)).await;
    let consume = world.consume(|aws| consume(kind, aws.sqs(), queue.url(), ledger.clone()));
    consume.workers(workers).until_drained(&queue).await;
    world.check().contract().effect_once().same_effects(|| world.effects().snapshot());
}
