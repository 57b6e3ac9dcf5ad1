//! Send, receive and delete on a queue that already holds many messages: the cost of a cycle must not grow with their number.
//!
//! `cargo bench -p redeliver-core --bench cycle`; set `REDELIVER_BENCH_MESSAGES` to leave out the larger sizes, for example `100000`.

mod cpu_time;

use std::fmt::Write;
use std::hint::black_box;

use cpu_time::CpuTime;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use redeliver_core::{Answer, Caller, Calm, Command, Config, Limits, Reply, Request, Timestamp, World};
use redeliver_model::sqs::{self, QueueAttributeName as Name};

/// With eleven digits, a body of 100 bytes: it costs little to make, and what is measured is the world.
const PADDING: &str = "89 bytes of a body that is like those of other messages, as they mostly are in real life ";
const _: () = assert!(PADDING.len() == 89);
const SIZES: [u64; 3] = [1_000, 100_000, 10_000_000];

/// A kind of queue, and over how many message groups its messages are spread.
#[derive(Clone, Copy)]
enum Kind {
    Standard,
    Fifo { groups: u64 },
}

/// The world with one queue.
struct Queue {
    world: World,
    caller: Caller,
    url: String,
    kind: Kind,
    now: u64,
    sent: u64,
}

impl Queue {
    fn new(kind: Kind) -> Self {
        let world = World::new(Config { seed: 1, limits: Limits::default(), events: false });
        let caller = Caller {
            account: "000000000000".into(),
            region: "us-east-1".into(),
            principal: "AIDAEXAMPLE".into(),
            endpoint: "https://sqs.us-east-1.amazonaws.com".into(),
        };
        let mut queue = Self { world, caller, url: String::new(), kind, now: 1_767_225_600_000, sent: 0 };
        let mut attributes = vec![(Name::MessageRetentionPeriod, "1209600".to_owned())];
        let name = match kind {
            Kind::Standard => "queue",
            Kind::Fifo { .. } => {
                attributes.push((Name::FifoQueue, "true".to_owned()));
                "queue.fifo"
            }
        };
        let input = sqs::CreateQueueRequest {
            queue_name: Some(name.to_owned()),
            attributes: Some(attributes.into_iter().collect()),
            ..Default::default()
        };
        let Reply::Sqs(reply) = queue.call(sqs::Command::CreateQueue(input)) else { panic!("it is of SQS") };
        let sqs::Reply::CreateQueue(created) = reply else { unreachable!("the reply is that of the command") };
        queue.url = created.queue_url.expect("a created queue has a URL");
        queue
    }

    /// A queue with this many messages.
    fn filled(kind: Kind, messages: u64) -> Self {
        let mut queue = Self::new(kind);
        for _ in 0..messages {
            queue.send();
        }
        queue
    }

    fn call(&mut self, command: sqs::Command) -> Reply {
        let request = Request { caller: self.caller.clone(), command: Command::Sqs(command), trace: None };
        let step = self.world.apply(Timestamp(self.now), request, &mut Calm);
        let Answer::Now(outcome) = step.answer else { unreachable!("no call here waits") };
        outcome.expect("every call here is right")
    }

    /// Sends 100 bytes, other ones each time; a thousand messages a second, so that deduplication remembers as much as it would in life.
    fn send(&mut self) {
        self.now += 1;
        self.sent += 1;
        let mut body = String::with_capacity(100);
        write!(body, "{PADDING}{}", 10_000_000_000 + self.sent).expect("a string takes it");
        let mut input = sqs::SendMessageRequest {
            queue_url: Some(self.url.clone()),
            message_body: Some(body),
            ..Default::default()
        };
        if let Kind::Fifo { groups } = self.kind {
            input.message_group_id = Some((self.sent % groups).to_string());
            input.message_deduplication_id = Some(self.sent.to_string());
        }
        black_box(self.call(sqs::Command::SendMessage(input)));
    }

    fn receive(&mut self) -> String {
        let input = sqs::ReceiveMessageRequest { queue_url: Some(self.url.clone()), ..Default::default() };
        let Reply::Sqs(reply) = self.call(sqs::Command::ReceiveMessage(input)) else { panic!("it is of SQS") };
        let sqs::Reply::ReceiveMessage(received) = reply else { unreachable!("the reply is that of the command") };
        let mut messages = received.messages.expect("the queue is never empty");
        messages[0].receipt_handle.take().expect("a received message has a handle")
    }

    fn delete(&mut self, handle: String) {
        let input = sqs::DeleteMessageRequest { queue_url: Some(self.url.clone()), receipt_handle: Some(handle) };
        black_box(self.call(sqs::Command::DeleteMessage(input)));
    }

    fn cycle(&mut self) {
        self.send();
        let handle = self.receive();
        self.delete(handle);
    }
}

fn cycles(criterion: &mut Criterion<CpuTime>) {
    let largest = std::env::var("REDELIVER_BENCH_MESSAGES").ok().and_then(|text| text.parse().ok()).unwrap_or(u64::MAX);
    let kinds = [
        ("standard", Kind::Standard),
        ("fifo-1-group", Kind::Fifo { groups: 1 }),
        ("fifo-100000-groups", Kind::Fifo { groups: 100_000 }),
    ];
    let mut group = criterion.benchmark_group("send+receive+delete");
    group.throughput(Throughput::Elements(1));
    for (name, kind) in kinds {
        for size in SIZES.into_iter().filter(|&size| size <= largest) {
            let mut filled = None;
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                let queue = filled.get_or_insert_with(|| Queue::filled(kind, size));
                bencher.iter(|| queue.cycle());
            });
        }
    }
    group.finish();
}

criterion_group! { name = benches; config = Criterion::default().with_measurement(CpuTime); targets = cycles }
criterion_main!(benches);
