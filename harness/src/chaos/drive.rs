//! Carries out what an exchange says.

use std::io;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::{Request, Response};
use redeliver_chaos::{Break, Do, Event, Exchange};

use super::SharedChaos;
use crate::connector::collect;

/// When a client gives up on an answer that never comes: long after any timeout that is usual.
const SILENCE: Duration = Duration::from_mins(1);

/// One request to its answer.
pub(super) async fn drive(
    inner: &SharedHttpConnector,
    chaos: &SharedChaos,
    consumer: &str,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let (head, body) = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?.into_parts();
    let request = Request::from_parts(head, collect(body).await?);
    let mut exchange = Exchange::new(request, consumer);
    let mut event = Event::Start;
    loop {
        let now = chaos.passed();
        let next = exchange.step(&mut chaos.lock(), now, event);
        event = match next {
            Do::Forward(request) => Event::Reply(send(inner, request).await?),
            Do::Extra(request) => {
                // Whatever it answers: chaos has done what it could.
                let _ = send(inner, request).await;
                Event::Done
            }
            Do::Wait(time) => {
                chaos.clock.advance(time).await;
                Event::Done
            }
            Do::Answer(response) => return shown(response),
            Do::Break(broken) => {
                if broken == Break::Silent {
                    chaos.clock.advance(SILENCE).await;
                }
                return Err(error(broken));
            }
        };
    }
}

async fn send(inner: &SharedHttpConnector, request: Request<Bytes>) -> Result<Response<Bytes>, ConnectorError> {
    let request =
        HttpRequest::try_from(request.map(SdkBody::from)).map_err(|error| ConnectorError::user(error.into()))?;
    let response = inner.call(request).await?;
    let response = response.try_into_http1x().map_err(|error| ConnectorError::other(error.into(), None))?;
    let (head, body) = response.into_parts();
    Ok(Response::from_parts(head, collect(body).await?))
}

fn shown(response: Response<Bytes>) -> Result<HttpResponse, ConnectorError> {
    HttpResponse::try_from(response.map(SdkBody::from)).map_err(|error| ConnectorError::other(error.into(), None))
}

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
