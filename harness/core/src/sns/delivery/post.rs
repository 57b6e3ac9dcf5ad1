//! What the shell is asked to deliver over HTTP, and what it says came of it.

use std::fmt;
use std::sync::Arc;

/// Names a delivery from its first attempt to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(pub u64);

/// Where a delivery goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To this address.
    Url(String),
    /// To the Lambda function of this ARN; where it can be invoked is for the shell to know.
    Function(String),
}

impl fmt::Display for Destination {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(text) | Self::Function(text) => formatter.write_str(text),
        }
    }
}

/// A request with the method POST, the same in every attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Where it goes.
    pub to: Destination,
    /// `http`, `https` or `lambda`.
    pub protocol: &'static str,
    /// Headers; the client adds host and length.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Arc<str>,
    /// Id of the message.
    pub message: crate::Uuid,
    /// Subject of the message.
    pub subject: Option<String>,
    /// ARN of the topic.
    pub topic: Arc<str>,
    /// ARN of the subscription.
    pub subscription: Arc<str>,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempted {
    /// It was answered with this HTTP status.
    Answered(u16),
    /// There was no answer in time, or no connection.
    Failed(String),
    /// It was not sent, since there is nobody to send it to here; it goes to the outbox and counts as delivered.
    Kept,
}

/// What follows from an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is delivered.
    Delivered,
    /// It has to be kept for whoever looks.
    Kept,
    /// It failed, and may do better later.
    Again(String),
    /// It failed for good.
    Never(String),
}

impl Attempted {
    /// The HTTP status, if there was an answer.
    pub(super) fn status(&self) -> Option<u16> {
        match self {
            Self::Answered(status) => Some(*status),
            Self::Failed(_) | Self::Kept => None,
        }
    }

    /// Success is 2xx; 429, what servers get wrong and silence are tried again; all else is the endpoint's last word.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
    pub(super) fn verdict(self) -> Verdict {
        let status = |status: u16| format!("it answered with status {status}");
        match self {
            Self::Answered(200..=299) => Verdict::Delivered,
            Self::Answered(code @ (429 | 500..)) => Verdict::Again(status(code)),
            Self::Answered(code) => Verdict::Never(status(code)),
            Self::Failed(why) => Verdict::Again(why),
            Self::Kept => Verdict::Kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Attempted, Verdict};

    #[test]
    fn server_errors_throttling_and_silence_are_tried_again() {
        let is_again = |attempted: Attempted| matches!(attempted.verdict(), Verdict::Again(_));
        assert!([429, 500, 502, 503, 504, 599].into_iter().all(|code| is_again(Attempted::Answered(code))));
        assert!(is_again(Attempted::Failed("no answer".to_owned())));
        let is_never = |code| matches!(Attempted::Answered(code).verdict(), Verdict::Never(_));
        assert!([100, 301, 400, 403, 404, 410, 428, 430, 499].into_iter().all(is_never));
        assert!([200, 202, 204, 299].into_iter().all(|code| Attempted::Answered(code).verdict() == Verdict::Delivered));
    }
}
