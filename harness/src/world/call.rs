//! Calls and their ends, read off HTTP for the history.

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use redeliver_check::What;
use serde_json::Value;

/// Services by what their targets begin with.
const SERVICES: [(&str, &str); 2] = [("AmazonSQS.", "sqs:"), ("Kinesis_20131202.", "kinesis:")];

/// A call that is made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    /// `sqs:SendMessage`.
    pub(crate) name: String,
    /// Parameters by their API names.
    pub(crate) input: Value,
}

impl Call {
    /// Reads a request. What is not JSON is called by the service's own name for it, or `unknown`.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let target = request.headers().get("x-amz-target").unwrap_or("unknown");
        let short = SERVICES.iter().find_map(|(long, short)| Some(format!("{short}{}", target.strip_prefix(long)?)));
        let input = json(request.body().bytes()).unwrap_or(Value::Null);
        Self { name: short.unwrap_or_else(|| target.to_owned()), input }
    }

    /// How it ended.
    pub(crate) fn end(&self, answer: &Result<HttpResponse, ConnectorError>) -> What {
        let call = self.name.clone();
        let response = match answer {
            Ok(response) => response,
            Err(error) => return What::Info { call, reason: reason(error) },
        };
        let status = response.status().as_u16();
        let body = json(response.body().bytes());
        match (status, body) {
            (200..=299, Some(output)) => What::Ok { call, output },
            (200..=299, None) => What::Info { call, reason: "the reply could not be read".to_owned() },
            (400..=499, body) => {
                What::Fail { call, code: code(response, body.as_ref()), message: message(body.as_ref()) }
            }
            (_, body) => {
                let code = code(response, body.as_ref());
                What::Info { call, reason: format!("status {status}, `{code}`") }
            }
        }
    }
}

impl Call {
    /// Whether it asks for messages.
    pub(crate) fn asks(&self) -> bool {
        self.name == "sqs:ReceiveMessage"
    }

    /// Whether it asked for messages and got none.
    pub(crate) fn came_back_empty(&self, end: &What) -> bool {
        let no_messages =
            |output: &Value| output.get("Messages").is_none_or(|list| list.as_array().is_some_and(Vec::is_empty));
        self.asks() && matches!(end, What::Ok { output, .. } if no_messages(output))
    }
}

/// The JSON of a body; an empty one is an empty object.
fn json(bytes: Option<&[u8]>) -> Option<Value> {
    match bytes? {
        [] => Some(Value::Object(serde_json::Map::new())),
        bytes => serde_json::from_slice(bytes).ok(),
    }
}

fn reason(error: &ConnectorError) -> String {
    let cause = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    format!("no reply: {cause}")
}

/// The code that SDKs show.
fn code(response: &HttpResponse, body: Option<&Value>) -> String {
    let header = response.headers().get("x-amzn-query-error").and_then(|text| text.split(';').next());
    let told = || body?.get("__type")?.as_str().map(|text| text.rsplit('#').next().unwrap_or(text));
    header.or_else(told).unwrap_or("Unknown").to_owned()
}

fn message(body: Option<&Value>) -> String {
    let text = body.and_then(|body| body.get("message").or_else(|| body.get("Message"))?.as_str());
    text.unwrap_or_default().to_owned()
}
