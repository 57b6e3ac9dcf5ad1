//! CBOR from and to values without a shape.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minicbor::data::{IanaTag, Type};
use minicbor::{Decoder, Encoder};
use serde_json::{Map, Number, Value};

/// The key of a map that stands for bytes, as base64 text.
const BYTES: &str = "@bytes";
/// The key of a map that stands for a time, in seconds since 1970.
const TIME: &str = "@time";
/// How deep values nest at most: more than any answer, less than a stack.
const DEPTH_MAX: usize = 100;

type Writer = Encoder<Vec<u8>>;
type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

/// A value as CBOR; `{ "@bytes": base64 }` is a byte string, `{ "@time": seconds }` a timestamp in milliseconds as AWS has it.
pub(super) fn encode(value: &Value) -> Vec<u8> {
    let mut writer = Encoder::new(Vec::new());
    write(&mut writer, value).expect("writing to memory cannot fail");
    writer.into_writer()
}

fn write(writer: &mut Writer, value: &Value) -> Written {
    match value {
        Value::Null => writer.null()?.ok(),
        Value::Bool(truth) => writer.bool(*truth)?.ok(),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => writer.u64(number)?.ok(),
            (None, Some(number)) => writer.i64(number)?.ok(),
            (None, None) => writer.f64(number.as_f64().unwrap_or_default())?.ok(),
        },
        Value::String(text) => writer.str(text)?.ok(),
        Value::Array(items) => {
            writer.array(items.len() as u64)?;
            items.iter().try_for_each(|item| write(writer, item))
        }
        Value::Object(map) => {
            if let Some(bytes) = single(map, BYTES).and_then(Value::as_str).and_then(|text| STANDARD.decode(text).ok())
            {
                return writer.bytes(&bytes)?.ok();
            }
            if let Some(seconds) = single(map, TIME).and_then(Value::as_f64) {
                #[expect(clippy::cast_possible_truncation, reason = "a time that a spec writes is far from the edge")]
                return writer.tag(IanaTag::Timestamp)?.i64((seconds * 1000.0).round() as i64)?.ok();
            }
            writer.map(map.len() as u64)?;
            map.iter().try_for_each(|(key, item)| write(writer.str(key)?, item))
        }
    }
}

fn single<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).filter(|_| map.len() == 1)
}

/// A document as a value: bytes as base64 text, times as seconds since 1970; `None` when it is no CBOR.
pub(super) fn decode(body: &[u8]) -> Option<Value> {
    let mut items = Decoder::new(body);
    let value = read(&mut items, 0)?;
    (items.position() == body.len()).then_some(value)
}

fn read(items: &mut Decoder<'_>, depth: usize) -> Option<Value> {
    if depth > DEPTH_MAX {
        return None;
    }
    Some(match items.datatype().ok()? {
        Type::Null | Type::Undefined => {
            items.skip().ok()?;
            Value::Null
        }
        Type::Bool => items.bool().ok()?.into(),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => items.u64().ok()?.into(),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => items.i64().ok()?.into(),
        Type::F16 | Type::F32 | Type::F64 => Number::from_f64(items.f64().ok()?)?.into(),
        Type::String => items.str().ok()?.into(),
        Type::StringIndef => items.str_iter().ok()?.collect::<Result<String, _>>().ok()?.into(),
        Type::Bytes => STANDARD.encode(items.bytes().ok()?).into(),
        Type::BytesIndef => {
            let parts: Vec<&[u8]> = items.bytes_iter().ok()?.collect::<Result<_, _>>().ok()?;
            STANDARD.encode(parts.concat()).into()
        }
        Type::Tag => {
            let tag = items.tag().ok()?;
            let value = read(items, depth + 1)?;
            if tag == IanaTag::Timestamp.tag() { (value.as_f64()? / 1000.0).into() } else { value }
        }
        Type::Array | Type::ArrayIndef => {
            let length = items.array().ok()?;
            let mut values = Vec::new();
            while more(items, length, values.len())? {
                values.push(read(items, depth + 1)?);
            }
            Value::Array(values)
        }
        Type::Map | Type::MapIndef => {
            let length = items.map().ok()?;
            let (mut map, mut entries) = (Map::new(), 0);
            while more(items, length, entries)? {
                let Value::String(key) = read(items, depth + 1)? else { return None };
                map.insert(key, read(items, depth + 1)?);
                entries += 1;
            }
            Value::Object(map)
        }
        _ => return None,
    })
}

/// Whether another entry follows the first `read` ones; a break is consumed.
fn more(items: &mut Decoder<'_>, length: Option<u64>, read: usize) -> Option<bool> {
    if let Some(length) = length {
        return Some((read as u64) < length);
    }
    let end = items.datatype().ok()? == Type::Break;
    if end {
        items.set_position(items.position() + 1);
    }
    Some(!end)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{decode, encode};

    #[test]
    fn what_is_written_is_read_again() {
        let value = json!({ "a": [1, -1, 1.5, true, null, "é"], "b": { "c": {} }, "d": u64::MAX });
        assert_eq!(decode(&encode(&value)), Some(value));
    }

    #[test]
    fn bytes_and_times_have_forms_of_their_own() {
        assert_eq!(encode(&json!({ "@bytes": "/wA=" })), [0x42, 0xff, 0x00]);
        assert_eq!(encode(&json!({ "@time": 1.5 })), [0xc1, 0x19, 0x05, 0xdc]);
        let value = json!({ "b": { "@bytes": "/wA=" }, "t": { "@time": 1.5 } });
        assert_eq!(decode(&encode(&value)), Some(json!({ "b": "/wA=", "t": 1.5 })));
    }

    #[test]
    fn lengths_may_be_left_open_and_what_is_no_cbor_is_nothing() {
        let open = b"\xbf\x61a\x9f\x01\xff\x61b\x7f\x61x\x61y\xff\x61c\x5f\x41\xff\xff\xff";
        assert_eq!(decode(open), Some(json!({ "a": [1], "b": "xy", "c": "/w==" })));
        for broken in [&b""[..], b"\xa1\x61a", b"\xff", b"\x01\x01", b"\xa1\x01\x01", &[0x81; 5000]] {
            assert_eq!(decode(broken), None);
        }
    }
}
