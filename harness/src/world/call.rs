//! Calls and their ends, read off HTTP for the history.

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use http::Request;
use redeliver_check::What;
use redeliver_model::Operation;
use redeliver_wire::{Dialect, detect, record};
use serde_json::Value;

/// Services by what their targets begin with.
const SERVICES: [(&str, &str); 2] = [("AmazonSQS.", "sqs:"), ("Kinesis_20131202.", "kinesis:")];

/// A call that is made.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// `sqs:SendMessage`.
    pub(crate) name: String,
    /// Parameters by their API names.
    pub(crate) input: Value,
    /// How it is made, unless in JSON.
    other: Option<(Dialect, &'static Operation)>,
}

impl Call {
    /// Reads a request. What no service of AWS knows is called `unknown`.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let Some(target) = request.headers().get("x-amz-target") else { return Self::in_another_protocol(request) };
        let short = SERVICES.iter().find_map(|(long, short)| Some(format!("{short}{}", target.strip_prefix(long)?)));
        let input = json(request.body().bytes()).unwrap_or(Value::Null);
        Self { name: short.unwrap_or_else(|| target.to_owned()), input, other: None }
    }

    /// A call of SNS, whose SDKs speak the query protocol.
    fn in_another_protocol(request: &HttpRequest) -> Self {
        let mut head = Request::builder().method(request.method()).uri(request.uri());
        for (name, value) in request.headers() {
            head = head.header(name, value);
        }
        let body = request.body().bytes().unwrap_or_default();
        let read = head.body(()).ok().and_then(|head| {
            let (head, ()) = head.into_parts();
            let detected = detect(&head, body);
            let operation = detected.operation.ok()?;
            let input = serde_json::from_slice(&record::parameters(&head, body)?).ok()?;
            let name = format!("{}:{}", operation.service.prefix(), operation.name);
            Some(Self { name, input, other: Some((detected.dialect, operation)) })
        });
        read.unwrap_or_else(|| Self { name: "unknown".to_owned(), input: Value::Null, other: None })
    }

    /// The answer as JSON.
    fn answer(&self, body: Option<&[u8]>) -> Option<Value> {
        match self.other {
            Some((dialect, operation)) => serde_json::from_slice(&record::answer(dialect, operation, body?)?).ok(),
            None => json(body),
        }
    }

    /// How it ended.
    pub(crate) fn end(&self, answer: &Result<HttpResponse, ConnectorError>) -> What {
        let call = self.name.clone();
        let response = match answer {
            Ok(response) => response,
            Err(error) => return What::Info { call, reason: reason(error) },
        };
        let status = response.status().as_u16();
        let bytes = response.body().bytes();
        if self.streams() && status == 200 {
            return What::Ok { call, output: Value::Object(serde_json::Map::new()) };
        }
        if let 200..=299 = status {
            return match self.answer(bytes) {
                Some(output) => What::Ok { call, output },
                None => What::Info { call, reason: "the reply could not be read".to_owned() },
            };
        }
        let (code, message) = if self.other.is_some() {
            xml(&String::from_utf8_lossy(bytes.unwrap_or_default()))
        } else {
            let body = json(bytes);
            (code(response, body.as_ref()), message(body.as_ref()))
        };
        match status {
            400..=499 => What::Fail { call, code, message },
            _ => What::Info { call, reason: format!("status {status}, `{code}`") },
        }
    }
}

impl Call {
    /// Whether it asks for messages or records, or where they are.
    pub(crate) fn asks(&self) -> bool {
        const READS: [&str; 4] =
            ["sqs:ReceiveMessage", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"];
        READS.contains(&self.name.as_str())
    }

    /// Whether it gives neither messages nor records, whatever it is answered.
    pub(crate) fn only_looks(&self) -> bool {
        self.name == "kinesis:GetShardIterator"
    }

    /// Whether its answer is a stream of events, which comes as time passes.
    pub(crate) fn streams(&self) -> bool {
        self.name == "kinesis:SubscribeToShard"
    }

    /// Whether it asked for messages or records and got none, since there are none, or for shards, as one does that waits for work.
    pub(crate) fn came_back_empty(&self, end: &What) -> bool {
        let What::Ok { output, .. } = end else { return false };
        let has_no = |name: &str| output.get(name).is_none_or(|list| list.as_array().is_some_and(Vec::is_empty));
        match self.name.as_str() {
            "sqs:ReceiveMessage" => has_no("Messages"),
            "kinesis:GetRecords" => {
                let behind_ms = output.get("MillisBehindLatest").and_then(Value::as_u64);
                has_no("Records") && behind_ms.unwrap_or(0) == 0
            }
            "kinesis:ListShards" => true,
            _ => false,
        }
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

/// Code and text of an error of the query protocol.
fn xml(body: &str) -> (String, String) {
    let text = |name: &str| {
        let (_, rest) = body.split_once(&format!("<{name}>"))?;
        rest.split_once("</").map(|(text, _)| text.to_owned())
    };
    (text("Code").unwrap_or_else(|| "Unknown".to_owned()), text("Message").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
    use aws_smithy_types::body::SdkBody;
    use redeliver_check::What;
    use serde_json::json;

    use super::Call;

    fn publish() -> Call {
        let body = "Action=Publish&Version=2010-03-31&TopicArn=t&Message=hello%20you";
        let request = http::Request::post("https://sns.us-east-1.amazonaws.com/");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        Call::of(&HttpRequest::try_from(request.body(SdkBody::from(body)).unwrap()).unwrap())
    }

    fn answered(status: u16, body: &'static str) -> What {
        let response = http::Response::builder().status(status).body(SdkBody::from(body)).unwrap();
        publish().end(&Ok(HttpResponse::try_from(response).unwrap()))
    }

    #[test]
    fn calls_of_the_query_protocol_are_noted_by_their_api_names() {
        let call = publish();
        assert_eq!(call.name, "sns:Publish");
        assert_eq!(call.input, json!({ "TopicArn": "t", "Message": "hello you" }));
        let ok =
            answered(200, "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>");
        assert_eq!(ok, What::Ok { call: "sns:Publish".to_owned(), output: json!({ "MessageId": "m" }) });
        let error = "<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>none</Message></Error></ErrorResponse>";
        let (call, code, message) = ("sns:Publish".to_owned(), "NotFound".to_owned(), "none".to_owned());
        assert_eq!(answered(404, error), What::Fail { call: call.clone(), code, message });
        assert_eq!(answered(503, ""), What::Info { call, reason: "status 503, `Unknown`".to_owned() });
    }
}
