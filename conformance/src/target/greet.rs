//! Whether an address speaks as a service of AWS does: what does not is no backend that deviates, but none at all.
//!
//! Two plain calls that every backend of a service knows are made before the first case: what is there, and one thing that is not. One
//! answer in the service's own protocol, a success or an error with a code, is enough. A page of HTML, half an answer, a closed connection
//! or more bytes than any answer has are no such answer, and neither is an error without a code.

use indexmap::IndexMap;
use redeliver_model::Service;
use serde_json::{Value, json};

use super::{Addresses, Manifest, TargetProblem};
use crate::client::{Client, NoReply};
use crate::observe::{Answer, Observation, Refusal};

/// Longest text of an answer that is shown, in characters.
const SHOWN_CHARS: usize = 80;

/// Error codes of a service that does not take the credentials: <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html>.
/// The protocols of JSON add `Exception` to some.
const REFUSING: [&str; 9] = [
    "ExpiredToken",
    "IncompleteSignature",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSecurity",
    "InvalidSignature",
    "MissingAuthenticationToken",
    "SignatureDoesNotMatch",
    "UnrecognizedClient",
];

/// Why services of a target cannot be used, by service: none where all of them answer.
pub(super) type Strangers = IndexMap<Service, String>;

/// Greets all services of a target; fails when none of them can be used.
pub(super) async fn greet(manifest: &Manifest, addresses: &Addresses) -> Result<Strangers, TargetProblem> {
    let client = Client::remote(manifest, addresses);
    let one = async |service: Service| (service, greet_one(&client, manifest, addresses, service).await);
    let greeted = futures_util::future::join_all(manifest.services.iter().map(|service| one(*service))).await;
    let strangers: Strangers =
        greeted.into_iter().filter_map(|(service, greeted)| Some((service, greeted.err()?))).collect();
    match strangers.first() {
        Some((_, reason)) if strangers.len() == manifest.services.len() => {
            Err(TargetProblem::Unreachable(reason.clone()))
        }
        _ => Ok(strangers),
    }
}

/// Greets one service; fails with the reason why it cannot be used.
pub(super) async fn greet_one(
    client: &Client,
    manifest: &Manifest,
    addresses: &Addresses,
    service: Service,
) -> Result<(), String> {
    let mut reasons = Vec::new();
    for (operation, input) in calls(manifest, service) {
        let reason = match client.call(service, operation, &input).await {
            Ok(seen) => match judge(&seen) {
                Judgement::Speaks => return Ok(()),
                Judgement::Refuses(refusal) => {
                    let key = &manifest.credentials.access_key_id;
                    let what = format!("refuses the credentials with the access key `{key}`: {}", told(refusal));
                    let remedy = "write `credentials` that it takes, and `region`, into the target's manifest";
                    return Err(format!("`{}` {what}\n{remedy}", addresses.of(service)));
                }
                Judgement::Stranger(what) => what,
            },
            Err(NoReply::Lost(reason) | NoReply::NotSent(reason)) if reason.contains("certificate") => {
                let remedy =
                    "name the host that its certificate is for, and in `AWS_CA_BUNDLE` a file of who vouches for it";
                return Err(format!("no TLS with `{}`: {reason}\n{remedy}", addresses.of(service)));
            }
            Err(NoReply::Lost(reason)) => format!("no whole answer: {reason}"),
            Err(NoReply::NotSent(reason) | NoReply::Unfit(reason)) => reason,
        };
        // Who lets one call hang lets the other hang, too.
        let is_late = reason.contains("none within");
        reasons.push(format!("{}:{operation} gets {reason}", service.prefix()));
        if is_late {
            break;
        }
    }
    let endpoint = addresses.of(service);
    Err(format!("what answers at `{endpoint}` does not speak as {} does: {}", name(service), reasons.join("; ")))
}

fn name(service: Service) -> &'static str {
    match service {
        Service::Sqs => "SQS",
        Service::Sns => "SNS",
        Service::Kinesis => "Kinesis",
    }
}

/// What is there, and one thing that is not.
fn calls(manifest: &Manifest, service: Service) -> [(&'static str, Value); 2] {
    let name = format!("redeliver-{:016x}", fastrand::u64(..));
    match service {
        Service::Sqs => [("ListQueues", json!({})), ("GetQueueUrl", json!({ "QueueName": name }))],
        Service::Sns => {
            let arn = format!("arn:aws:sns:{}:{}:{name}", manifest.region, manifest.account);
            [("ListTopics", json!({})), ("GetTopicAttributes", json!({ "TopicArn": arn }))]
        }
        Service::Kinesis => [("ListStreams", json!({})), ("DescribeStreamSummary", json!({ "StreamName": name }))],
    }
}

/// What an answer tells of who gave it.
enum Judgement<'a> {
    /// It is one of the service.
    Speaks,
    /// It is one of the service, and these credentials will never get another one.
    Refuses(&'a Refusal),
    /// It is none of the service: what it is instead.
    Stranger(String),
}

fn judge(seen: &Observation) -> Judgement<'_> {
    match &seen.answer {
        Answer::Refused(refusal) if is_refused(refusal) => Judgement::Refuses(refusal),
        // Allowed to nobody, so far: the other call may be.
        Answer::Refused(refusal) if refusal.code.starts_with("AccessDenied") => Judgement::Stranger(told(refusal)),
        _ if is_of_the_protocol(seen) => Judgement::Speaks,
        _ => Judgement::Stranger(format!("status {} with {}", seen.status, shown(&seen.body))),
    }
}

/// Whether an answer can be one of the service at all, right or wrong.
pub(crate) fn is_of_the_protocol(seen: &Observation) -> bool {
    match &seen.answer {
        Answer::Success(result) => result.is_object() && seen.body.is_object(),
        Answer::Refused(refusal) => !refusal.code.is_empty(),
    }
}

fn is_refused(refusal: &Refusal) -> bool {
    let codes = [&refusal.code, &refusal.type_name].map(|code| code.strip_suffix("Exception").unwrap_or(code));
    codes.iter().any(|code| REFUSING.contains(code))
}

fn told(refusal: &Refusal) -> String {
    // Below its first line, a refused signature lists what was to be signed.
    let message = refusal.message.as_deref().and_then(|text| text.lines().next()).unwrap_or("no message");
    format!("`{}`, status {}: {message}", refusal.code, refusal.status)
}

/// The beginning of a body, on one line.
fn shown(body: &Value) -> String {
    let text = body.as_str().map_or_else(|| body.to_string(), str::to_owned);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN_CHARS) {
        _ if matches!(text.as_str(), "" | "{}") => "nothing in its body".to_owned(),
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
