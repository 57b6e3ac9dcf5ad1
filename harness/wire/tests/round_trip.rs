//! Every operation's input and output survives its own encoding, by values made from the model.

mod made;

use made::{runner, values};
use proptest::prelude::*;
use redeliver_core::Command;
use redeliver_model::{Service, Value};
use redeliver_wire::{Dialect, JsonVersion, decode, json};

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
                runner(32).run(&values(shape, 5), survives).unwrap_or_else(|error| panic!("{}: {error}", shape.name));
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
            let Ok(Command::Sqs(command)) = decode(dialect, operation, &json::encode(value)) else {
                panic!("it is of SQS")
            };
            prop_assert_eq!(command.operation(), operation);
            let again = decode(dialect, operation, &json::encode(command.clone().into_value()));
            prop_assert_eq!(again, Ok(Command::Sqs(command)));
            Ok(())
        };
        let outcome = runner(32).run(&values(operation.input, 5), survives);
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
    runner(32).run(&prop_oneof![bytes, text], attempt).unwrap();
}
