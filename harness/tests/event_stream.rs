//! Our frames of event streams against the implementation that the SDK for Rust uses, in both directions.

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_types::event_stream as sdk;
use bytes::Bytes;
use redeliver_wire::event_stream::{Decoder, Header, HeaderValue, Message, encode};

/// Messages with every type of header and with its smallest and largest values.
fn messages() -> Vec<Message> {
    let header = |name: &str, value| Header { name: name.to_owned(), value };
    let all = vec![
        header("true", HeaderValue::Boolean(true)),
        header("false", HeaderValue::Boolean(false)),
        header("byte", HeaderValue::Byte(i8::MIN)),
        header("short", HeaderValue::Short(i16::MAX)),
        header("integer", HeaderValue::Integer(i32::MIN)),
        header("long", HeaderValue::Long(i64::MAX)),
        header("bytes", HeaderValue::Bytes(vec![0xff; 32_767])),
        header("string", HeaderValue::String("ä€😀".to_owned())),
        header("timestamp", HeaderValue::Timestamp(1_506_440_188_749)),
        header("uuid", HeaderValue::Uuid(*b"0123456789abcdef")),
        header(&"n".repeat(255), HeaderValue::String("v".to_owned())),
    ];
    let event = [(":message-type", "event"), (":event-type", "SubscribeToShardEvent")];
    vec![
        Message::default(),
        Message { headers: all, payload: vec![0, 1, 255] },
        Message::new(&event, br#"{"Records":[]}"#.to_vec()),
        Message { headers: Vec::new(), payload: vec![7; 1_000_000] },
    ]
}

/// The same message as the SDK has it.
fn of_the_sdk(message: &Message) -> sdk::Message {
    let header = |Header { name, value }: &Header| {
        let value = match value {
            HeaderValue::Boolean(truth) => sdk::HeaderValue::Bool(*truth),
            HeaderValue::Byte(number) => sdk::HeaderValue::Byte(*number),
            HeaderValue::Short(number) => sdk::HeaderValue::Int16(*number),
            HeaderValue::Integer(number) => sdk::HeaderValue::Int32(*number),
            HeaderValue::Long(number) => sdk::HeaderValue::Int64(*number),
            HeaderValue::Bytes(bytes) => sdk::HeaderValue::ByteArray(Bytes::copy_from_slice(bytes)),
            HeaderValue::String(text) => sdk::HeaderValue::String(text.clone().into()),
            HeaderValue::Timestamp(millis) => {
                sdk::HeaderValue::Timestamp(aws_smithy_types::DateTime::from_millis(*millis))
            }
            HeaderValue::Uuid(bytes) => sdk::HeaderValue::Uuid(u128::from_be_bytes(*bytes)),
        };
        sdk::Header::new(name.clone(), value)
    };
    let headers = message.headers.iter().map(header).collect();
    sdk::Message::new_from_parts(headers, Bytes::copy_from_slice(&message.payload))
}

#[test]
fn the_sdk_reads_our_frames() {
    for message in messages() {
        let frame = encode(&message).unwrap();
        assert_eq!(read_message_from(&mut frame.as_slice()).unwrap(), of_the_sdk(&message));
    }
}

#[test]
fn the_sdk_writes_the_same_bytes() {
    for message in messages() {
        let mut frame = Vec::new();
        write_message_to(&of_the_sdk(&message), &mut frame).unwrap();
        assert!(encode(&message).unwrap() == frame, "frames of {message:?} differ");
        let mut decoder = Decoder::new();
        decoder.push(&frame);
        assert_eq!(decoder.pull(), Ok(Some(message)));
    }
}
