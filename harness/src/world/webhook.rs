//! Webhooks of a run: what answers at a URL, and crashes as workers do.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Poll;

use bytes::Bytes;
use futures_util::FutureExt as _;
use http::{Request, Response, StatusCode};
use redeliver_check::What;
use redeliver_core::Timestamp;
use serde_json::Value;

use super::aws::Aws;
use super::life::{Life, Worker};
use super::run::Run;
use super::watched::{End, Watched};
use crate::explore::quiet;

/// What kind of message it is: `Notification`, `SubscriptionConfirmation`, `UnsubscribeConfirmation`.
const KIND: &str = "x-amz-sns-message-type";

/// A webhook that is to be put at a URL.
///
/// It is a worker: it has a name in the history, [`Aws`] of its own, and faults crash, stall and stop it. A crash ends all requests that it
/// is at; until it is made anew, and when it does not answer, SNS gets a 503. Each request takes a round trip.
#[derive(Debug)]
#[must_use = "nothing is at the URL before `serve` is called"]
pub struct WebhookBuilder {
    run: Arc<Run>,
    url: String,
    name: String,
    confirms: bool,
}

impl WebhookBuilder {
    pub(super) fn new(run: Arc<Run>, url: &str) -> Self {
        Self { run, url: url.to_owned(), name: "webhook".to_owned(), confirms: true }
    }

    /// What it is called in the history, followed by a number. Default `webhook`.
    pub fn name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// The handler gets requests to confirm a subscription as well, and confirms by [`Aws::visit`] or `ConfirmSubscription`. Otherwise that
    /// is done for it.
    pub fn confirms_itself(mut self) -> Self {
        self.confirms = false;
        self
    }

    /// Puts it there. `handle` answers each request with an HTTP status; what it records as effects is the webhook's.
    pub fn serve<F, A>(self, handle: F)
    where
        F: Fn(Aws, Request<Bytes>) -> A + Send + Sync + 'static,
        A: Future<Output = u16> + Send + 'static,
    {
        let Self { run, url, name, confirms } = self;
        let worker = run.worker(&name);
        let webhook = Arc::new(Webhook {
            // The world has the webhook, and the run has the world.
            run: Arc::downgrade(&run),
            state: Mutex::new(State { life: Arc::new(Life::new(Arc::clone(&worker))), up_at: Timestamp(0) }),
            worker,
            confirms,
            handle,
        });
        run.harness.receive_at(&url, move |request| {
            let webhook = Arc::clone(&webhook);
            async move {
                let status = webhook.answer(request).await;
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let mut response = Response::new(Bytes::new());
                *response.status_mut() = status;
                response
            }
        });
    }
}

/// What answers at a URL.
struct Webhook<F> {
    run: Weak<Run>,
    worker: Arc<Worker>,
    state: Mutex<State>,
    confirms: bool,
    handle: F,
}

struct State {
    life: Arc<Life>,
    /// When it is there again after a crash.
    up_at: Timestamp,
}

/// What SNS gets when nobody answers: what stands before a service says so.
const NOBODY: u16 = 503;

impl<F, A> Webhook<F>
where
    F: Fn(Aws, Request<Bytes>) -> A,
    A: Future<Output = u16> + Send + 'static,
{
    async fn answer(&self, request: Request<Bytes>) -> u16 {
        let Some(run) = self.run.upgrade() else { return NOBODY };
        let half = run.setup.round_trip / 2;
        run.clock().advance(half).await;
        let kind = request.headers().get(KIND).and_then(|kind| kind.to_str().ok());
        let status = if self.confirms && kind == Some("SubscriptionConfirmation") {
            confirm(&run, &request).await
        } else {
            self.serve(&run, request).await
        };
        run.clock().advance(half).await;
        status
    }

    /// Lets the handler answer, as long as it lives.
    async fn serve(&self, run: &Arc<Run>, request: Request<Bytes>) -> u16 {
        let Some(life) = self.life(run) else { return NOBODY };
        let answered = Arc::new(Mutex::new(None));
        let aws = Aws::new(Arc::clone(run), Arc::clone(&life));
        let end = match quiet::catch(|| (self.handle)(aws, request)) {
            Ok(handling) => {
                let answered = Arc::clone(&answered);
                let handling = handling.map(move |status| *guard(&answered) = Some(status));
                let mut watched = Box::pin(Watched::new(Arc::clone(run), Arc::clone(&life), handling));
                // A crash at another request ends this one.
                std::future::poll_fn(|context| {
                    if life.is_over() { Poll::Ready(None) } else { watched.poll_unpin(context).map(Some) }
                })
                .await
            }
            Err(panic) => {
                life.end();
                Some(End::Killed(format!("panicked: {panic}")))
            }
        };
        if matches!(end, Some(End::Killed(_))) {
            guard(&self.state).up_at = run.clock().now() + run.setup.restart_after;
        }
        let answer = guard(&answered).take();
        answer.filter(|_| matches!(end, Some(End::Left(_)))).unwrap_or(NOBODY)
    }

    /// Whose requests are handled now; nobody's right after a crash.
    fn life(&self, run: &Run) -> Option<Arc<Life>> {
        let mut state = guard(&self.state);
        if run.clock().now() < state.up_at {
            return None;
        }
        // One that is asked to stop ends what it is at; what comes is for the next.
        if state.life.is_over() || state.life.is_asked_to_stop() {
            state.life = Arc::new(Life::new(Arc::clone(&self.worker)));
            run.log.add(self.worker.process, What::Restart);
        }
        Some(Arc::clone(&state.life))
    }
}

/// Confirms a subscription as its request says.
async fn confirm(run: &Run, request: &Request<Bytes>) -> u16 {
    let document = serde_json::from_slice::<Value>(request.body()).unwrap_or_default();
    match document["SubscribeURL"].as_str() {
        Some(url) => run.visit(url).await,
        None => 400,
    }
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
