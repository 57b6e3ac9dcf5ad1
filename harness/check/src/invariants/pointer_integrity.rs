//! No object is deleted while a message that points to it is still in the queue.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde_json::Value;

use crate::mutation::mutated;
use crate::traffic::{Call, How, Outcome, Traffic};
use crate::{Expectation, Verdict};

/// Bucket and key.
type Object = (String, String);

/// Needs messages that point to objects, as the extended client libraries of AWS write them, and the calls that delete those:
/// `s3:DeleteObject` or `s3:DeleteObjects` in the history. Allows for no fault.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-managing-large-messages.html>
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let mut pointing: HashMap<Object, Vec<usize>, FxBuildHasher> = HashMap::default();
    for (message, one) in traffic.messages.iter().enumerate() {
        if let Some(object) = pointer(one.body) {
            pointing.entry(object).or_default().push(message);
        }
    }
    let (mut deletions, mut witness) = (false, Vec::new());
    for call in
        traffic.calls.iter().filter(|call| call.name.starts_with("s3:Delete") && call.outcome != Outcome::Refused)
    {
        for object in objects(call) {
            deletions = true;
            let messages = pointing.get(&object).map_or(&[][..], Vec::as_slice);
            for message in messages.iter().filter(|message| left(traffic, **message, call)) {
                let (id, (bucket, key)) = (traffic.ids.text(*message), &object);
                let (process, at) = (call.process, call.span.begin_ms);
                witness.push(format!(
                    "consumer {process} deleted `{bucket}/{key}` at {at} ms; message {id} in the queue points to it"
                ));
            }
        }
    }
    if pointing.is_empty() || !deletions {
        return Verdict::unknown("messages that point to objects, and the calls that delete those");
    }
    Verdict::from_witness(witness)
}

/// Whether the message had been sent and not deleted for certain when the call began.
fn left(traffic: &Traffic<'_>, message: usize, call: &Call<'_>) -> bool {
    let one = &traffic.messages[message];
    let sent = one.sent.is_none_or(|sent| traffic.sent[sent].span.before(&call.span));
    let deliveries =
        std::iter::successors(one.first, |&at| traffic.deliveries[at].next).map(|at| &traffic.deliveries[at]);
    let mut handled = deliveries.flat_map(|delivery| traffic.handled_of(delivery));
    let mut deleted =
        || handled.any(|one| one.how == How::Deleted && one.outcome == Outcome::Done && one.span.before(&call.span));
    sent && !one.expired && !deleted() && !mutated("pointer-integrity: pointers may dangle")
}

/// `["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"..","s3Key":".."}]`.
fn pointer(body: &str) -> Option<Object> {
    if !body.starts_with('[') || !body.contains("s3BucketName") {
        return None;
    }
    let value: Value = serde_json::from_str(body).ok()?;
    let place = value.get(1)?;
    let text = |name| place.get(name).and_then(Value::as_str).map(str::to_owned);
    Some((text("s3BucketName")?, text("s3Key")?))
}

fn objects(call: &Call<'_>) -> Vec<Object> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let Some(bucket) = text(call.input, "Bucket") else { return Vec::new() };
    let many = call.input.pointer("/Delete/Objects").and_then(Value::as_array);
    let keys = many.into_iter().flatten().filter_map(|object| text(object, "Key"));
    keys.chain(text(call.input, "Key")).map(|key| (bucket.clone(), key)).collect()
}
