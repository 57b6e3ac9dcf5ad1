//! Answers that come piece by piece, noted as they come.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use http_body_util::BodyExt as _;
use redeliver_wire::event_stream::Decoder;
use serde_json::{Value, json};

use crate::streamed::boxed;

/// The only kind of event that has content.
const EVENT: &str = "SubscribeToShardEvent";

/// The same response, of which each event is told to `note` when its reader gets it.
pub(super) fn told(
    response: HttpResponse,
    note: impl Fn(Value) + Send + Sync + 'static,
) -> Result<HttpResponse, ConnectorError> {
    let response = response.try_into_http1x().map_err(|error| ConnectorError::other(error.into(), None))?;
    let mut decoder = Decoder::new();
    let response = response.map(|body| {
        let body = boxed(body).map_frame(move |frame| {
            decoder.push(frame.data_ref().map_or(&[][..], |data| data));
            while let Ok(Some(message)) = decoder.pull() {
                let event = serde_json::from_slice::<Value>(&message.payload).ok();
                if let Some(event) = event.filter(|_| message.text(":event-type") == Some(EVENT)) {
                    note(json!({ EVENT: event }));
                }
            }
            frame
        });
        SdkBody::from_body_1_x(body)
    });
    HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
}
