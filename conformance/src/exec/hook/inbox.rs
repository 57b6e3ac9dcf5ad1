//! What came to an endpoint, and what it answers.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response, StatusCode};
use redeliver_spec::HookAnswer;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::client::raw::{header_map, read_body};

/// What came to an endpoint, and what it answers.
#[derive(Debug)]
pub(in crate::exec) struct Inbox(Mutex<Inside>);

#[derive(Debug)]
struct Inside {
    answers: Vec<HookAnswer>,
    /// How many requests have got the first of the answers.
    answered: u32,
    /// What came and was not yet taken.
    requests: Vec<Value>,
    /// When the last request came.
    last: Option<Instant>,
    /// When the requests that wait get their answer, by number.
    held: BTreeMap<u64, Instant>,
    numbers: u64,
}

impl Inbox {
    pub(super) fn new(answers: &[HookAnswer]) -> Self {
        let answers = answers.to_vec();
        let requests = Vec::new();
        Self(Mutex::new(Inside { answers, answered: 0, requests, last: None, held: BTreeMap::new(), numbers: 0 }))
    }

    /// Answers so from now on.
    pub(super) fn answer_with(&self, answers: &[HookAnswer]) {
        let mut inside = self.inside();
        inside.answers = answers.to_vec();
        inside.answered = 0;
    }

    /// Takes a request and answers it when it is time.
    pub(super) async fn take(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let HookAnswer { status, after, .. } = self.note(&head, &body);
        if !after.is_zero() {
            let end = Instant::now() + after;
            let _held = self.hold(end);
            tokio::time::sleep_until(end).await;
        }
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::from_u16(status).expect("the schema has it from 200 to 599");
        response
    }

    /// Everything that came and was not taken yet, as patterns see it.
    pub(in crate::exec) fn requests(&self) -> Value {
        let requests = &self.inside().requests;
        if requests.is_empty() { json!({}) } else { json!({ "Requests": requests }) }
    }

    /// Takes the oldest requests.
    pub(in crate::exec) fn forget(&self, count: usize) {
        let mut inside = self.inside();
        let count = count.min(inside.requests.len());
        inside.requests.drain(..count);
    }

    /// How many requests wait for their answer, and when the first of them gets it.
    pub(super) fn held(&self) -> (usize, Option<Instant>) {
        let inside = self.inside();
        (inside.held.len(), inside.held.values().min().copied())
    }

    /// Notes a request; gives its answer.
    fn note(&self, head: &Parts, body: &[u8]) -> HookAnswer {
        let mut inside = self.inside();
        let now = Instant::now();
        let since = inside.last.replace(now).map(|last| milliseconds(now.duration_since(last)));
        inside.requests.push(shown(head, body, since));
        let answer = inside.answers[0];
        inside.answered += 1;
        if inside.answered >= answer.times && inside.answers.len() > 1 {
            inside.answers.remove(0);
            inside.answered = 0;
        }
        answer
    }

    fn hold(&self, end: Instant) -> impl Drop + '_ {
        let mut inside = self.inside();
        inside.numbers += 1;
        let number = inside.numbers;
        inside.held.insert(number, end);
        Held { inbox: self, number }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that waits for its answer, as long as whoever sent it waits too.
struct Held<'a> {
    inbox: &'a Inbox,
    number: u64,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.inbox.inside().held.remove(&self.number);
    }
}

/// A request as patterns see it.
fn shown(head: &Parts, body: &[u8], since: Option<u64>) -> Value {
    let content_type = head.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = std::str::from_utf8(body).ok();
    // Envelopes come as plain text.
    let json = text.and_then(|text| serde_json::from_str(text).ok()).filter(|json: &Value| json.is_object());
    let mut shown = json!({
        "method": head.method.as_str(),
        "path": head.uri.path_and_query().map_or("/", |path| path.as_str()),
        "headers": header_map(&head.headers),
        "body": json.unwrap_or_else(|| read_body(content_type, body)),
    });
    if let Some(text) = text {
        shown["text"] = text.into();
    }
    if let Some(since) = since {
        shown["after_ms"] = since.into();
    }
    shown
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, after_secs: u64, times: u32) -> HookAnswer {
        HookAnswer { status, after: Duration::from_secs(after_secs), times }
    }

    async fn post(inbox: &Inbox, body: &'static str) -> u16 {
        let request = Request::post("http://hook.test/a?b=1").header("X-A", "1").header("x-a", "2");
        inbox.take(request.body(Bytes::from_static(body.as_bytes())).unwrap()).await.status().as_u16()
    }

    #[tokio::test(start_paused = true)]
    async fn answers_come_one_after_another_and_the_last_one_stays() {
        let inbox = Inbox::new(&[answer(500, 0, 2), answer(429, 0, 1), answer(204, 0, 1)]);
        let mut seen = Vec::new();
        for _ in 0..5 {
            seen.push(post(&inbox, "").await);
        }
        inbox.answer_with(&[answer(200, 0, 1)]);
        seen.push(post(&inbox, "").await);
        assert_eq!(seen, [500, 500, 429, 204, 204, 200]);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_are_kept_until_they_are_taken() {
        let inbox = Inbox::new(&[answer(200, 7, 1)]);
        assert_eq!(inbox.requests(), json!({}));
        post(&inbox, "{\"a\":1}").await;
        post(&inbox, "[1]").await;
        let headers = json!({ "x-a": "1, 2" });
        let first =
            json!({ "method": "POST", "path": "/a?b=1", "headers": headers, "body": { "a": 1 }, "text": "{\"a\":1}" });
        let second = json!({
            "method": "POST", "path": "/a?b=1", "headers": headers, "body": "[1]", "text": "[1]", "after_ms": 7_000,
        });
        assert_eq!(inbox.requests(), json!({ "Requests": [first, second] }));
        inbox.forget(1);
        assert_eq!(inbox.requests(), json!({ "Requests": [second] }));
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_is_held_until_its_answer_or_until_nobody_waits_for_it() {
        let inbox = Inbox::new(&[answer(200, 7, 1)]);
        let end = Instant::now() + Duration::from_secs(7);
        let looked = async {
            tokio::task::yield_now().await;
            inbox.held()
        };
        let (_, held) = tokio::join!(post(&inbox, ""), looked);
        assert_eq!((held, inbox.held()), ((1, Some(end)), (0, None)));
        let _ = tokio::time::timeout(Duration::from_secs(1), post(&inbox, "")).await;
        assert_eq!(inbox.held(), (0, None));
    }
}
