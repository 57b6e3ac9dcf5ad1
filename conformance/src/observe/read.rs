//! From a raw reply and what the SDK made of it to an observation.

use redeliver_model::{Fault, Operation, Protocol};
use serde_json::{Map, Value};

use super::{Answer, Observation, Refusal, query};
use crate::client::{Raw, Seen, xml};

/// Reads a reply, and compares what it says with what the SDK made of it.
pub(crate) fn observe(operation: &'static Operation, raw: &Raw, seen: &Seen) -> Observation {
    match operation.service.model().protocol {
        Protocol::Json => observe_json(raw, seen),
        Protocol::Query => observe_query(operation, raw, seen),
    }
}

fn observe_query(operation: &'static Operation, raw: &Raw, seen: &Seen) -> Observation {
    let text = String::from_utf8_lossy(&raw.body).into_owned();
    let document = xml::read(&text);
    let body = document.clone().unwrap_or(Value::String(text));
    let (answer, is_understood) = if (200..300).contains(&raw.status) {
        let result = query::result(operation, &body);
        let is_understood = result.is_some();
        (Answer::Success(result.unwrap_or_else(|| body.clone())), is_understood)
    } else {
        let fault = if raw.status >= 500 { Fault::Server } else { Fault::Client };
        let (code, side, message) = query::error(&body).unwrap_or_default();
        let fault = match side {
            "Sender" => Fault::Client,
            "Receiver" => Fault::Server,
            _ => fault,
        };
        let refusal = Refusal {
            code: code.to_owned(),
            type_name: String::new(),
            status: raw.status,
            fault,
            message: message.map(str::to_owned),
        };
        (Answer::Refused(refusal), query::error(&body).is_some())
    };
    let disagreement = if is_understood {
        disagreement(&answer, seen)
    } else {
        Some(format!("the body is no answer to `{}` in XML", operation.name))
    };
    Observation { status: raw.status, body, answer, disagreement }
}

fn observe_json(raw: &Raw, seen: &Seen) -> Observation {
    let parsed =
        if raw.body.is_empty() { Some(Value::Object(Map::new())) } else { serde_json::from_slice(&raw.body).ok() };
    let is_json = parsed.is_some();
    let body = parsed.unwrap_or_else(|| Value::String(String::from_utf8_lossy(&raw.body).into_owned()));
    let answer = if (200..300).contains(&raw.status) {
        Answer::Success(body.clone())
    } else {
        Answer::Refused(refusal(raw, &body))
    };
    let disagreement = if is_json { disagreement(&answer, seen) } else { Some("the body is not JSON".to_owned()) };
    Observation { status: raw.status, body, answer, disagreement }
}

/// The query protocol's code and fault stand in a header of their own:
/// <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible>.
fn refusal(raw: &Raw, body: &Value) -> Refusal {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let type_name = text("__type").or(raw.error_type.as_deref()).or_else(|| text("code")).map(bare).unwrap_or_default();
    let by_status = if raw.status >= 500 { Fault::Server } else { Fault::Client };
    let (code, fault) = match raw.query_error.as_deref().and_then(|header| header.split_once(';')) {
        Some((code, "Sender")) => (code, Fault::Client),
        Some((code, "Receiver")) => (code, Fault::Server),
        Some((code, _)) => (code, by_status),
        None => (type_name, by_status),
    };
    let message = text("message").or_else(|| text("Message")).or_else(|| text("errorMessage"));
    Refusal {
        code: code.to_owned(),
        type_name: type_name.to_owned(),
        status: raw.status,
        fault,
        message: message.map(str::to_owned),
    }
}

/// `com.amazonaws.sqs#QueueDoesNotExist:http://...` is `QueueDoesNotExist`.
fn bare(type_name: &str) -> &str {
    let local = type_name.rsplit_once('#').map_or(type_name, |(_, local)| local);
    local.split_once(':').map_or(local, |(name, _)| name)
}

