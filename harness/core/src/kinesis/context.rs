//! What every operation gets besides its parameters.

use crate::log::Log;
use crate::{Caller, Oracle, Timestamp};

/// The circumstances of one call.
pub(in crate::kinesis) struct Context<'a> {
    /// When it is made.
    pub(in crate::kinesis) now: Timestamp,
    /// Who makes it.
    pub(in crate::kinesis) caller: &'a Caller,
    /// The operation.
    pub(in crate::kinesis) operation: &'static str,
    /// Where events go.
    pub(in crate::kinesis) log: &'a mut Log,
    /// Answers for the freedoms of AWS.
    pub(in crate::kinesis) oracle: &'a mut dyn Oracle,
}
