//! Whole requests, in the query protocol above all: none panics, and every refusal can be told.
//!
//! An input is the path with its query, a line break, and the body.

#![no_main]

use http::{Method, Request};
use libfuzzer_sys::fuzz_target;
use redeliver_wire::{encode, receive};

fuzz_target!(|input: &[u8]| {
    let mut lines = input.splitn(2, |byte| *byte == b'\n');
    let (target, body) = (lines.next().unwrap_or_default(), lines.next());
    let method = if body.is_some() { Method::POST } else { Method::GET };
    let form = "application/x-www-form-urlencoded";
    let request = Request::builder().method(method).uri(target).header("content-type", form).body(());
    let Ok(request) = request else { return };
    let (head, ()) = request.into_parts();
    let received = receive(&head, body.unwrap_or_default());
    if let Err(error) = received.command {
        let response = encode(received.dialect, Err(error), "00000000-0000-0000-0000-000000000000");
        assert!(response.status().is_client_error(), "{response:?}");
    }
});
