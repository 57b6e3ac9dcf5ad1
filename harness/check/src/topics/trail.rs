//! One delivery over HTTP, attempt by attempt.

/// One delivery over HTTP, attempt by attempt.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    /// Number of the message.
    pub(crate) message: usize,
    /// Number of the subscription.
    pub(crate) subscription: usize,
    /// What was tried.
    pub(crate) attempts: Vec<Attempt>,
    /// The record that tells that it was given up.
    pub(crate) given_up_at: usize,
    /// When the message was put into the dead-letter queue.
    pub(crate) dead_lettered_ms: Option<u64>,
    /// ARN of that queue.
    pub(crate) dead_letter_queue: Option<String>,
    /// When the backend told that the message is gone.
    pub(crate) dropped_ms: Option<u64>,
}

impl Trail {
    /// When its first attempt began, unless the history begins later.
    pub(crate) fn first_ms(&self) -> Option<u64> {
        self.attempts.first().filter(|first| first.number == 1).map(|first| first.begin_ms)
    }

    /// Whether its last attempt was said to be the last, and nothing is told yet of what became of the message.
    pub(super) fn is_over(&self) -> bool {
        let is_last = |attempt: &Attempt| matches!(attempt.end, Some((_, End::Failed { again_ms: None, .. })));
        self.attempts.last().is_some_and(is_last) && self.dead_lettered_ms.is_none() && self.dropped_ms.is_none()
    }
}

/// One attempt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt {
    /// Its number, from 1, as the backend told it.
    pub(crate) number: u64,
    /// When it began.
    pub(crate) begin_ms: u64,
    /// How it ended, and when; `None` while it is in the air.
    pub(crate) end: Option<(u64, End)>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The endpoint took the message.
    Delivered,
    /// It did not.
    Failed {
        /// The HTTP status; `None` when there was no answer.
        status: Option<u64>,
        /// When the backend said that it would try again.
        again_ms: Option<u64>,
    },
}

impl End {
    /// Whether it may go better the next time: 429, errors of the server and silence. Everything else is the endpoint's last word.
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
    pub(crate) fn is_passing(self) -> bool {
        match self {
            Self::Delivered => false,
            Self::Failed { status, .. } => status.is_none_or(|status| status == 429 || status >= 500),
        }
    }

    /// In words.
    pub(crate) fn shown(self) -> String {
        match self {
            Self::Delivered => "the endpoint took it".to_owned(),
            Self::Failed { status: Some(status), .. } => format!("the endpoint answered {status}"),
            Self::Failed { status: None, .. } => "the endpoint did not answer".to_owned(),
        }
    }
}
