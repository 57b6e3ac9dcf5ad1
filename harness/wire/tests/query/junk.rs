//! No bytes make the decoder panic.

use http::{Method, Request};
use proptest::prelude::*;
use redeliver_model::Service;
use redeliver_wire::{Dialect, Format, decode, encode, query, receive};

use crate::made::runner;

/// Bytes, and texts made of what means something here.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let names = "(Action|QueueUrl|Attribute|SendMessageBatchRequestEntry|MessageAttribute|Tags|Version|entry|member|Name|Value|Id|[0-9]{1,21})";
    let words = format!("({names}|[.=&+%]|%[0-9a-fA-F]{{1,2}}|SendMessageBatch|é)");
    let text = prop::collection::vec(prop::string::string_regex(&words).expect("a regular expression"), 0..32);
    prop_oneof![prop::collection::vec(any::<u8>(), 0..96), text.prop_map(|words| words.concat().into_bytes())]
}

#[test]
fn no_body_makes_the_decoder_panic() {
    let operations: Vec<_> =
        [Service::Sqs, Service::Sns].into_iter().flat_map(|service| service.model().operations).collect();
    let attempt = |(body, index): (Vec<u8>, prop::sample::Index)| {
        let operation = *index.get(&operations);
        let parameters = query::Parameters::parse(&[&body]);
        let dialect = Dialect::Query { service: operation.service, format: Format::Xml };
        let outcome = decode(dialect, operation, &body);
        prop_assert!(!parameters.is_malformed() || outcome.is_err(), "accepted {body:?}");
        Ok(())
    };
    runner(256).run(&(bodies(), any::<prop::sample::Index>()), attempt).unwrap();
}

#[test]
fn every_request_is_answered() {
    let methods = prop::sample::select(vec![Method::GET, Method::POST, Method::PUT, Method::HEAD]);
    let types =
        prop::sample::select(vec!["", "application/x-www-form-urlencoded", "application/x-amz-json-1.0", "a/b;"]);
    let uris = "/([a-z0-9]{0,4}/?){0,3}(\\?(Action=(SendMessage|ListQueues|Publish|X)&?)?[A-Za-z.0-9=&%+]{0,24})?";
    let accepts = prop::sample::select(vec!["", "application/json", "text/xml", ",;q="]);
    let attempt = |(method, content_type, uri, accept, body): (Method, &str, String, &str, Vec<u8>)| {
        let request = Request::builder().method(method).uri(uri).header("content-type", content_type);
        let (head, ()) = request.header("accept", accept).body(()).unwrap().into_parts();
        let received = receive(&head, &body);
        if let Err(error) = received.command {
            let response = encode(received.dialect, Err(error), "id");
            prop_assert!((400..500).contains(&response.status().as_u16()), "{response:?}");
            prop_assert!(!response.body().is_empty());
        }
        Ok(())
    };
    runner(256).run(&(methods, types, uris, accepts, bodies()), attempt).unwrap();
}

/// Names with many parts cost no stack, and many names no more than their own size.
#[test]
fn deep_and_wide_forms_are_read() {
    let send = Service::Sqs.model().operation("SendMessageBatch").unwrap();
    let deep = format!("SendMessageBatchRequestEntry{}=x", ".1".repeat(200_000));
    let wide: Vec<_> = (0..20_000).map(|n| format!("SendMessageBatchRequestEntry.{n}.Id={n}")).collect();
    for (body, entries) in [(deep, 1), (wide.join("&"), 20_000)] {
        let parameters = query::Parameters::parse(&[body.as_bytes()]);
        let Ok(redeliver_model::Value::Structure(fields)) = query::decode(send.input, &parameters) else {
            panic!("not a structure")
        };
        let Some(redeliver_model::Value::List(items)) = fields.get("Entries") else { panic!("no list") };
        assert_eq!(items.len(), entries);
    }
}
