//! AWS CBOR: no body panics, and what is read is written and read again alike.

#![no_main]

use libfuzzer_sys::fuzz_target;
use redeliver_wire::{Dialect, cbor, decode};

#[path = "operation.rs"]
mod operation;

fuzz_target!(|input: &[u8]| {
    let Some((operation, body)) = operation::split(input) else { return };
    let _ = decode(Dialect::Cbor, operation, body);
    if let Ok(value) = cbor::decode(operation.input, body) {
        assert_eq!(cbor::decode(operation.input, &cbor::encode(value.clone())), Ok(value));
    }
});
