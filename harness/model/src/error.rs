//! Modelled errors.

use crate::Shape;

/// Whose fault an error is, as the protocols tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The caller's: `Sender` in the query protocol.
    Client,
    /// The service's: `Receiver` in the query protocol.
    Server,
}

/// One error of a service model.
#[derive(Debug)]
pub struct ErrorShape {
    /// The shape's name, which the JSON protocols put into `__type`, for example `QueueDoesNotExist`.
    pub name: &'static str,
    /// The code of the query protocol, for example `AWS.SimpleQueueService.NonExistentQueue`; equals `name` where the
    /// model has no other.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Whose fault it is.
    pub fault: Fault,
    /// The members of the error document.
    pub shape: &'static Shape,
}
