//! Event streams: known bytes of the wire format, damage, and `SubscribeToShard` from end to end in JSON and CBOR.

#![expect(clippy::unwrap_used, reason = "this whole file is a test")]

mod made;

use made::{runner, values};
use proptest::prelude::*;
use redeliver_model::{Fault, Fields, Kind, Service, Shape, Timestamp, Value};
use redeliver_wire::event_stream::{
    Decoder, Event, FrameError, Frames, Header, HeaderValue, Incoming, Message, Payload, Writer, encode,
};
use redeliver_wire::{Description, Origin};

fn header(name: &str, value: HeaderValue) -> Header {
    Header { name: name.to_owned(), value }
}

fn output() -> &'static Shape {
    Service::Kinesis.model().operation("SubscribeToShard").unwrap().output
}

fn structure(members: Vec<(&'static str, Value)>) -> Value {
    let mut fields = Fields::new();
    for (name, value) in members {
        fields.push(name, value);
    }
    Value::Structure(fields)
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// All messages of a stream that came in pieces of this length.
fn messages(bytes: &[u8], piece: usize) -> Result<Vec<Message>, FrameError> {
    let (mut decoder, mut messages) = (Decoder::new(), Vec::new());
    for piece in bytes.chunks(piece) {
        decoder.push(piece);
        while let Some(message) = decoder.pull()? {
            messages.push(message);
        }
    }
    decoder.finish().map(|()| messages)
}

/// The test vectors of the AWS SDKs (botocore, `tests/unit/test_eventstream.py`, Apache-2.0).
fn vectors() -> Vec<(&'static [u8], Message)> {
    let message = |headers: Vec<Header>, payload: &str| Message { headers, payload: payload.as_bytes().to_vec() };
    let all = vec![
        header("0", HeaderValue::Boolean(true)),
        header("1", HeaderValue::Boolean(false)),
        header("2", HeaderValue::Byte(2)),
        header("3", HeaderValue::Short(3)),
        header("4", HeaderValue::Integer(4)),
        header("5", HeaderValue::Long(5)),
        header("6", HeaderValue::Bytes(b"bytes".to_vec())),
        header("7", HeaderValue::String("utf8".to_owned())),
        header("8", HeaderValue::Timestamp(8)),
        header("9", HeaderValue::Uuid(*b"0123456789abcdef")),
    ];
    vec![
        (b"\0\0\0\x10\0\0\0\0\x05\xc2H\xeb}\x98\xc8\xff", message(vec![], "")),
        (
            b"\0\0\0\x17\0\0\0\x07)\x86\x01X\x04byte\x02\xff\xc2\xf8i\xdc",
            message(vec![header("byte", HeaderValue::Byte(-1))], ""),
        ),
        (
            b"\0\0\0\x19\0\0\0\tq\x0e\x92>\x05short\x03\xff\xff\xb2|\xb6\xcc",
            message(vec![header("short", HeaderValue::Short(-1))], ""),
        ),
        (
            b"\0\0\0\x1d\0\0\0\r\x83\xe3\xf0\xe7\x07integer\x04\xff\xff\xff\xff\x8b\x8e\x12\xeb",
            message(vec![header("integer", HeaderValue::Integer(-1))], ""),
        ),
        (
            b"\0\0\0\x1e\0\0\0\x0e]J\xdb\x8d\x04long\x05\xff\xff\xff\xff\xff\xff\xff\xffK\xc22\xda",
            message(vec![header("long", HeaderValue::Long(-1))], ""),
        ),
        (b"\0\0\0\x1d\0\0\0\0\xfdR\x8cZ{'foo':'bar'}\xc3e96", message(vec![], "{'foo':'bar'}")),
        (
            b"\0\0\0=\0\0\0 \x07\xfd\x83\x96\x0ccontent-type\x07\0\x10application/json{'foo':'bar'}\x8d\x9c\x08\xb1",
            Message::new(&[("content-type", "application/json")], b"{'foo':'bar'}".to_vec()),
        ),
        (
            b"\0\0\0\x62\0\0\0\x52\x03\xb5\xcb\x9c\x010\0\x011\x01\x012\x02\x02\x013\x03\0\x03\x014\x04\0\0\0\x04\
              \x015\x05\0\0\0\0\0\0\0\x05\x016\x06\0\x05bytes\x017\x07\0\x04utf8\x018\x08\0\0\0\0\0\0\0\x08\
              \x019\x090123456789abcdef\x63\x35\x36\x71",
            message(all, ""),
        ),
        (
            b"\0\0\0\x52\0\0\0\x42\xbf\x23\x63\x7e\x0d:message-type\x07\0\x05error\x0b:error-code\x07\0\x04code\
              \x0e:error-message\x07\0\x07message\x6b\x6c\xea\x3d",
            Message::new(
                &[(":message-type", "error"), (":error-code", "code"), (":error-message", "message")],
                Vec::new(),
            ),
        ),
        (
            b"\0\0\0~\0\0\0O\xc5\xa3\xdd\xc6\r:message-type\x07\0\x05event\x0b:event-type\x07\0\x10initial-response\
              \r:content-type\x07\0\ttext/json{\"InitialResponse\": \"sometext\"}\xf6\x98$\x83",
            Message::new(
                &[(":message-type", "event"), (":event-type", "initial-response"), (":content-type", "text/json")],
                br#"{"InitialResponse": "sometext"}"#.to_vec(),
            ),
        ),
    ]
}

#[test]
fn known_messages_have_known_bytes() {
    for (bytes, message) in vectors() {
        assert_eq!(encode(&message).as_deref(), Ok(bytes));
        assert_eq!(messages(bytes, bytes.len()), Ok(vec![message]));
    }
}

#[test]
fn frames_may_come_in_pieces_of_any_size() {
    let (bytes, expected): (Vec<_>, Vec<_>) = vectors().into_iter().unzip();
    let bytes = bytes.concat();
    for piece in [1, 2, 11, 12, 13, 64, bytes.len()] {
        assert_eq!(messages(&bytes, piece), Ok(expected.clone()), "pieces of {piece}");
    }
    let cut_off = messages(&bytes[..bytes.len() - 1], 7);
    assert_eq!(cut_off, Err(FrameError::CutOff { left: 0x7e - 1 }));
}

#[test]
fn damage_is_noticed() {
    // Also from botocore: length of headers, headers, length, payload, and a name that appears twice.
    let prelude = |bytes: &[u8]| matches!(messages(bytes, 99), Err(FrameError::PreludeChecksum { .. }));
    let message = |bytes: &[u8]| matches!(messages(bytes, 99), Err(FrameError::MessageChecksum { .. }));
    assert!(prelude(
        b"\0\0\0=\xff\0\x01\x02\x07\xfd\x83\x96\x0ccontent-type\x07\0\x10application/json{'foo':'bar'}\x8d\x9c\x08\xb1"
    ));
    assert!(message(
        b"\0\0\0=\0\0\0 \x07\xfd\x83\x96\x0ccontent+type\x07\0\x10application/json{'foo':'bar'}\x8d\x9c\x08\xb1"
    ));
    assert!(prelude(b"\x01\0\0\x1d\0\0\0\0\xfdR\x8cZ{'foo':'bar'}\xc3e96"));
    assert!(message(b"\0\0\0\x1d\0\0\0\0\xfdR\x8cZ{'foo':'bar'\x8d\xc3e96"));
    let twice = b"\0\0\0\x24\0\0\0\x14\x4b\xb9\x82\xd0\x04test\x04asdf\x04test\x04asdf\xf3\xf4\x75\x63";
    assert_eq!(messages(twice, 99), Err(FrameError::Headers { reason: "a name appears twice" }));
    // Every single byte of a frame.
    let (bytes, _) = vectors().swap_remove(6);
    for at in 0..bytes.len() {
        let mut damaged = bytes.to_vec();
        damaged[at] ^= 0x20;
        assert!(messages(&damaged, 99).is_err(), "byte {at}");
    }
}

/// A frame whose checksums are right, whatever its lengths and headers say.
fn sealed(total: u32, headers_length: u32, contents: &[u8]) -> Vec<u8> {
    let mut frame = [total.to_be_bytes(), headers_length.to_be_bytes()].concat();
    frame.extend(crc32fast::hash(&frame).to_be_bytes());
    frame.extend(contents);
    frame.extend(crc32fast::hash(&frame).to_be_bytes());
    frame
}

#[test]
fn lengths_are_checked_before_anything_is_awaited() {
    for (total, headers) in [(0, 0), (15, 0), (16, 1), (u32::MAX, u32::MAX)] {
        assert_eq!(messages(&sealed(total, headers, b""), 99), Err(FrameError::Lengths { total, headers }));
    }
    let long = messages(&sealed(131_073 + 16, 131_073, b""), 99);
    assert_eq!(long, Err(FrameError::TooLong { part: "headers", length: 131_073, length_max: 131_072 }));
    let long = messages(&sealed(25_165_825 + 16, 0, b""), 99);
    assert_eq!(long, Err(FrameError::TooLong { part: "a payload", length: 25_165_825, length_max: 25_165_824 }));
}

#[test]
fn malformed_headers_are_refused() {
    let cases: [(&[u8], &str); 7] = [
        (b"\0\0", "a name is empty"),
        (b"\x05a", "they are cut off"),
        (b"\x01a", "they are cut off"),
        (b"\x01a\x0a", "a value has none of the types 0 to 9"),
        (b"\x01a\x05\0\0", "they are cut off"),
        (b"\x01a\x07\0\x09x", "they are cut off"),
        (b"\x01\xff\0", "a text is not UTF-8"),
    ];
    for (headers, reason) in cases {
        let length = u32::try_from(headers.len()).unwrap();
        assert_eq!(
            messages(&sealed(16 + length, length, headers), 99),
            Err(FrameError::Headers { reason }),
            "{headers:?}"
        );
    }
}

#[test]
fn a_broken_stream_stays_broken() {
    let (good, _) = vectors().swap_remove(0);
    let mut decoder = Decoder::new();
    decoder.push(&[0; 12]);
    let error = decoder.pull().unwrap_err();
    decoder.push(good);
    assert_eq!(decoder.pull(), Err(error.clone()));
    assert_eq!(decoder.finish(), Err(error));
}

#[test]
fn what_fits_into_no_frame_is_refused() {
    let with = |name: &str, value| Message { headers: vec![header(name, value)], payload: Vec::new() };
    let too_long = |part, length, length_max| Err(FrameError::TooLong { part, length, length_max });
    let value = HeaderValue::String("v".repeat(32_768));
    assert_eq!(encode(&with("n", value)), too_long("the value of a header", 32_768, 32_767));
    let name = "n".repeat(256);
    assert_eq!(encode(&with(&name, HeaderValue::Boolean(true))), too_long("the name of a header", 256, 255));
    assert_eq!(encode(&with("", HeaderValue::Boolean(true))), Err(FrameError::Headers { reason: "a name is empty" }));
    let twice = Message::new(&[("n", "1"), ("n", "2")], Vec::new());
    assert_eq!(encode(&twice), Err(FrameError::Headers { reason: "a name appears twice" }));
    let large = Message { headers: Vec::new(), payload: vec![0; 25_165_825] };
    assert_eq!(encode(&large), too_long("a payload", 25_165_825, 25_165_824));
}

fn record() -> Value {
    structure(vec![
        ("ApproximateArrivalTimestamp", Value::Timestamp(Timestamp(1_506_440_188_749))),
        ("Data", Value::Blob(b"Hello world_0".to_vec().into())),
        ("PartitionKey", text("1")),
        ("SequenceNumber", text("7")),
    ])
}

fn event() -> Event {
    let value = structure(vec![
        ("ContinuationSequenceNumber", text("7")),
        ("MillisBehindLatest", Value::Integer(0)),
        ("Records", Value::List(vec![record()])),
    ]);
    Event::Modelled { member: "SubscribeToShardEvent", value }
}

fn error(shape: &'static str) -> Event {
    Event::Error(Description {
        shape,
        origin: Origin::Service(Service::Kinesis),
        code: shape,
        status: 400,
        fault: Fault::Client,
        message: Some("why".to_owned()),
    })
}

#[test]
fn a_stream_in_json_has_this_form() {
    let (mut writer, first) = Writer::open(output(), Payload::Json, structure(vec![])).unwrap();
    let mut written = vec![first];
    written.extend(writer.write(event()).unwrap());
    written.extend(writer.write(error("ResourceInUseException")).unwrap());
    let json = (":content-type", "application/json");
    let records = concat!(
        r#"{"ContinuationSequenceNumber":"7","MillisBehindLatest":0,"Records":[{"ApproximateArrivalTimestamp":"#,
        r#"1506440188.749,"Data":"SGVsbG8gd29ybGRfMA==","PartitionKey":"1","SequenceNumber":"7"}]}"#
    );
    let expected = [
        Message::new(&[(":message-type", "event"), (":event-type", "initial-response"), json], b"{}".to_vec()),
        Message::new(&[(":message-type", "event"), (":event-type", "SubscribeToShardEvent"), json], records.into()),
        Message::new(
            &[(":message-type", "exception"), (":exception-type", "ResourceInUseException"), json],
            br#"{"message":"why"}"#.to_vec(),
        ),
    ];
    assert_eq!(messages(&written.concat(), 10), Ok(expected.to_vec()));
}

#[test]
fn errors_outside_of_the_model_have_no_payload() {
    let (mut writer, _) = Writer::open(output(), Payload::Cbor, structure(vec![])).unwrap();
    let frame = writer.write(error("InternalFailure")).unwrap().unwrap();
    let headers = [(":message-type", "error"), (":error-code", "InternalFailure"), (":error-message", "why")];
    assert_eq!(messages(&frame, 99), Ok(vec![Message::new(&headers, Vec::new())]));
}

#[test]
fn nothing_follows_the_end() {
    let (mut writer, _) = Writer::open(output(), Payload::Json, structure(vec![])).unwrap();
    assert!(writer.write(error("ResourceInUseException")).unwrap().is_some());
    assert!(writer.is_ended());
    assert_eq!(writer.write(event()), Ok(None));
    let (mut writer, _) = Writer::open(output(), Payload::Json, structure(vec![])).unwrap();
    writer.end();
    assert_eq!(writer.write(event()), Ok(None));
    // An iterator that starts anew after its end, as some bodies do when they are polled again.
    let mut turn = 0;
    let restless = std::iter::from_fn(move || {
        turn += 1;
        (turn % 2 == 1).then(event)
    });
    let mut frames = Frames::new(output(), Payload::Json, structure(vec![]), restless).unwrap();
    assert_eq!(frames.by_ref().count(), 2);
    assert_eq!(frames.by_ref().count(), 0);
    let after_error = [error("ResourceInUseException"), event()].into_iter();
    assert_eq!(Frames::new(output(), Payload::Json, structure(vec![]), after_error).unwrap().count(), 2);
}

#[test]
fn heads_of_streams_name_the_media_type() {
    let response = redeliver_wire::event_stream::response("id-1");
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(response.status(), 200);
    assert_eq!(header("content-type"), "application/vnd.amazon.eventstream");
    assert_eq!(header("x-amzn-requestid"), "id-1");
}

#[test]
fn events_of_the_model_survive_their_frames() {
    let stream = output().member("EventStream").unwrap().shape;
    let Kind::EventStream { members } = &stream.kind else { panic!("{} is no stream", stream.name) };
    assert_eq!(members.len(), 10);
    for payload in [Payload::Json, Payload::Cbor] {
        let member = stream.member("SubscribeToShardEvent").unwrap();
        let survives = |value: Value| {
            let events = [Event::Modelled { member: member.name, value: value.clone() }].into_iter();
            let frames = Frames::new(output(), payload, structure(vec![]), events).unwrap();
            let bytes = frames.collect::<Result<Vec<_>, _>>().unwrap().concat();
            let read: Vec<_> =
                messages(&bytes, 9).unwrap().iter().map(|it| Incoming::read(output(), it).unwrap()).collect();
            let initial = Incoming::Initial(structure(vec![]));
            prop_assert_eq!(read, vec![initial, Incoming::Event { member: member.name, value }]);
            Ok(())
        };
        runner(64).run(&values(member.shape, 5), survives).unwrap();
        for member in members.iter().filter(|member| member.name != "SubscribeToShardEvent") {
            let (mut writer, _) = Writer::open(output(), payload, structure(vec![])).unwrap();
            let frame = writer.write(error(member.name)).unwrap().unwrap();
            let read = Incoming::read(output(), &messages(&frame, 99).unwrap()[0]);
            let value = structure(vec![("message", text("why"))]);
            assert_eq!(read, Ok(Incoming::Exception { member: member.name, value }));
        }
    }
}

#[test]
fn messages_that_say_nothing_known_are_refused() {
    let read = |headers: &[(&str, &str)]| match Incoming::read(output(), &Message::new(headers, b"{}".to_vec())) {
        Err(redeliver_wire::Error::Serialization { message: Some(message) }) => message,
        other => panic!("{headers:?} gave {other:?}"),
    };
    assert_eq!(read(&[]), "the message lacks the header `:message-type`");
    assert_eq!(read(&[(":message-type", "event")]), "the message lacks the header `:event-type`");
    assert_eq!(read(&[(":message-type", "x")]), "`x` is not known as `:message-type` of this stream");
    let unknown = [(":message-type", "event"), (":event-type", "x")];
    assert_eq!(read(&unknown), "`x` is not known as `:event-type` of this stream");
    let xml = [(":message-type", "event"), (":event-type", "x"), (":content-type", "text/xml")];
    assert_eq!(read(&xml), "`text/xml` is not known as `:content-type` of this stream");
}

/// Any header.
fn headers() -> impl Strategy<Value = Vec<Header>> {
    let value = prop_oneof![
        any::<bool>().prop_map(HeaderValue::Boolean),
        any::<i8>().prop_map(HeaderValue::Byte),
        any::<i16>().prop_map(HeaderValue::Short),
        any::<i32>().prop_map(HeaderValue::Integer),
        any::<i64>().prop_map(HeaderValue::Long),
        any::<Vec<u8>>().prop_map(HeaderValue::Bytes),
        any::<String>().prop_map(HeaderValue::String),
        any::<i64>().prop_map(HeaderValue::Timestamp),
        any::<[u8; 16]>().prop_map(HeaderValue::Uuid),
    ];
    let named = prop::collection::btree_map("\\PC{1,20}", value, 0..8);
    named.prop_map(|named| named.into_iter().map(|(name, value)| Header { name, value }).collect())
}

#[test]
fn any_message_survives_its_frame() {
    let message = (headers(), any::<Vec<u8>>()).prop_map(|(headers, payload)| Message { headers, payload });
    let survives = |(message, piece): (Message, usize)| {
        prop_assert_eq!(messages(&encode(&message).unwrap(), piece), Ok(vec![message]));
        Ok(())
    };
    runner(512).run(&(message, 1..50_usize), survives).unwrap();
}

#[test]
fn no_bytes_make_the_decoder_panic() {
    let bytes = prop::collection::vec(any::<u8>(), 0..128);
    // Headers and lengths that lie under checksums that do not.
    let lying = (0..200_u32, 0..200_u32, prop::collection::vec(0..12_u8, 0..128))
        .prop_map(|(total, headers, contents)| sealed(total, headers, &contents));
    let honest = prop::collection::vec(0..12_u8, 0..128).prop_map(|contents| {
        let length = u32::try_from(contents.len()).unwrap();
        sealed(16 + length, length, &contents)
    });
    let attempt = |(bytes, piece): (Vec<u8>, usize)| {
        if let Ok(messages) = messages(&bytes, piece) {
            for message in messages {
                prop_assert!(encode(&message).is_ok());
            }
        }
        Ok(())
    };
    runner(4_096).run(&(prop_oneof![bytes, lying, honest], 1..50_usize), attempt).unwrap();
}
