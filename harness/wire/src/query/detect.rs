//! Whether a request speaks the query protocol, for which service and operation.

use http::header::{ACCEPT, CONTENT_TYPE, HOST};
use http::request::Parts;
use http::{HeaderMap, Method};
use redeliver_model::{Operation, Service};

use super::Parameters;
use crate::detect::essence;
use crate::{Detected, Dialect, Error, Format, Metadata, host};

/// The parameter with a queue's URL.
const QUEUE_URL: &str = "QueueUrl";

/// Operations that a queue's own URL does not take: they are about all queues. `GetQueueUrl` is taken (observed on AWS, see
/// <https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/test_sqs.py>).
const OF_NO_QUEUE: [&str; 2] = ["CreateQueue", "ListQueues"];

/// Older versions of SQS's API, which AWS still takes.
const OLD_VERSIONS: [&str; 3] = ["2008-01-01", "2009-02-01", "2011-10-01"];

/// What a request asks for; `None` when it names no action, which makes it no request of this protocol.
pub(crate) fn detect(head: &Parts, body: &[u8]) -> Option<Detected> {
    let is_post = head.method == Method::POST;
    if !is_post && head.method != Method::GET {
        return None;
    }
    let is_form =
        essence(text(&head.headers, CONTENT_TYPE.as_str())).eq_ignore_ascii_case("application/x-www-form-urlencoded");
    let url = head.uri.query().unwrap_or_default().as_bytes();
    let mut parameters = Parameters::parse(&[url, if is_post && is_form { body } else { &[] }]);
    let action = parameters.filled("Action")?;
    let service = service(head, &parameters, action);
    let operation = operation(service, head, &parameters, action);
    if let (Service::Sqs, Ok(operation)) = (service, &operation) {
        fill_in_queue(head, operation, &mut parameters);
        drop_newer_names(&mut parameters);
    }
    let dialect = Dialect::Query { service, format: format(&head.headers, &parameters) };
    Some(Detected { dialect, operation, parameters: Some(parameters) })
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The service that is meant: as the signature says, else the version, else the host, else the path (only queues have one), else
/// whichever knows the action.
fn service(head: &Parts, parameters: &Parameters, action: &str) -> Service {
    let speaking = || Service::ALL.into_iter().filter(|service| service.model().xml_namespace.is_some());
    let signed = Metadata::of(head).service;
    let by_signature = speaking().find(|service| Some(service.prefix()) == signed.as_deref());
    let version = parameters.get("Version").unwrap_or_default();
    let by_version = || {
        let old = OLD_VERSIONS.contains(&version).then_some(Service::Sqs);
        old.or_else(|| speaking().find(|service| service.model().api_version == version))
    };
    let host = head.uri.host().unwrap_or_else(|| text(&head.headers, HOST.as_str()));
    let by_host = || speaking().find(|service| host.split('.').next() == Some(service.prefix()));
    let by_path = || is_queue(head).then_some(Service::Sqs);
    let by_action = || speaking().find(|service| service.model().operation(action).is_some());
    by_signature.or_else(by_version).or_else(by_host).or_else(by_path).or_else(by_action).unwrap_or(Service::Sqs)
}

fn is_queue(head: &Parts) -> bool {
    !head.uri.path().trim_matches('/').is_empty()
}

/// Versions of SQS's API are not told apart. silent: what AWS says about one that never was.
fn operation(
    service: Service,
    head: &Parts,
    parameters: &Parameters,
    action: &str,
) -> Result<&'static Operation, Error> {
    let version = parameters.get("Version");
    let model = service.model();
    let refused = match service {
        Service::Sqs => is_queue(head) && OF_NO_QUEUE.contains(&action),
        Service::Sns | Service::Kinesis => version.is_some_and(|version| version != model.api_version),
    };
    let found = model.operation(action).filter(|_| !refused);
    found.ok_or_else(|| Error::InvalidAction {
        service,
        action: action.to_owned(),
        version: version.map(str::to_owned),
    })
}

/// A queue's URL may stand for the parameter that names the queue.
fn fill_in_queue(head: &Parts, operation: &Operation, parameters: &mut Parameters) {
    if is_queue(head) && operation.input.member(QUEUE_URL).is_some() && parameters.filled(QUEUE_URL).is_none() {
        let path = head.uri.path().trim_end_matches('/');
        let url = format!("{}{path}", host(&head.uri, &head.headers).unwrap_or_default());
        parameters.set(QUEUE_URL, url);
    }
}

/// Where a receive has both lists of system attributes, the older one counts; in JSON both do. Recorded on AWS on 2024-06-04:
/// <https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/test_sqs.snapshot.json>
fn drop_newer_names(parameters: &mut Parameters) {
    if parameters.names("AttributeName") {
        parameters.forget("MessageSystemAttributeName");
    }
}

/// JSON if the caller prefers it to XML, by `Accept` or by the parameter `ContentType`
/// (<https://github.com/JuliaCloud/AWS.jl/pull/127>).
fn format(headers: &HeaderMap, parameters: &Parameters) -> Format {
    let wanted = text(headers, ACCEPT.as_str()).split(',').map(essence).find_map(|kind| {
        let is = |other: &str| kind.eq_ignore_ascii_case(other);
        if is("application/json") {
            Some(Format::Json)
        } else {
            (is("text/xml") || is("application/xml")).then_some(Format::Xml)
        }
    });
    let by_parameter = parameters.get("ContentType").filter(|kind| *kind == "JSON").map(|_| Format::Json);
    by_parameter.or(wanted).unwrap_or(Format::Xml)
}
