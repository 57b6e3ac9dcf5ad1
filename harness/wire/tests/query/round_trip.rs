//! Every operation of SQS and SNS, to and fro.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use redeliver_model::{Fields, Kind, Operation, Service, Shape, Value};
use redeliver_wire::{Format, query};

use crate::botocore::{Model, Node, form, read};
use crate::made::{runner, values};

const SERVICES: [(Service, usize); 2] = [(Service::Sqs, 23), (Service::Sns, 42)];

fn every_operation(mut attempt: impl FnMut(&Model, &'static Operation)) {
    for (service, count) in SERVICES {
        let model = Model::load(service);
        let operations = service.model().operations;
        assert_eq!(operations.len(), count);
        for operation in operations {
            attempt(&model, operation);
        }
    }
}

/// What a form can say of a value: nothing about lists, maps and structures without contents.
fn sayable(value: Value) -> Option<Value> {
    match value {
        Value::Structure(fields) => {
            let mut kept = Fields::new();
            fields
                .into_iter()
                .for_each(|(name, value)| sayable(value).into_iter().for_each(|value| kept.push(name, value)));
            (kept != Fields::new()).then_some(Value::Structure(kept))
        }
        Value::List(items) => {
            let kept: Vec<_> = items.into_iter().filter_map(sayable).collect();
            (!kept.is_empty()).then_some(Value::List(kept))
        }
        Value::Map(entries) => {
            let kept: indexmap::IndexMap<_, _> =
                entries.into_iter().filter_map(|(key, value)| Some((key, sayable(value)?))).collect();
            (!kept.is_empty()).then_some(Value::Map(kept))
        }
        scalar => Some(scalar),
    }
}

/// What XML can say of a value of this shape: not every character, and nothing about flattened lists and maps without contents.
fn speakable(shape: &'static Shape, value: Value) -> Value {
    match (&shape.kind, value) {
        (_, Value::Structure(fields)) => {
            let mut kept = Fields::new();
            for (name, value) in fields {
                let member = shape.member(name).expect("values are of their shape");
                let flat = member.flattened
                    || matches!(
                        member.shape.kind,
                        Kind::List { flattened: true, .. } | Kind::Map { flattened: true, .. }
                    );
                let empty = match &value {
                    Value::List(items) => items.is_empty(),
                    Value::Map(entries) => entries.is_empty(),
                    _ => false,
                };
                if !(flat && empty) {
                    kept.push(name, speakable(member.shape, value));
                }
            }
            Value::Structure(kept)
        }
        (Kind::List { member, .. }, Value::List(items)) => {
            Value::List(items.into_iter().map(|item| speakable(member, item)).collect())
        }
        (Kind::Map { value: inner, .. }, Value::Map(entries)) => {
            Value::Map(entries.into_iter().map(|(key, value)| (legal(&key), speakable(inner, value))).collect())
        }
        (_, Value::String(text)) => Value::String(legal(&text)),
        (_, scalar) => scalar,
    }
}

/// <https://www.w3.org/TR/xml/#charsets>
fn legal(text: &str) -> String {
    let is_legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|character| if is_legal(character) { character } else { '\u{fffd}' }).collect()
}

#[test]
fn inputs_of_every_operation_survive_forms() {
    every_operation(|model, operation| {
        let Some(shape) = model.of_operation(operation.name, "input") else { return };
        let survives = |value: Value| {
            let pairs = form(model, shape, &value);
            let escape = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string().replace("%20", "+");
            let body: Vec<_> =
                pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
            let parameters = query::Parameters::parse(&[body.join("&").as_bytes()]);
            let decoded = query::decode(operation.input, &parameters).map(sayable);
            prop_assert_eq!(decoded, Ok(sayable(value)));
            Ok(())
        };
        let outcome = runner(24).run(&values(operation.input, 5), survives);
        outcome.unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    });
}

/// The form that is made here, read by the reader here and by botocore's rules.
#[test]
fn forms_that_are_made_are_those_of_a_client() {
    every_operation(|model, operation| {
        let survives = |value: Value| {
            let made = query::form(operation, None, &value);
            let parameters = query::Parameters::parse(&[made.as_bytes()]);
            prop_assert_eq!(parameters.get("Action"), Some(operation.name));
            prop_assert_eq!(parameters.get("Version"), Some(operation.service.model().api_version));
            prop_assert_eq!(query::decode(operation.input, &parameters).map(sayable), Ok(sayable(value.clone())));
            let Some(shape) = model.of_operation(operation.name, "input") else { return Ok(()) };
            for (name, value) in form(model, shape, &value) {
                // Of lists without elements botocore writes another name, with nothing behind it.
                prop_assert_eq!(parameters.get(&name).unwrap_or_default(), value, "{}", name);
            }
            Ok(())
        };
        let outcome = runner(24).run(&values(operation.input, 5), survives);
        outcome.unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    });
}

