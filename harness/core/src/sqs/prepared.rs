//! What can be made of a call before the world is looked at.

use redeliver_model::sqs::Command;

use super::checksum::{Md5, of_body};
use crate::{Command as Any, Request};

/// What was made of a call before: it takes long, and needs no world.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prepared {
    /// Digest of the body of a single message.
    pub(super) body_md5: Option<Md5>,
}

impl Prepared {
    /// Prepares a call.
    pub fn of(request: &Request) -> Self {
        let body = match &request.command {
            Any::Sqs(Command::SendMessage(input)) => input.message_body.as_deref(),
            _ => None,
        };
        Self { body_md5: body.map(of_body) }
    }
}
