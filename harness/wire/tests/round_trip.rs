//! Every operation's input and output survives its own encoding, by values made from the model.

use indexmap::IndexMap;
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use redeliver_core::Command;
use redeliver_model::{Fields, Kind, Service, Shape, Timestamp, Value};
use redeliver_wire::{Dialect, JsonVersion, decode, json};

/// Any value of a shape, nested at most `depth` levels.
fn values(shape: &'static Shape, depth: u32) -> BoxedStrategy<Value> {
    match &shape.kind {
        Kind::Structure { members } => {
            let members: Vec<_> = members
                .iter()
                .filter(|_| depth > 0)
                .filter(|member| !matches!(member.shape.kind, Kind::EventStream { .. }))
                .map(|member| {
                    prop::option::of(values(member.shape, depth - 1)).prop_map(move |value| (member.name, value))
                })
                .collect();
            let fields = members.prop_map(|members| {
                let mut fields = Fields::new();
                for (name, value) in members {
                    if let Some(value) = value {
                        fields.push(name, value);
                    }
                }
                Value::Structure(fields)
            });
            fields.boxed()
        }
        Kind::List { member, .. } => {
            prop::collection::vec(values(member, depth.saturating_sub(1)), 0..3).prop_map(Value::List).boxed()
        }
        Kind::Map { value, .. } => {
            let entry = (any::<String>(), values(value, depth.saturating_sub(1)));
            let entries = prop::collection::vec(entry, 0..3);
            entries.prop_map(|entries| Value::Map(IndexMap::from_iter(entries))).boxed()
        }
        Kind::String => any::<String>().prop_map(Value::String).boxed(),
        Kind::Integer => any::<i32>().prop_map(|number| Value::Integer(number.into())).boxed(),
        Kind::Long => any::<i64>().prop_map(Value::Integer).boxed(),
        Kind::Double => prop::num::f64::NORMAL.prop_map(Value::Double).boxed(),
        Kind::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Kind::Blob => any::<Vec<u8>>().prop_map(Value::Blob).boxed(),
        // Up to the year 9999.
        Kind::Timestamp => (0..253_402_300_800_000_u64).prop_map(|millis| Value::Timestamp(Timestamp(millis))).boxed(),
        Kind::EventStream { .. } => Just(Value::Structure(Fields::new())).boxed(),
    }
}

fn runner() -> TestRunner {
    let config = Config { cases: 32, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::default()))
}

#[test]
fn values_of_every_shape_survive_json() {
    let mut shapes = 0;
    for service in Service::ALL {
        for operation in service.model().operations {
            for shape in [operation.input, operation.output] {
                shapes += 1;
                let survives = |value: Value| {
                    prop_assert_eq!(json::decode(shape, &json::encode(value.clone())), Ok(value));
                    Ok(())
                };
                runner().run(&values(shape, 5), survives).unwrap_or_else(|error| panic!("{}: {error}", shape.name));
            }
        }
    }
    assert!(shapes > 200, "only {shapes} shapes were tried");
}

#[test]
fn commands_of_every_sqs_operation_survive_json() {
    let operations = Service::Sqs.model().operations;
    assert_eq!(operations.len(), 23);
    for operation in operations {
        let survives = |value: Value| {
            let dialect = Dialect::Json(JsonVersion::V1_0);
            let Command::Sqs(command) = decode(dialect, operation, &json::encode(value)).unwrap();
            prop_assert_eq!(command.operation(), operation);
            let again = decode(dialect, operation, &json::encode(command.clone().into_value()));
            prop_assert_eq!(again, Ok(Command::Sqs(command)));
            Ok(())
        };
        let outcome = runner().run(&values(operation.input, 5), survives);
        outcome.unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    }
}

#[test]
fn no_body_makes_the_decoder_panic() {
    let send = Service::Sqs.model().operation("SendMessageBatch").unwrap();
    let bytes = prop::collection::vec(any::<u8>(), 0..64);
    let text = "[\\[\\]{}:,\"0-9a-zA-Z\\\\ntrue]{0,64}".prop_map(String::into_bytes);
    let attempt = |body: Vec<u8>| {
        let outcome = decode(Dialect::Json(JsonVersion::V1_0), send, &body);
        let object = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&body).is_ok();
        prop_assert!(object || outcome.is_err(), "accepted {body:?}");
        Ok(())
    };
    runner().run(&prop_oneof![bytes, text], attempt).unwrap();
}
