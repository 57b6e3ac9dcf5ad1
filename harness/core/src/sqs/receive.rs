//! `ReceiveMessage`.

use redeliver_model::sqs::ReceiveMessageResult;

use crate::Ticket;

/// What comes of a receive.
pub(super) enum Polled {
    /// An answer.
    Now(ReceiveMessageResult),
    /// A wait for messages.
    Parked(Ticket),
}