fn disagreement(answer: &Answer, seen: &Seen) -> Option<String> {
    match (answer, seen) {
        (Answer::Success(_), Seen::Success) => None,
        (
            Answer::Success(_),
            Seen::Refused { text, .. } | Seen::Unparsed(text) | Seen::Lost(text) | Seen::NotSent(text),
        ) => Some(format!("the SDK cannot parse the reply: {text}")),
        (Answer::Refused(refusal), Seen::Refused { code, .. }) => {
            let code = code.as_deref().unwrap_or_default();
            (code != refusal.code)
                .then(|| format!("the SDK sees the error code `{code}`, the reply says `{}`", refusal.code))
        }
        (Answer::Refused(refusal), Seen::Success) => {
            Some(format!("the SDK takes a reply of status {} for a success", refusal.status))
        }
        (Answer::Refused(_), Seen::Unparsed(text) | Seen::Lost(text) | Seen::NotSent(text)) => {
            Some(format!("the SDK cannot parse the error: {text}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use redeliver_model::Fault;
    use serde_json::json;

    use super::*;

    fn raw(status: u16, query_error: Option<&str>, body: &str) -> Raw {
        Raw { status, query_error: query_error.map(str::to_owned), error_type: None, body: body.as_bytes().to_owned() }
    }

    fn refused(code: &str) -> Seen {
        Seen::Refused { code: Some(code.to_owned()), text: String::new() }
    }

    #[test]
    fn an_error_has_the_code_of_the_query_protocol_and_the_modern_name() {
        let body = r#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"gone"}"#;
        let seen = observe_json(
            &raw(400, Some("AWS.SimpleQueueService.NonExistentQueue;Sender"), body),
            &refused("AWS.SimpleQueueService.NonExistentQueue"),
        );
        let refusal = Refusal {
            code: "AWS.SimpleQueueService.NonExistentQueue".to_owned(),
            type_name: "QueueDoesNotExist".to_owned(),
            status: 400,
            fault: Fault::Client,
            message: Some("gone".to_owned()),
        };
        let body = serde_json::from_str(body).unwrap();
        assert_eq!(seen, Observation { status: 400, body, answer: Answer::Refused(refusal), disagreement: None });
    }

    #[test]
    fn an_error_without_the_header_has_the_modern_name_as_its_code() {
        let seen = observe_json(
            &raw(503, None, r#"{"__type":"ServiceUnavailable:http://x/"}"#),
            &refused("ServiceUnavailable"),
        );
        let Answer::Refused(refusal) = seen.answer else { panic!("{seen:?}") };
        assert_eq!(
            (refusal.code.as_str(), refusal.fault, refusal.message),
            ("ServiceUnavailable", Fault::Server, None)
        );
        assert_eq!(seen.disagreement, None);
    }

    #[test]
    fn a_reply_in_xml_is_read_by_the_model() {
        let operation = |name| redeliver_model::Service::Sns.model().operation(name).unwrap();
        let body = "<CreateTopicResponse xmlns=\"x\"><CreateTopicResult><TopicArn>a</TopicArn></CreateTopicResult></CreateTopicResponse>";
        let seen = observe(operation("CreateTopic"), &raw(200, None, body), &Seen::Success);
        assert_eq!((seen.answer, seen.disagreement), (Answer::Success(json!({ "TopicArn": "a" })), None));
        let seen = observe(operation("DeleteTopic"), &raw(200, None, "{}"), &Seen::Success);
        assert_eq!(seen.disagreement, Some("the body is no answer to `DeleteTopic` in XML".to_owned()));
    }

    #[test]
    fn an_error_in_xml_says_whose_fault_it_is() {
        let operation = redeliver_model::Service::Sns.model().operation("DeleteTopic").unwrap();
        let body = "<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>gone</Message></Error></ErrorResponse>";
        let seen = observe(operation, &raw(404, None, body), &refused("NotFound"));
        let refusal = Refusal {
            code: "NotFound".to_owned(),
            type_name: String::new(),
            status: 404,
            fault: Fault::Client,
            message: Some("gone".to_owned()),
        };
        assert_eq!((seen.answer, seen.disagreement), (Answer::Refused(refusal), None));
    }

    #[test]
    fn an_empty_body_is_an_empty_result() {
        let seen = observe_json(&raw(200, None, ""), &Seen::Success);
        assert_eq!(seen.answer, Answer::Success(json!({})));
    }

    #[test]
    fn what_the_sdk_sees_otherwise_is_told() {
        let told = |status, query_error, body, seen| observe_json(&raw(status, query_error, body), &seen).disagreement;
        assert_eq!(told(200, None, "<xml/>", Seen::Success), Some("the body is not JSON".to_owned()));
        assert_eq!(
            told(200, None, "{}", Seen::Unparsed("no".to_owned())),
            Some("the SDK cannot parse the reply: no".to_owned())
        );
        assert_eq!(
            told(400, Some("A;Sender"), "{}", refused("B")),
            Some("the SDK sees the error code `B`, the reply says `A`".to_owned())
        );
        assert_eq!(
            told(400, None, "{}", Seen::Success),
            Some("the SDK takes a reply of status 400 for a success".to_owned())
        );
    }
}
