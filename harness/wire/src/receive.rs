//! Whole requests as typed commands.

use http::request::Parts;
use redeliver_core::Command;
use redeliver_model::Operation;

use crate::{Detected, Dialect, Error, command, decode, detect, query};

/// What came in.
#[derive(Debug)]
pub struct Received {
    /// The protocol to answer in.
    pub dialect: Dialect,
    /// The operation that is asked for, when it is known.
    pub operation: Option<&'static Operation>,
    /// What is asked, or what the answer says instead.
    pub command: Result<Command, Error>,
}

/// Reads any request; [`encode`](crate::encode) makes the response of what comes of it.
///
/// ```
/// use redeliver_core::Command;
/// use redeliver_model::sqs;
///
/// let url = "http://localhost:4566/000000000000/jobs?Action=SendMessage&MessageBody=hello+world";
/// let (head, ()) = http::Request::get(url).body(()).unwrap().into_parts();
/// let Ok(Command::Sqs(sqs::Command::SendMessage(send))) = redeliver_wire::receive(&head, b"").command else {
///     panic!("another command");
/// };
/// assert_eq!(send.queue_url.as_deref(), Some("http://localhost:4566/000000000000/jobs"));
/// assert_eq!(send.message_body.as_deref(), Some("hello world"));
/// ```
pub fn receive(head: &Parts, body: &[u8]) -> Received {
    let Detected { dialect, operation, parameters } = detect(head, body);
    let known = operation.as_ref().ok().copied();
    let command = operation.and_then(|operation| match parameters {
        Some(parameters) => command::from_value(operation, query::decode(operation.input, &parameters)?),
        None => decode(dialect, operation, body),
    });
    Received { dialect, operation: known, command }
}
