//! Constraints of the model on whole requests, and on any values.

mod made;

use made::{runner, values};
use minicbor::Decoder;
use proptest::prelude::*;
use redeliver_model::{Service, Value};
use redeliver_wire::{Dialect, Error, cbor, encode, receive, validate};

#[test]
fn violations_are_told_in_the_protocol_of_the_request() {
    let request = http::Request::post("/")
        .header("content-type", "application/x-amz-cbor-1.1")
        .header("x-amz-target", "Kinesis_20131202.PutRecord");
    let (head, ()) = request.body(()).unwrap().into_parts();
    let received = receive(&head, &cbor::encode(Value::Structure(redeliver_model::Fields::new())));
    assert_eq!(received.dialect, Dialect::Cbor);
    let response = encode(received.dialect, Err(received.command.unwrap_err()), "id-1");
    assert_eq!(response.status(), 400);
    assert_eq!(response.headers()["content-type"], "application/x-amz-cbor-1.1");
    let mut items = Decoder::new(response.body());
    let members: Vec<(&str, &str)> = items.map_iter().unwrap().map(Result::unwrap).collect();
    let text =
        "1 validation error detected: Value null at 'data' failed to satisfy constraint: Member must not be null";
    assert_eq!(members, [("__type", "ValidationException"), ("message", text)]);
}

#[test]
fn violations_of_any_values_are_counted() {
    let mut refused = 0;
    for operation in [Service::Kinesis, Service::Sns].iter().flat_map(|service| service.model().operations) {
        let counted = |value: Value| {
            let Err(error) = validate::check(operation, &value) else { return Ok(()) };
            let Error::Validation { service, message } = error else { panic!("{error:?}") };
            prop_assert_eq!(service, operation.service);
            let told = message.matches("' failed to satisfy constraint: M").count();
            let number: usize = message.split(' ').next().unwrap().parse().unwrap();
            prop_assert!(told == number && (1..=10).contains(&number), "{}", message);
            let noun = if number == 1 { "error" } else { "errors" };
            let start = format!("{number} validation {noun} detected: Value ");
            prop_assert!(message.starts_with(&start), "{}", message);
            refused += 1;
            Ok(())
        };
        let counted = std::cell::RefCell::new(counted);
        let outcome = runner(32).run(&values(operation.input, 5), |value| (counted.borrow_mut())(value));
        outcome.unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    }
    assert!(refused > 1_000, "only {refused} of the values break a constraint");
}
