//! A target whose clock is put ahead together with that of the case.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use redeliver_check::What;
use redeliver_conformance::exec::{Cancel, run_case};
use redeliver_conformance::finding::Finding;
use redeliver_conformance::target::{Manifest, Options, Target};

use crate::fake::{Reply, start};
use crate::given::case;

/// How long the fake looks whether a case goes on that must not.
const LOOK: Duration = Duration::from_millis(100);

/// A served reference with one long poll that is answered when the clock is two seconds ahead. It answers to that change of the clock
/// only after the case was told the poll's answer and had time to make its next call.
#[derive(Clone)]
struct Served {
    state: Arc<Mutex<State>>,
    ahead: Arc<Signal>,
    listed: Arc<Signal>,
}

/// Something that happened in one thread and is waited for in another.
struct Signal(Mutex<Sender<()>>, Mutex<Receiver<()>>);

impl Signal {
    fn new() -> Arc<Self> {
        let (sender, receiver) = channel();
        Arc::new(Self(Mutex::new(sender), Mutex::new(receiver)))
    }

    fn give(&self) {
        self.0.lock().unwrap().send(()).unwrap();
    }

    fn wait(&self) {
        self.1.lock().unwrap().recv().unwrap();
    }

    fn given_within(&self, limit: Duration) -> bool {
        self.1.lock().unwrap().recv_timeout(limit).is_ok()
    }
}

#[derive(Default)]
struct State {
    now_ms: u64,
    waiting: usize,
}

impl Served {
    fn new() -> Self {
        Self { state: Arc::default(), ahead: Signal::new(), listed: Signal::new() }
    }

    fn reply(&self, request: &str) -> Reply {
        match request {
            "receivemessage" => {
                self.state.lock().unwrap().waiting = 1;
                self.ahead.wait();
                Reply::ok("{}")
            }
            "listqueuetags" => {
                self.listed.give();
                Reply::ok("{}")
            }
            _ if request.contains("advance_ms") => {
                *self.state.lock().unwrap() = State { now_ms: 2_000, waiting: 0 };
                self.ahead.give();
                let early = self.listed.given_within(LOOK);
                assert!(!early, "the case went on before its own clock was ahead");
                self.reading()
            }
            _ => self.reading(),
        }
    }

    fn reading(&self) -> Reply {
        let State { now_ms, waiting } = *self.state.lock().unwrap();
        Reply::ok(&format!(r#"{{"now_ms":{now_ms},"waiting":{waiting},"due_ms":2000}}"#))
    }
}

#[test]
fn an_answer_is_noted_at_the_time_at_which_it_was_given() {
    let served = Served::new();
    let url = start(move |request| served.reply(request));
    let text = format!(
        "name: fake\nabout: A fake.\nendpoint: {url}\nclock: redeliver\naccount: \"000000000000\"\nfeatures: [sqs.standard]\n"
    );
    let target = Target::open(Manifest::parse(&text, "fake.yaml").unwrap(), &Options::default()).unwrap();
    let steps = r#"
      - call: sqs:ReceiveMessage
        with: { QueueUrl: "http://localhost/000000000000/q", WaitTimeSeconds: 2 }
      - call: sqs:ListQueueTags
        with: { QueueUrl: "http://localhost/000000000000/q" }
"#;
    let run = run_case(&target, &case(steps), &Cancel::new());
    assert_eq!(run.finding, Finding::Held);
    let answered = run.history.iter().filter(|record| matches!(record.what, What::Ok { .. }));
    assert_eq!(answered.map(|record| record.at_ms).collect::<Vec<_>>(), [2_000, 2_000]);
}