/// What the writer here made, the reader here reads: the same value, and the same bytes when it is written again.
#[test]
fn answers_of_every_operation_are_read_back() {
    every_operation(|_, operation| {
        let survives = |(value, format): (Value, Format)| {
            let document = query::success(format, operation, value.clone(), "id-1");
            let read = query::reply(operation, &document).unwrap();
            prop_assert_eq!((read.request_id.as_deref(), read.format), (Some("id-1"), format));
            if operation.result_name.is_some() && format == Format::Xml {
                prop_assert_eq!(&read.output, &speakable(operation.output, value));
            } else if operation.result_name.is_some() {
                prop_assert_eq!(&read.output, &value);
            }
            prop_assert_eq!(query::success(format, operation, read.output, "id-1"), document);
            Ok(())
        };
        let formats = prop_oneof![3 => Just(Format::Xml), 1 => Just(Format::Json)];
        let outcome = runner(32).run(&(values(operation.output, 5), formats), survives);
        outcome.unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    });
}

#[test]
fn outputs_of_every_operation_survive_xml() {
    every_operation(|model, operation| {
        let namespace = operation.service.model().xml_namespace;
        let survives = |value: Value| {
            let document = query::success(Format::Xml, operation, value.clone(), "id-1");
            prop_assert!(!document.contains(&b'\r'), "parsers turn a bare carriage return into a line feed");
            let root = Node::parse(&document);
            prop_assert_eq!(&root.name, &format!("{}Response", operation.name));
            prop_assert_eq!(root.namespace.as_deref(), namespace);
            prop_assert_eq!(&root.child("ResponseMetadata").child("RequestId").text, "id-1");
            let result = format!("{}Result", operation.name);
            if model.of_operation(operation.name, "output").is_some() {
                let found = read(model, operation.output, root.child(&result));
                prop_assert_eq!(found, speakable(operation.output, value));
            } else {
                prop_assert_eq!(root.named(&result).count(), 0);
            }
            Ok(())
        };
        let outcome = runner(24).run(&values(operation.output, 5), survives);
        outcome.unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    });
}

/// Objects are sorted, and have a member for every member of their shape.
#[test]
fn outputs_of_every_operation_are_whole_in_json() {
    fn check(shape: &'static Shape, json: &serde_json::Value) {
        match &shape.kind {
            Kind::Structure { members } => {
                let Some(object) = json.as_object() else { return assert!(json.is_null(), "{json} as {}", shape.name) };
                assert_eq!(object.len(), members.len(), "{json} as {}", shape.name);
                assert!(object.keys().is_sorted(), "{json}");
                for member in *members {
                    let lower = format!("{}{}", member.name[..1].to_lowercase(), &member.name[1..]);
                    check(member.shape, object.get(member.name).or_else(|| object.get(&lower)).unwrap());
                }
            }
            Kind::List { member, .. } => json.as_array().into_iter().flatten().for_each(|item| check(member, item)),
            Kind::Map { value, key_name, value_name, .. } => {
                for entry in json.as_array().into_iter().flatten() {
                    assert!(entry[key_name].is_string() && entry.as_object().unwrap().len() == 2, "{entry}");
                    check(value, &entry[value_name]);
                }
            }
            _ => assert!(!json.is_object() && !json.is_array(), "{json} as {}", shape.name),
        }
    }
    every_operation(|model, operation| {
        let whole = |value: Value| {
            let document = query::success(Format::Json, operation, value, "id-1");
            let json: serde_json::Value = serde_json::from_slice(&document).unwrap();
            let response = &json[format!("{}Response", operation.name)];
            prop_assert_eq!(&response["ResponseMetadata"]["RequestId"], "id-1");
            let result = response.get(format!("{}Result", operation.name));
            prop_assert_eq!(result.is_some(), model.of_operation(operation.name, "output").is_some());
            if let Some(result) = result {
                check(operation.output, result);
            }
            Ok(())
        };
        let outcome = runner(4).run(&values(operation.output, 5), whole);
        outcome.unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    });
}
