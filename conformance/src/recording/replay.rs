//! Answers from a transcript, in the order of each process.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use redeliver_spec::Caller;
use serde_json::Value;

use super::{Exchange, Outcome, Transcript};

/// The longest text that a message about a misfit shows of parameters.
const SHOWN_MAX: usize = 200;

/// Answers calls from a transcript.
#[derive(Debug)]
pub struct Replay {
    left: RefCell<BTreeMap<u32, VecDeque<Exchange>>>,
    /// Whether the target's clock was a real one, on which tries are spaced otherwise.
    real_time: bool,
}

impl Replay {
    /// Answers from this transcript.
    pub fn new(transcript: Transcript, real_time: bool) -> Self {
        let mut left = BTreeMap::<u32, VecDeque<Exchange>>::new();
        for exchange in transcript.exchanges {
            left.entry(exchange.process).or_default().push_back(exchange);
        }
        Self { left: RefCell::new(left), real_time }
    }

    /// Whether the target's clock was a real one.
    pub fn is_real_time(&self) -> bool {
        self.real_time
    }

    /// The recorded outcome of the next call of this process, after as much time as it took; else why the call does not fit.
    pub async fn answer(
        &self,
        process: u32,
        caller: Option<Caller>,
        call: &str,
        input: &Value,
    ) -> Result<Outcome, String> {
        let next = self.left.borrow_mut().get_mut(&process).and_then(VecDeque::pop_front);
        let Some(next) = next else { return Err("it has no more calls".to_owned()) };
        if next.call != call || next.caller != caller {
            return Err(format!("it has `{}` here", next.call));
        }
        if next.input != *input {
            let (recorded, now) = (shown(&next.input), shown(input));
            return Err(format!("it has the parameters {recorded} here, and they are now {now}"));
        }
        tokio::time::sleep(Duration::from_millis(next.took_ms)).await;
        Ok(next.outcome)
    }
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN_MAX) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn replay() -> Replay {
        let exchange = |process, call: &str| Exchange {
            process,
            caller: None,
            call: call.to_owned(),
            input: json!({ "a": 1 }),
            took_ms: 5,
            outcome: Outcome::Lost(format!("{process} {call}")),
        };
        let exchanges = vec![exchange(0, "sqs:A"), exchange(1, "sqs:B"), exchange(0, "sqs:C")];
        Replay::new(Transcript { case: "a::b".to_owned(), exchanges }, false)
    }

    #[tokio::test(start_paused = true)]
    async fn each_process_gets_its_answers_in_order_and_in_their_time() {
        let replay = replay();
        let start = tokio::time::Instant::now();
        let input = json!({ "a": 1 });
        assert_eq!(replay.answer(0, None, "sqs:A", &input).await, Ok(Outcome::Lost("0 sqs:A".to_owned())));
        assert_eq!(replay.answer(0, None, "sqs:C", &input).await, Ok(Outcome::Lost("0 sqs:C".to_owned())));
        assert_eq!(replay.answer(1, None, "sqs:B", &input).await, Ok(Outcome::Lost("1 sqs:B".to_owned())));
        assert_eq!(start.elapsed(), Duration::from_millis(15));
    }

    #[tokio::test(start_paused = true)]
    async fn call_that_does_not_fit_says_what_is_recorded() {
        let input = json!({ "a": 1 });
        let misfit = |answer: Result<Outcome, String>| answer.unwrap_err();
        assert_eq!(misfit(replay().answer(2, None, "sqs:A", &input).await), "it has no more calls");
        assert_eq!(misfit(replay().answer(0, None, "sqs:B", &input).await), "it has `sqs:A` here");
        let other = json!({ "a": 2 });
        assert_eq!(
            misfit(replay().answer(0, None, "sqs:A", &other).await),
            r#"it has the parameters {"a":1} here, and they are now {"a":2}"#
        );
    }
}
