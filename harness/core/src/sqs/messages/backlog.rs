//! All messages of a queue.

use crate::Oracle;
use crate::sqs::settings::Settings;

/// All messages of a queue.
#[derive(Debug)]
pub(in crate::sqs) struct Messages {}

impl Messages {
    /// No messages.
    pub(in crate::sqs) fn new(settings: &Settings, oracle: &mut dyn Oracle) -> Self {
        let _ = (settings, oracle);
        Self {}
    }
}
