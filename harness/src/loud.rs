//! What AWS says nobody, in the log.

use redeliver_core::Event;
use redeliver_core::sns::{self, Happening};
use tracing::warn;

/// Warns of a message that is gone without having been delivered.
pub(crate) fn tell(event: &Event) {
    let Event::Sns(sns::Event { topic, what: Happening::Dropped { message, subscription, why }, .. }) = event else {
        return;
    };
    warn!(target: "redeliver::sns", %topic, %subscription, %message, "a message was dropped: {why}");
}
