//! The attribute `ArchivePolicy` as topics take it.

use super::Error;
use super::archive::ArchivePolicy;

pub(super) const NAME: &str = "ArchivePolicy";

/// Reads the attribute; only FIFO topics have it.
///
/// # Errors
///
/// When the topic is none, or the policy cannot be.
pub(super) fn parse(text: &str, fifo: bool, creating: bool) -> Result<Option<ArchivePolicy>, Error> {
    if !fifo {
        return Err(Error::UnknownAttribute { name: NAME.to_owned(), creating });
    }
    ArchivePolicy::parse(text).map_err(|fault| Error::Attribute { name: NAME, reason: fault.to_string(), creating })
}
