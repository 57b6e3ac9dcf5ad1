//! What every operation gets besides its parameters.

use crate::log::Log;
use crate::{Caller, Timestamp};

/// The circumstances of one call.
pub(in crate::sns) struct Context<'a> {
    /// When it is made.
    pub(in crate::sns) now: Timestamp,
    /// Who makes it.
    pub(in crate::sns) caller: &'a Caller,
    /// The operation.
    pub(in crate::sns) operation: &'static str,
    /// What conditions of policies can ask about the call besides who makes it.
    pub(in crate::sns) asked: Vec<(&'static str, String)>,
    /// The HTTP header `X-Amzn-Trace-Id`.
    pub(in crate::sns) trace: Option<String>,
    /// Where events and answers go.
    pub(in crate::sns) log: &'a mut Log,
}
