//! An HTTP client of the SDK with faults between it and another one.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::{Request, Response};
use redeliver_chaos::{Break, Chaos};

use super::drive::{Unanswered, drive};
use crate::Clock;
use crate::connector::collect;
#[cfg(feature = "server")]
use crate::signing::{Credentials, sign};
use crate::streamed::{Streamed, boxed, is_stream};

/// The faults of one run, shared by all its clients.
#[derive(Debug, Clone)]
pub struct SharedChaos {
    chaos: Arc<Mutex<Chaos>>,
    pub(super) clock: Clock,
    start: redeliver_core::Timestamp,
}

impl SharedChaos {
    /// The faults of a run that begins now, by this clock.
    pub fn new(chaos: Chaos, clock: &Clock) -> Self {
        Self { chaos: Arc::new(Mutex::new(chaos)), clock: clock.clone(), start: clock.now() }
    }

    /// The faults of a run that begins now, for backends that are not a [`Harness`](crate::Harness): by tokio's clock, which a test may pause.
    pub fn by_tokio(chaos: Chaos) -> Self {
        Self::new(chaos, &Clock::starting_at(redeliver_core::Timestamp(0)))
    }

    /// What has passed since the run began.
    pub(crate) fn passed(&self) -> Duration {
        self.clock.now().since(self.start)
    }

    /// The faults.
    pub fn lock(&self) -> MutexGuard<'_, Chaos> {
        self.chaos.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An HTTP client of the SDK with faults between it and another one.
///
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// use redeliver::chaos::{ChaosHttpClient, SharedChaos};
/// use redeliver_chaos::{At, Chaos, Fault, Mode, Plan, Site, plan::Parameters};
///
/// // The reply to the first send is lost: the message is in the queue, and the SDK sends it again.
/// let site = Site { call: "sqs:SendMessage".into(), resource: Some("orders".into()), key: Some("order-3".into()), nth: 1 };
/// let fault = Fault { rule: "send-reply-lost".into(), at: At::Call(site), parameters: Parameters::default() };
/// let harness = redeliver::Harness::builder().build();
/// let chaos = SharedChaos::new(Chaos::new(&Plan::default(), 7, Mode::Replay(vec![fault])), harness.clock());
/// let client = ChaosHttpClient::wrap(harness.http_client(), &chaos).consumer("producer");
/// let sqs = aws_sdk_sqs::Client::from_conf(harness.sqs_config().http_client(client).build());
///
/// let queue = sqs.create_queue().queue_name("orders").send().await.unwrap().queue_url.unwrap();
/// sqs.send_message().queue_url(&queue).message_body("order-3").send().await.unwrap();
/// let received = sqs.receive_message().queue_url(&queue).max_number_of_messages(10).send().await.unwrap();
/// assert_eq!(received.messages().len(), 2);
/// assert_eq!(chaos.lock().fired().faults.len(), 1);
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct ChaosHttpClient {
    inner: SharedHttpClient,
    chaos: SharedChaos,
    consumer: String,
    #[cfg(feature = "server")]
    credentials: Option<Credentials>,
}

impl ChaosHttpClient {
    /// Faults between `inner` and whoever uses this client.
    pub fn wrap(inner: impl HttpClient + 'static, chaos: &SharedChaos) -> Self {
        Self {
            inner: SharedHttpClient::new(inner),
            chaos: chaos.clone(),
            consumer: "consumer".to_owned(),
            #[cfg(feature = "server")]
            credentials: None,
        }
    }

    /// Whose client it is, for plans and histories. Default `consumer`.
    #[must_use]
    pub fn consumer(mut self, name: &str) -> Self {
        name.clone_into(&mut self.consumer);
        self
    }

    /// Signs with these what faults change or make, for backends that check signatures; what is not changed stays as the SDK signed it.
    /// Default: what is changed has a signature that is void.
    #[cfg(feature = "server")]
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }
}

impl HttpClient for ChaosHttpClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Connector { inner, with: self.clone() })
    }
}

/// Connects through the faults.
#[derive(Debug, Clone)]
struct Connector {
    inner: SharedHttpConnector,
    with: ChaosHttpClient,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connector = self.clone();
        HttpConnectorFuture::new(async move { connector.exchange(request).await })
    }
}

impl Connector {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let (head, body) = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?.into_parts();
        let request = Request::from_parts(head, collect(body).await?);
        match drive(&self.with.chaos, &self.with.consumer, request, |request| self.send(request), None).await {
            Ok(mut response) => {
                let streamed = Streamed::take(&mut response).map(SdkBody::from_body_1_x);
                let response = response.map(|body| streamed.unwrap_or_else(|| SdkBody::from(body)));
                HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
            }
            Err(Unanswered::Backend(error)) => Err(error),
            Err(Unanswered::Broken(broken)) => Err(error(broken)),
        }
    }

    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ConnectorError> {
        let request = self.signed(request)?;
        let request =
            HttpRequest::try_from(request.map(SdkBody::from)).map_err(|error| ConnectorError::user(error.into()))?;
        let response = self.inner.call(request).await?;
        let response = response.try_into_http1x().map_err(|error| ConnectorError::other(error.into(), None))?;
        let (head, body) = response.into_parts();
        if is_stream(&head.headers) {
            let mut response = Response::from_parts(head, Bytes::new());
            Streamed::put(&mut response, boxed(body));
            return Ok(response);
        }
        Ok(Response::from_parts(head, collect(body).await?))
    }
}

impl Connector {
    /// The request, signed anew if it was changed.
    #[cfg(feature = "server")]
    fn signed(&self, mut request: Request<Bytes>) -> Result<Request<Bytes>, ConnectorError> {
        match (request.extensions_mut().remove::<redeliver_chaos::Unsigned>(), &self.with.credentials) {
            (Some(_), Some(credentials)) => {
                sign(request, credentials).map_err(|reason| ConnectorError::user(reason.into()))
            }
            _ => Ok(request),
        }
    }

    #[cfg(not(feature = "server"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "with the feature `server` it can sign")]
    fn signed(&self, request: Request<Bytes>) -> Result<Request<Bytes>, ConnectorError> {
        Ok(request)
    }
}

/// What the operating system would say.
fn error(broken: Break) -> ConnectorError {
    let io = |kind, text: &str| ConnectorError::io(io::Error::new(kind, text.to_owned()).into());
    match broken {
        Break::Refused => io(io::ErrorKind::ConnectionRefused, "the connection was refused"),
        Break::Reset => io(io::ErrorKind::ConnectionReset, "the connection was reset before an answer came"),
        Break::Truncated => io(io::ErrorKind::UnexpectedEof, "the connection was closed in the middle of the answer"),
        Break::Silent => {
            let text = "no answer came in time".to_owned();
            ConnectorError::timeout(io::Error::new(io::ErrorKind::TimedOut, text).into())
        }
    }
}
