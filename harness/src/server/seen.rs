//! Calls as their clients see them, for the history.

use bytes::Bytes;
use http::Response;
use http::request::Parts;
use redeliver_wire::{Dialect, Received, record};
use serde_json::Value;

use super::Shared;
use super::history::{Call, End};

/// The JSON of an answer that is not in JSON itself.
#[derive(Debug, Clone)]
pub(super) struct Said(pub(super) Bytes);

/// A call that begins; `None` for what never became a command, which is no call, and when no history is kept.
pub(super) fn begin<'a>(shared: &'a Shared, head: &Parts, body: &Bytes, received: &Received) -> Option<Call<'a>> {
    let operation = received.operation.filter(|_| received.command.is_ok() && shared.history.is_kept())?;
    let is_json = matches!(received.dialect, Dialect::Json(_));
    let input = if is_json { body.clone() } else { record::parameters(head, body).unwrap_or_default().into() };
    Some(shared.history.invoke(&shared.engine, operation, input))
}

/// What an answer to a call means to its client.
pub(super) fn end<'a>(received: &Received, response: &'a Response<Bytes>) -> End<'a> {
    let Received { dialect, operation, .. } = received;
    let (status, body) = (response.status(), response.body());
    let is_json = matches!(dialect, Dialect::Json(_));
    if status.is_success() {
        return match response.extensions().get::<Said>() {
            Some(said) => End::Ok((&*said.0).into()),
            None if is_json && !body.is_empty() => End::Ok((&**body).into()),
            None => match operation.and_then(|operation| record::answer(*dialect, operation, body)) {
                Some(answer) => End::Ok(answer.into()),
                None => End::Info("it succeeded, with an answer that cannot be read".to_owned()),
            },
        };
    }
    let (code, message) = if is_json { json(response) } else { xml(&String::from_utf8_lossy(body)) };
    if status.is_client_error() {
        End::Fail { code: code.into(), message }
    } else {
        End::Info(format!("HTTP {}: {code}: {message}", status.as_u16()))
    }
}

/// Code and text of an error in AWS JSON. SDKs show the code of the query protocol where there is one.
fn json(response: &Response<Bytes>) -> (String, String) {
    let document: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let text = |name: &str| document[name].as_str().map(str::to_owned);
    let query = response.headers().get("x-amzn-query-error").and_then(|value| value.to_str().ok());
    let code = match query.and_then(|value| value.split(';').next()) {
        Some(code) => code.to_owned(),
        None => text("__type").and_then(|name| name.rsplit('#').next().map(str::to_owned)).unwrap_or_default(),
    };
    (code, text("message").or_else(|| text("Message")).unwrap_or_default())
}

/// Code and text of an error of the query protocol.
fn xml(body: &str) -> (String, String) {
    let text = |name: &str| {
        let (_, rest) = body.split_once(&format!("<{name}>"))?;
        rest.split_once("</").map(|(text, _)| text.to_owned())
    };
    (text("Code").unwrap_or_default(), text("Message").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{Request, Response};
    use redeliver_wire::receive;

    use super::{End, end};

    fn told(status: u16, code: Option<&str>, body: &'static str) -> String {
        let mut response = Response::builder().status(status);
        if let Some(code) = code {
            response = response.header("x-amzn-query-error", code);
        }
        let response = response.body(Bytes::from(body)).unwrap();
        let request = Request::post("/").header("content-type", "application/x-amz-json-1.0");
        let (head, ()) = request.header("x-amz-target", "AmazonSQS.DeleteMessage").body(()).unwrap().into_parts();
        shown(&end(&receive(&head, b"{}"), &response))
    }

    fn shown(end: &End<'_>) -> String {
        match end {
            End::Ok(output) => format!("Ok({:?})", Bytes::copy_from_slice(output)),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn answers_of_the_query_protocol_are_told_as_json() {
        let (head, ()) = Request::get("/?Action=GetQueueUrl&QueueName=q").body(()).unwrap().into_parts();
        let told = |body: &'static str| shown(&end(&receive(&head, b""), &Response::new(body.into())));
        let answer =
            "<GetQueueUrlResponse><GetQueueUrlResult><QueueUrl>u</QueueUrl></GetQueueUrlResult></GetQueueUrlResponse>";
        assert_eq!(told(answer), r#"Ok(b"{\"QueueUrl\":\"u\"}")"#);
        assert_eq!(told("<html/>"), r#"Info("it succeeded, with an answer that cannot be read")"#);
    }

    #[test]
    fn answers_mean_success_refusal_or_nothing_certain() {
        assert_eq!(told(200, None, ""), r#"Ok(b"{}")"#);
        let refusal = r#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"none"}"#;
        assert_eq!(told(400, None, refusal), r#"Fail { code: "QueueDoesNotExist", message: "none" }"#);
        let code = Some("AWS.SimpleQueueService.NonExistentQueue;Sender");
        assert_eq!(
            told(400, code, refusal),
            r#"Fail { code: "AWS.SimpleQueueService.NonExistentQueue", message: "none" }"#
        );
        assert_eq!(told(503, None, r#"{"__type":"Busy"}"#), r#"Info("HTTP 503: Busy: ")"#);
    }
}
