//! CBOR bodies: known bytes, both kinds of lengths, and input that must be refused without a panic.

#![expect(clippy::unwrap_used, reason = "this whole file is a test, its own writer included")]

use minicbor::data::IanaTag;
use minicbor::{Decoder, Encoder};
use proptest::prelude::*;
use redeliver_model::{Fields, Service, Timestamp, Value};
use redeliver_wire::{Description, Error, Origin, cbor};

mod made;

use made::{runner, values};

fn kinesis(operation: &str) -> &'static redeliver_model::Operation {
    Service::Kinesis.model().operation(operation).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: String = hex.split_whitespace().collect();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn structure(members: &[(&'static str, Value)]) -> Value {
    let mut fields = Fields::new();
    for (name, value) in members {
        fields.push(name, value.clone());
    }
    Value::Structure(fields)
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn refusal(operation: &str, hex: &str) -> Option<String> {
    match cbor::decode(kinesis(operation).input, &bytes(hex)) {
        Err(Error::Serialization { message }) => message,
        other => panic!("{hex} gave {other:?}"),
    }
}

#[test]
fn requests_of_jackson_are_read() {
    // {_ "StreamName": "s", "PartitionKey": "k", "Data": h'00ff', "Unknown": [_ 1, {"a": null}], "SequenceNumberForOrdering": null}
    let body = bytes(
        "bf 6a 53747265616d4e616d65 61 73 6c 506172746974696f6e4b6579 61 6b 64 44617461 42 00ff \
         67 556e6b6e6f776e 9f 01 a1 61 61 f6 ff \
         78 19 53657175656e63654e756d626572466f724f72646572696e67 f6 ff",
    );
    let expected = [("Data", Value::Blob(vec![0, 255].into())), ("PartitionKey", text("k")), ("StreamName", text("s"))];
    assert_eq!(cbor::decode(kinesis("PutRecord").input, &body), Ok(structure(&expected)));
}

#[test]
fn timestamps_are_milliseconds_in_both_directions() {
    let shape = kinesis("ListStreamConsumers").input;
    let expected = structure(&[("StreamCreationTimestamp", Value::Timestamp(Timestamp(1_506_440_188_749)))]);
    let name = "a1 77 53747265616d4372656174696f6e54696d657374616d70";
    // Tagged, as the SDKs send it; bare; as a double.
    for number in ["c1 1b 0000015ebed5134d", "1b 0000015ebed5134d", "c1 fb 4275ebed5134d000"] {
        assert_eq!(cbor::decode(shape, &bytes(&format!("{name} {number}"))), Ok(expected.clone()), "{number}");
    }
    assert_eq!(cbor::encode(expected), bytes(&format!("{name} c1 1b 0000015ebed5134d")));
    // -1, and a text.
    let said = |number: &str| refusal("ListStreamConsumers", &format!("{name} {number}"));
    assert_eq!(said("c1 20").as_deref(), Some("NUMBER_VALUE can not be converted to a Timestamp"));
    assert_eq!(said("c0 61 61").as_deref(), Some("STRING_VALUE can not be converted to a Timestamp"));
}

#[test]
fn texts_and_bytes_may_come_in_chunks() {
    let body = bytes("a2 7f 66 53747265616d 64 4e616d65 ff 7f 61 61 60 61 62 ff 64 44617461 5f 41 01 40 42 0203 ff");
    let expected = [("Data", Value::Blob(vec![1, 2, 3].into())), ("StreamName", text("ab"))];
    assert_eq!(cbor::decode(kinesis("PutRecord").input, &body), Ok(structure(&expected)));
}

#[test]
fn replies_and_errors_have_these_bytes() {
    let reply = structure(&[("ShardId", text("s")), ("SequenceNumber", text("7"))]);
    assert_eq!(cbor::encode(reply), bytes("a2 67 53686172644964 61 73 6e 53657175656e63654e756d626572 61 37"));
    assert_eq!(cbor::encode(structure(&[])), [0xa0]);
    let mut description = Description {
        shape: "ResourceNotFoundException",
        origin: Origin::Service(Service::Kinesis),
        code: "ResourceNotFoundException",
        status: 400,
        fault: redeliver_model::Fault::Client,
        message: Some("Stream s under account 1 not found.".to_owned()),
    };
    let read = |body: &[u8]| -> Vec<(String, String)> {
        let mut items = Decoder::new(body);
        items.map_iter().unwrap().map(Result::unwrap).collect()
    };
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let recorded =
        [pair("__type", "ResourceNotFoundException"), pair("message", "Stream s under account 1 not found.")];
    assert_eq!(read(&cbor::error(&description)), recorded);
    description.shape = "SerializationException";
    description.origin = Origin::Framework;
    description.message = None;
    assert_eq!(read(&cbor::error(&description)), [pair("__type", "SerializationException")]);
    description.message = Some("why".to_owned());
    assert_eq!(read(&cbor::error(&description))[1], pair("Message", "why"));
}

#[test]
fn what_is_not_one_map_is_refused_without_a_text() {
    // Nothing, a list, a text, null, a break, a reserved byte, two items, a map that is cut off, an odd indefinite map, a number as key,
    // invalid UTF-8.
    let broken = ["", "80", "61 61", "f6", "ff", "1c", "a0 a0", "a1 61 61", "bf 61 61 ff", "a1 01 02", "a1 61 ff 01"];
    for hex in broken {
        assert_eq!(refusal("PutRecord", hex), None, "{hex}");
    }
    // A length that no memory holds.
    assert_eq!(refusal("PutRecord", "a1 64 44617461 5b ffffffffffffffff"), None);
    assert_eq!(refusal("PutRecords", "a1 67 5265636f726473 9b ffffffffffffffff"), None);
}

#[test]
fn wrong_types_are_refused_in_the_words_of_json() {
    let (data, limit, records) = ("a1 64 44617461", "a1 65 4c696d6974", "a1 67 5265636f726473");
    let cases = [
        ("PutRecord", data, "61 61", "STRING_VALUE can not be converted to a Blob"),
        ("PutRecord", data, "f5", "TRUE_VALUE can not be converted to a Blob"),
        ("PutRecord", data, "80", "Start of list found where not expected"),
        ("PutRecord", data, "a0", "Start of structure or map found where not expected."),
        ("PutRecord", "a1 6a 53747265616d4e616d65", "41 61", "BINARY_VALUE can not be converted to a String"),
        ("PutRecord", "a1 6a 53747265616d4e616d65", "07", "NUMBER_VALUE can not be converted to a String"),
        ("ListStreams", limit, "f4", "FALSE_VALUE can not be converted to an Integer"),
        ("ListStreams", limit, "1a 80000000", "NUMBER_VALUE can not be converted to an Integer"),
        ("ListStreams", limit, "1b ffffffffffffffff", "NUMBER_VALUE can not be converted to an Integer"),
        ("ListStreams", limit, "fb 7ff8000000000000", "NUMBER_VALUE can not be converted to an Integer"),
        ("PutRecords", records, "01", "Expected list or null"),
        ("PutRecords", records, "a0", "Start of structure or map found where not expected."),
        ("PutRecords", records, "81 01", "Expected null"),
        ("PutRecords", records, "81 80", "Start of list found where not expected"),
        ("AddTagsToStream", "a1 64 54616773", "01", "Expected map or null"),
    ];
    for (operation, member, value, expected) in cases {
        assert_eq!(refusal(operation, &format!("{member} {value}")).as_deref(), Some(expected), "{value}");
    }
}

#[test]
fn fractions_of_integers_are_cut_off() {
    let read = |hex: &str| cbor::decode(kinesis("ListStreams").input, &bytes(&format!("a1 65 4c696d6974 {hex}")));
    for (hex, whole) in [("fb 401f99999999999a", 7), ("f9 4780", 7), ("fa c0f9999a", -7), ("1a 7fffffff", i32::MAX)] {
        assert_eq!(read(hex), Ok(structure(&[("Limit", Value::Integer(whole.into()))])), "{hex}");
    }
}

/// The same value with maps, lists, texts and bytes of indefinite length, as other writers choose.
fn indefinite(writer: &mut Encoder<Vec<u8>>, value: &Value) {
    fn entries<'a>(writer: &mut Encoder<Vec<u8>>, entries: impl Iterator<Item = (&'a str, &'a Value)>) {
        writer.begin_map().unwrap();
        for (key, item) in entries {
            indefinite(writer.str(key).unwrap(), item);
        }
        writer.end().unwrap();
    }
    match value {
        Value::Boolean(truth) => drop(writer.bool(*truth).unwrap()),
        Value::Integer(number) => drop(writer.i64(*number).unwrap()),
        Value::Double(number) => drop(writer.f64(*number).unwrap()),
        Value::String(text) => {
            writer.begin_str().unwrap();
            for letter in text.chars() {
                writer.str(letter.encode_utf8(&mut [0; 4])).unwrap();
            }
            writer.end().unwrap();
        }
        Value::Blob(bytes) => {
            writer.begin_bytes().unwrap();
            for chunk in bytes.chunks(3) {
                writer.bytes(chunk).unwrap();
            }
            writer.end().unwrap();
        }
        Value::Timestamp(time) => drop(writer.tag(IanaTag::Timestamp).unwrap().u64(time.as_millis()).unwrap()),
        Value::List(items) => {
            writer.begin_array().unwrap();
            for item in items {
                indefinite(writer, item);
            }
            writer.end().unwrap();
        }
        Value::Map(map) => entries(writer, map.iter().map(|(key, item)| (key.as_str(), item))),
        Value::Structure(fields) => entries(writer, fields.iter().map(|(name, item)| (name as &str, item))),
    }
}

#[test]
fn values_of_every_kinesis_operation_survive_cbor() {
    let operations = Service::Kinesis.model().operations;
    assert_eq!(operations.len(), 57);
    for operation in operations {
        for shape in [operation.input, operation.output] {
            let survives = |value: Value| {
                prop_assert_eq!(cbor::decode(shape, &cbor::encode(value.clone())), Ok(value.clone()));
                let mut writer = Encoder::new(Vec::new());
                indefinite(&mut writer, &value);
                prop_assert_eq!(cbor::decode(shape, writer.writer()), Ok(value));
                Ok(())
            };
            runner(32).run(&values(shape, 5), survives).unwrap_or_else(|error| panic!("{}: {error}", shape.name));
        }
    }
}

#[test]
fn bodies_that_are_cut_off_are_refused() {
    let shape = kinesis("PutRecords").input;
    let attempt = |value: Value| {
        let mut writer = Encoder::new(Vec::new());
        indefinite(&mut writer, &value);
        for body in [cbor::encode(value), writer.into_writer()] {
            for length in 0..body.len() {
                prop_assert!(cbor::decode(shape, &body[..length]).is_err(), "{length} of {body:?}");
            }
        }
        Ok(())
    };
    runner(32).run(&values(shape, 5), attempt).unwrap();
}

#[test]
fn no_body_makes_the_decoder_panic() {
    let shape = kinesis("PutRecords").input;
    // Heads of maps, lists, texts, bytes, tags and simple values, with the names that lead deeper.
    let item = prop_oneof![
        prop::sample::select(vec!["9f", "bf", "5f", "7f", "ff", "a1", "81", "c1", "f6", "f7", "f5", "fb", "1b", "40"])
            .prop_map(bytes),
        prop::sample::select(vec!["Records", "Data", "StreamName", "x"]).prop_map(|name| {
            let mut w = Encoder::new(Vec::new());
            w.str(name).unwrap();
            w.into_writer()
        }),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    let body = prop::collection::vec(item, 0..32).prop_map(|items| items.concat());
    runner(4_096)
        .run(&body, |body| {
            if let Ok(value) = cbor::decode(shape, &body) {
                prop_assert_eq!(cbor::decode(shape, &cbor::encode(value.clone())), Ok(value));
            }
            Ok(())
        })
        .unwrap();
}
