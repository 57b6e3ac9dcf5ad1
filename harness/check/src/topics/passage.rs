//! What the backend told of a message on its way to a subscription.

/// What the backend told of a message on its way to a subscription. Times are in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Passage {
    /// When the filter policy kept it back.
    pub(crate) filtered_ms: Option<u64>,
    /// When the first attempt was made, or when it was delivered without one being told.
    pub(crate) let_through_ms: Option<u64>,
    /// Whether it arrived.
    pub(crate) delivered: bool,
    /// Whether it was given up: dead-lettered, or gone.
    pub(crate) given_up: bool,
    /// Until when it waits.
    pub(crate) until_ms: Option<u64>,
}
