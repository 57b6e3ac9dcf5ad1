//! The operation that an input is for: its first byte counts through the operations of all services.

use redeliver_model::{Operation, Service};

/// The operation and the body that follows its number.
pub(crate) fn split(input: &[u8]) -> Option<(&'static Operation, &[u8])> {
    let (number, body) = input.split_first()?;
    let operations: Vec<_> = Service::ALL.iter().flat_map(|service| service.model().operations).collect();
    Some((operations[usize::from(*number) % operations.len()], body))
}
