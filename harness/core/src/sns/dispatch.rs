//! From commands to operations, and from their results to replies.

use redeliver_model::sns::{Command, Reply};

use super::context::Context;
use super::{Error, Sns};

impl Sns {
    /// Carries out `command`.
    pub(in crate::sns) fn dispatch(&mut self, cx: &mut Context<'_>, command: &mut Command) -> Result<Reply, Error> {
        Ok(match command {
            Command::DeleteTopic(input) => self.delete_topic(cx, input).map(|()| Reply::DeleteTopic)?,
            other => match self.dispatch_mobile(cx, other)? {
                Some(reply) => reply,
                None => return Err(Error::NotYet { operation: other.operation().name }),
            },
        })
    }
}
