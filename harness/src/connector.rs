//! The HTTP client of the AWS SDK that ends in this process.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use redeliver_chaos::failpoints::{AFTER_EFFECT, BEFORE_ANSWER, BEFORE_EFFECT, hit};

use crate::caller::Home;
use crate::engine::Engine;
use crate::pipeline::respond;
use crate::streamed::Streamed;

/// Hands the SDK's requests to the reference.
#[derive(Debug, Clone)]
pub(crate) struct Connector {
    pub(crate) engine: Arc<Engine>,
    pub(crate) home: Arc<Home>,
}

impl Connector {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
        let (head, body) = request.into_parts();
        let body = collect(body).await?;
        lives(BEFORE_EFFECT)?;
        let mut response = respond(&self.engine, &self.home, &head, &body).await;
        lives(AFTER_EFFECT)?;
        let streamed = Streamed::take(&mut response).map(SdkBody::from_body_1_x);
        let response = response.map(|body| streamed.unwrap_or_else(|| SdkBody::from(body)));
        let response = HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))?;
        // After an error the SDK draws its backoff from this thread's generator before anything else can run on the thread.
        fastrand::seed(self.engine.jitter_seed());
        lives(BEFORE_ANSWER)?;
        Ok(response)
    }
}

/// Passes a fail point: one that is armed ends the connection.
fn lives(point: &str) -> Result<(), ConnectorError> {
    let reset = || ConnectorError::io(std::io::Error::from(std::io::ErrorKind::ConnectionReset).into());
    if hit(point) { Err(reset()) } else { Ok(()) }
}

pub(crate) async fn collect(body: SdkBody) -> Result<Bytes, ConnectorError> {
    match body.bytes() {
        Some(bytes) => Ok(Bytes::copy_from_slice(bytes)),
        None => match ByteStream::new(body).collect().await {
            Ok(collected) => Ok(collected.into_bytes()),
            Err(error) => Err(ConnectorError::io(error.into())),
        },
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connector = self.clone();
        HttpConnectorFuture::new(async move { connector.exchange(request).await })
    }
}

impl HttpClient for Connector {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
