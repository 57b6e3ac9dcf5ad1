//! A value as CBOR, and the error document.
//!
//! silent: whether AWS writes maps and lists with their lengths or without; both read the same.

use minicbor::Encoder;
use minicbor::data::IanaTag;
use redeliver_model::Value;

use crate::{Description, Origin};

type Writer = Encoder<Vec<u8>>;
type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

/// The body for a value; a structure without members is an empty map.
pub fn encode(value: Value) -> Vec<u8> {
    document(|writer| write(writer, value))
}

/// The body for an error: `__type` without a namespace, and its text.
pub fn error(description: &Description) -> Vec<u8> {
    document(|writer| error_document(writer, description))
}

fn document(contents: impl FnOnce(&mut Writer) -> Written) -> Vec<u8> {
    let mut writer = Encoder::new(Vec::new());
    contents(&mut writer).expect("writing to memory cannot fail");
    writer.into_writer()
}

fn write(writer: &mut Writer, value: Value) -> Written {
    match value {
        Value::Boolean(truth) => writer.bool(truth)?.ok(),
        Value::Integer(number) => writer.i64(number)?.ok(),
        Value::Double(number) => writer.f64(number)?.ok(),
        Value::String(text) => writer.str(&text)?.ok(),
        Value::Blob(bytes) => writer.bytes(&bytes)?.ok(),
        Value::Timestamp(time) => writer.tag(IanaTag::Timestamp)?.u64(time.as_millis())?.ok(),
        Value::List(items) => {
            writer.array(length(items.len()))?;
            items.into_iter().try_for_each(|item| write(writer, item))
        }
        Value::Map(entries) => {
            writer.map(length(entries.len()))?;
            entries.into_iter().try_for_each(|(key, item)| write(writer.str(&key)?, item))
        }
        Value::Structure(fields) => {
            writer.map(length(fields.iter().count()))?;
            fields.into_iter().try_for_each(|(name, item)| write(writer.str(name)?, item))
        }
    }
}

fn error_document(writer: &mut Writer, description: &Description) -> Written {
    writer.map(1 + u64::from(description.message.is_some()))?.str("__type")?.str(description.shape)?;
    if let Some(message) = &description.message {
        let member = match description.origin {
            Origin::Service(_) => "message",
            Origin::Framework => "Message",
        };
        writer.str(member)?.str(message)?;
    }
    Ok(())
}

fn length(count: usize) -> u64 {
    count.try_into().expect("no address space is larger than 64 bits")
}
