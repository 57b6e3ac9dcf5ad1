//! The HTTP client of a process: notes its calls in the history and lets a round trip pass for each.

use std::future::pending;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use redeliver_check::What;

use super::call::Call;
use super::life::Life;
use super::parts;
use super::run::Run;

/// Calls in the air at the same time are processes of their own in the history; their numbers lie so far apart.
pub(crate) const LANE: u32 = 1000;

/// The HTTP client of one life of a process.
#[derive(Debug, Clone)]
pub(crate) struct Line<C> {
    pub(crate) run: Arc<Run>,
    pub(crate) life: Arc<Life>,
    pub(crate) inner: C,
}

impl HttpClient for Line<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Line { run: Arc::clone(&self.run), life: Arc::clone(&self.life), inner })
    }
}

impl HttpConnector for Line<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let line = self.clone();
        HttpConnectorFuture::new(async move { line.exchange(request).await })
    }
}

impl Line<SharedHttpConnector> {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        // What a dead process had spawned may still run, but its network is gone.
        if self.life.is_over() || !self.run.may_call() {
            return pending().await;
        }
        let mut noted = Noted::begin(self, Call::of(&request));
        let half = self.run.setup.round_trip / 2;
        self.run.clock().advance(half).await;
        let answer = self.inner.call(request).await;
        self.run.clock().advance(half).await;
        if self.life.is_over() {
            return pending().await;
        }
        noted.end(&answer);
        let answer = if noted.call.streams() { answer.and_then(|answer| self.told(answer, &noted)) } else { answer };
        // After an error the SDK draws its backoff from this thread's generator before anything else can run on the thread.
        fastrand::seed(self.run.jitter());
        answer
    }
}

impl Line<SharedHttpConnector> {
    /// An answer that comes piece by piece, each of which is noted when it comes.
    fn told(&self, answer: HttpResponse, noted: &Noted<'_>) -> Result<HttpResponse, ConnectorError> {
        let (run, life, process) = (Arc::clone(&self.run), Arc::clone(&self.life), noted.process());
        let Call { name, input, .. } = noted.call.clone();
        parts::told(answer, move |output| {
            if !life.is_over() {
                run.log.add(process, What::Part { call: name.clone(), input: input.clone(), output });
            }
        })
    }
}

/// A call that was noted to begin. Dropping it notes that its caller went away.
struct Noted<'a> {
    line: &'a Line<SharedHttpConnector>,
    call: Call,
    lane: usize,
    begun_ms: u64,
    over: bool,
}

impl<'a> Noted<'a> {
    fn begin(line: &'a Line<SharedHttpConnector>, call: Call) -> Self {
        let taken = line.life.worker.take_lane(call.asks());
        let noted = Self { line, call, lane: taken, begun_ms: line.run.log.now_ms(), over: false };
        noted.add(What::Invoke { call: noted.call.name.clone(), input: noted.call.input.clone() });
        noted
    }

    fn end(&mut self, answer: &Result<HttpResponse, ConnectorError>) {
        let end = self.call.end(answer);
        let idle = self.call.came_back_empty(&end).then_some(self.begun_ms);
        self.over = true;
        self.add(end);
        self.line.life.worker.free_lane(self.lane, idle, self.call.only_looks());
    }

    fn process(&self) -> u32 {
        let lane = u32::try_from(self.lane).expect("a process has not four billion calls in the air");
        self.line.life.worker.process + lane * LANE
    }

    fn add(&self, what: What) {
        self.line.run.log.add(self.process(), what);
    }
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        if !self.over {
            self.add(What::Info { call: self.call.name.clone(), reason: "the caller went away".to_owned() });
            self.line.life.worker.free_lane(self.lane, None, false);
        }
    }
}
