//! CBOR as a value of a shape.
//!
//! silent: what AWS says about CBOR of the wrong type. The texts are those of the JSON decoder, whose framework it
//! shares.

use std::collections::BTreeMap;

use minicbor::Decoder;
use minicbor::data::Type;
use redeliver_model::{Fields, Kind, Shape, Timestamp, Value};

use crate::Error;

/// Reads a body whose single CBOR item, a map, is a structure of this shape. Members that the shape lacks are ignored,
/// and null is as good as absent. Lengths may be definite or not.
pub fn decode(shape: &'static Shape, body: &[u8]) -> Result<Value, Error> {
    let mut reader = Reader { items: Decoder::new(body) };
    if !matches!(reader.kind()?, Type::Map | Type::MapIndef) {
        return Err(BROKEN);
    }
    let value = reader.value(shape)?.ok_or(BROKEN)?;
    if reader.items.position() == body.len() { Ok(value) } else { Err(BROKEN) }
}

/// The body is not CBOR: AWS gives no text for a body that is not JSON either.
const BROKEN: Error = Error::Serialization { message: None };

/// 2^63, the first number that is no 64-bit integer.
const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;

struct Reader<'body> {
    items: Decoder<'body>,
}

impl Reader<'_> {
    /// The next item as a value of this shape; nothing when it is null.
    fn value(&mut self, shape: &'static Shape) -> Result<Option<Value>, Error> {
        if self.null()? {
            return Ok(None);
        }
        let value = match &shape.kind {
            Kind::Structure { .. } => self.structure(shape)?,
            Kind::List { member, .. } => self.list(member)?,
            Kind::Map { value, .. } => self.map(value)?,
            Kind::String => Value::String(self.text()?),
            Kind::Blob => Value::Blob(self.blob()?.into()),
            Kind::Boolean => Value::Boolean(self.boolean()?),
            Kind::Integer => {
                let number = self.integer("an Integer")?;
                i32::try_from(number).map_err(|_| said("NUMBER_VALUE can not be converted to an Integer"))?;
                Value::Integer(number)
            }
            Kind::Long => Value::Integer(self.integer("a Long")?),
            Kind::Double => Value::Double(self.double()?),
            Kind::Timestamp => Value::Timestamp(self.timestamp()?),
            // Streams are no CBOR documents.
            Kind::EventStream { .. } => return Err(self.refused("an event stream")),
        };
        Ok(Some(value))
    }

    /// Members come out in the order of the model, whatever the order on the wire; of two alike the last counts.
    fn structure(&mut self, shape: &'static Shape) -> Result<Value, Error> {
        let members = shape.members();
        let mut found: Vec<Option<Value>> = members.iter().map(|_| None).collect();
        let length = self.open(Type::Map, "Expected null")?;
        let mut read = 0;
        while self.more(length, &mut read)? {
            let name = self.key()?;
            match members.iter().position(|member| member.name == name) {
                Some(index) => found[index] = self.value(members[index].shape)?,
                None => self.items.skip().map_err(|_| BROKEN)?,
            }
        }
        let mut fields = Fields::new();
        for (member, value) in members.iter().zip(found) {
            if let Some(value) = value {
                fields.push(member.name, value);
            }
        }
        Ok(Value::Structure(fields))
    }

    fn list(&mut self, member: &'static Shape) -> Result<Value, Error> {
        let length = self.open(Type::Array, "Expected list or null")?;
        let (mut read, mut values) = (0, Vec::new());
        while self.more(length, &mut read)? {
            values.extend(self.value(member)?);
        }
        Ok(Value::List(values))
    }

    /// Entries are sorted by key: SDKs send them in the order of a hash map, which is another one in every process.
    fn map(&mut self, value: &'static Shape) -> Result<Value, Error> {
        let length = self.open(Type::Map, "Expected map or null")?;
        let (mut read, mut entries) = (0, BTreeMap::new());
        while self.more(length, &mut read)? {
            let key = self.key()?;
            match self.value(value)? {
                Some(item) => entries.insert(key, item),
                None => entries.remove(&key),
            };
        }
        Ok(Value::Map(entries.into_iter().collect()))
    }

    /// The type of the next item, tags passed over: only a timestamp needs one.
    fn kind(&mut self) -> Result<Type, Error> {
        loop {
            match self.items.datatype().map_err(|_| BROKEN)? {
                Type::Tag => self.items.tag().map_err(|_| BROKEN)?,
                kind => return Ok(kind),
            };
        }
    }

    fn null(&mut self) -> Result<bool, Error> {
        let absent = matches!(self.kind()?, Type::Null | Type::Undefined);
        if absent {
            self.items.skip().map_err(|_| BROKEN)?;
        }
        Ok(absent)
    }

    /// Enters a map or list; the number of its entries, or nothing when a break ends it.
    fn open(&mut self, wanted: Type, otherwise: &str) -> Result<Option<u64>, Error> {
        match (wanted, self.kind()?) {
            (Type::Map, Type::Map | Type::MapIndef) => self.items.map().map_err(|_| BROKEN),
            (Type::Array, Type::Array | Type::ArrayIndef) => self.items.array().map_err(|_| BROKEN),
            (_, Type::Array | Type::ArrayIndef) => Err(said("Start of list found where not expected")),
            (_, Type::Map | Type::MapIndef) => Err(said("Start of structure or map found where not expected.")),
            _ => Err(said(otherwise)),
        }
    }

    /// Whether the map or list has another entry; a break is consumed.
    fn more(&mut self, length: Option<u64>, read: &mut u64) -> Result<bool, Error> {
        if let Some(length) = length {
            *read += 1;
            return Ok(*read <= length);
        }
        let end = self.items.datatype().map_err(|_| BROKEN)? == Type::Break;
        if end {
            self.items.set_position(self.items.position() + 1);
        }
        Ok(!end)
    }

    fn key(&mut self) -> Result<String, Error> {
        match self.kind()? {
            Type::String | Type::StringIndef => self.text(),
            _ => Err(BROKEN),
        }
    }

    fn text(&mut self) -> Result<String, Error> {
        match self.kind()? {
            Type::String => self.items.str().map(str::to_owned).map_err(|_| BROKEN),
            Type::StringIndef => self.items.str_iter().and_then(Iterator::collect).map_err(|_| BROKEN),
            _ => Err(self.refused("a String")),
        }
    }

    fn blob(&mut self) -> Result<Vec<u8>, Error> {
        match self.kind()? {
            Type::Bytes => self.items.bytes().map(<[u8]>::to_vec).map_err(|_| BROKEN),
            Type::BytesIndef => {
                let chunks: Vec<&[u8]> = self.items.bytes_iter().and_then(Iterator::collect).map_err(|_| BROKEN)?;
                Ok(chunks.concat())
            }
            _ => Err(self.refused("a Blob")),
        }
    }

    fn boolean(&mut self) -> Result<bool, Error> {
        match self.kind()? {
            Type::Bool => self.items.bool().map_err(|_| BROKEN),
            _ => Err(self.refused("a Boolean")),
        }
    }

    /// Fractions are cut off, as in JSON.
    fn integer(&mut self, noun: &str) -> Result<i64, Error> {
        let kind = self.kind()?;
        if is_integer(kind) {
            return self.items.i64().map_err(|_| said(&format!("NUMBER_VALUE can not be converted to {noun}")));
        }
        if !is_float(kind) {
            return Err(self.refused(noun));
        }
        let number = self.items.f64().map_err(|_| BROKEN)?.trunc();
        whole(number).ok_or_else(|| said(&format!("NUMBER_VALUE can not be converted to {noun}")))
    }

    fn double(&mut self) -> Result<f64, Error> {
        let kind = self.kind()?;
        if is_float(kind) {
            return self.items.f64().map_err(|_| BROKEN);
        }
        #[expect(clippy::cast_precision_loss, reason = "a double holds what it can, as in every client")]
        self.integer("a Double").map(|number| number as f64)
    }

    /// Milliseconds since 1970, with or without tag 1.
    fn timestamp(&mut self) -> Result<Timestamp, Error> {
        let kind = self.kind()?;
        if !is_integer(kind) && !is_float(kind) {
            return Err(self.refused("a Timestamp"));
        }
        let millis = self.integer("a Timestamp")?;
        u64::try_from(millis).map(Timestamp).map_err(|_| said("NUMBER_VALUE can not be converted to a Timestamp"))
    }

    /// Why the next item is no value of this kind.
    fn refused(&mut self, noun: &str) -> Error {
        let token = match self.kind() {
            Ok(Type::Array | Type::ArrayIndef) => return said("Start of list found where not expected"),
            Ok(Type::Map | Type::MapIndef) => return said("Start of structure or map found where not expected."),
            Ok(Type::Bool) => match self.items.bool() {
                Ok(true) => "TRUE_VALUE",
                _ => "FALSE_VALUE",
            },
            Ok(Type::String | Type::StringIndef) => "STRING_VALUE",
            Ok(Type::Bytes | Type::BytesIndef) => "BINARY_VALUE",
            Ok(kind) if is_integer(kind) || is_float(kind) => "NUMBER_VALUE",
            _ => return BROKEN,
        };
        said(&format!("{token} can not be converted to {noun}"))
    }
}

fn is_integer(kind: Type) -> bool {
    use Type::{I8, I16, I32, I64, Int, U8, U16, U32, U64};
    matches!(kind, U8 | U16 | U32 | U64 | I8 | I16 | I32 | I64 | Int)
}

fn is_float(kind: Type) -> bool {
    matches!(kind, Type::F16 | Type::F32 | Type::F64)
}

/// A number without a fraction as an integer, where it is one.
fn whole(number: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked and the fraction gone")]
    (-TOO_LARGE..TOO_LARGE).contains(&number).then_some(number as i64)
}

fn said(message: &str) -> Error {
    Error::Serialization { message: Some(message.to_owned()) }
}
