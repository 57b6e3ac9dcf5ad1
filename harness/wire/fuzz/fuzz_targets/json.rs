//! AWS JSON: no body panics, and what is read is written and read again alike.

#![no_main]

use libfuzzer_sys::fuzz_target;
use redeliver_wire::{Dialect, JsonVersion, decode, json};

#[path = "operation.rs"]
mod operation;

fuzz_target!(|input: &[u8]| {
    let Some((operation, body)) = operation::split(input) else { return };
    let _ = decode(Dialect::Json(JsonVersion::V1_1), operation, body);
    if let Ok(value) = json::decode(operation.input, body) {
        assert_eq!(json::decode(operation.input, &json::encode(value.clone())), Ok(value));
    }
});
