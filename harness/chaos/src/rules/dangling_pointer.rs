//! S42: a message points to a payload in S3 that is gone.
//!
//! The body names another key of the bucket, which nobody has written. Messages that hold no pointer stay as they are.

use super::entries::reworded;
use super::fit::brings;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "dangling-pointer",
    id: "S42",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// A message points to a payload in S3 that is gone.
#[derive(Debug)]
pub(crate) struct DanglingPointer;

impl Rule for DanglingPointer {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: the payload of a large message is an object of its own, with a life of its own",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-s3-messages.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message points to a payload in S3 that is gone; shows messages that can never be handled and come back for ever."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        brings(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        reworded(turn, dangling)
    }
}

/// A pointer of the extended client, with a key that nobody has written.
/// <https://github.com/awslabs/payload-offloading-java-common-lib-for-aws>
fn dangling(body: &str) -> Option<String> {
    let mut pointer: serde_json::Value = serde_json::from_str(body).ok()?;
    if !pointer.get(0)?.as_str()?.ends_with("S3Pointer") {
        return None;
    }
    let key = pointer.get_mut(1)?.get_mut("s3Key")?;
    *key = format!("{}-gone", key.as_str()?).into();
    Some(pointer.to_string())
}
