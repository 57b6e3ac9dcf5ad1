//! Whole requests, in the query protocol above all: none panics, and every refusal can be told.
//!
//! An input is the path with its query, a line break, and the body. The body is read as an answer, too: what was accepted says the same when it
//! is written and read again.

#![no_main]

use http::{Method, Request};
use libfuzzer_sys::fuzz_target;
use redeliver_model::Service;
use redeliver_wire::{Format, encode, query, receive};

fuzz_target!(|input: &[u8]| {
    let mut lines = input.splitn(2, |byte| *byte == b'\n');
    let (target, body) = (lines.next().unwrap_or_default(), lines.next());
    read_back(body.unwrap_or_default());
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

/// What XML cannot say is gone after it was written once.
fn read_back(body: &[u8]) {
    let receive = Service::Sqs.model().operation("ReceiveMessage").expect("it is in the model");
    let again = |output| query::reply(receive, &query::success(Format::Xml, receive, output, "id"));
    if let Ok(read) = query::reply(receive, body) {
        let once = again(read.output).expect("it was written here");
        assert_eq!(again(once.output.clone()), Ok(once));
    }
}
