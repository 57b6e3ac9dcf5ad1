//! Values of any shape, and how typed structures become them.

use std::fmt;

use bytes::Bytes;
use indexmap::IndexMap;

use crate::Timestamp;

/// A value of any shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Truth value.
    Boolean(bool),
    /// Integer of either width.
    Integer(i64),
    /// Floating-point number.
    Double(f64),
    /// Text.
    String(String),
    /// Bytes.
    Blob(Bytes),
    /// Point in time.
    Timestamp(Timestamp),
    /// List.
    List(Vec<Value>),
    /// Map, in the order of arrival.
    Map(IndexMap<String, Value>),
    /// Structure, members that are absent left out.
    Structure(Fields),
}

impl Value {
    /// What a person calls this kind of value.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) => "an integer",
            Self::Double(_) => "a number",
            Self::String(_) => "a string",
            Self::Blob(_) => "bytes",
            Self::Timestamp(_) => "a timestamp",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Structure(_) => "a structure",
        }
    }
}

/// The members of a structure value, in the order in which they were put.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// No members yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a member.
    pub fn push(&mut self, name: &'static str, value: Value) {
        self.0.push((name, value));
    }

    /// Adds a typed member where there is one.
    pub fn put<T: Typed>(&mut self, name: &'static str, value: Option<T>) {
        if let Some(value) = value {
            self.0.push((name, value.into_value()));
        }
    }

    /// Takes out a typed member; `None` when it is absent.
    pub fn take<T: Typed>(&mut self, name: &'static str) -> Result<Option<T>, Mismatch> {
        match self.0.iter().position(|(field, _)| *field == name) {
            None => Ok(None),
            Some(index) => {
                let (_, value) = self.0.swap_remove(index);
                T::from_value(value).map(Some).map_err(|mismatch| mismatch.within(name))
            }
        }
    }

    /// Takes out a member as it is.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let index = self.0.iter().position(|(field, _)| *field == name)?;
        Some(self.0.swap_remove(index).1)
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }
}

impl IntoIterator for Fields {
    type Item = (&'static str, Value);
    type IntoIter = std::vec::IntoIter<(&'static str, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A value that is not of the shape that a type asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Member names and indices from the outside in, joined by dots.
    pub path: String,
    /// What the shape asks for.
    pub expected: &'static str,
    /// What was there.
    pub found: &'static str,
}

impl Mismatch {
    /// A mismatch at the value itself.
    pub fn new(expected: &'static str, found: &Value) -> Self {
        Self { path: String::new(), expected, found: found.noun() }
    }

    /// The same mismatch seen from the member around it.
    #[must_use]
    pub fn within(mut self, name: &str) -> Self {
        self.path = if self.path.is_empty() { name.to_owned() } else { format!("{name}.{}", self.path) };
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` must be {}, found {}", self.path, self.expected, self.found)
    }
}

impl std::error::Error for Mismatch {}

/// A Rust type that stands for a shape.
pub trait Typed: Sized {
    /// Reads it from a value of its shape.
    fn from_value(value: Value) -> Result<Self, Mismatch>;
    /// Turns it into a value of its shape.
    fn into_value(self) -> Value;
}

macro_rules! scalar {
    ($type:ty, $variant:ident, $noun:literal) => {
        impl Typed for $type {
            fn from_value(value: Value) -> Result<Self, Mismatch> {
                match value {
                    Value::$variant(inner) => Ok(inner),
                    other => Err(Mismatch::new($noun, &other)),
                }
            }

            fn into_value(self) -> Value {
                Value::$variant(self)
            }
        }
    };
}

scalar!(bool, Boolean, "a boolean");
scalar!(i64, Integer, "a 64-bit integer");
scalar!(f64, Double, "a number");
scalar!(String, String, "a string");
scalar!(Bytes, Blob, "bytes");
scalar!(Timestamp, Timestamp, "a timestamp");

impl Typed for Vec<u8> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        Bytes::from_value(value).map(Self::from)
    }

    fn into_value(self) -> Value {
        Value::Blob(self.into())
    }
}

impl Typed for i32 {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Integer(wide) => wide.try_into().map_err(|_| Mismatch::new("a 32-bit integer", &value)),
            other => Err(Mismatch::new("a 32-bit integer", &other)),
        }
    }

    fn into_value(self) -> Value {
        Value::Integer(self.into())
    }
}

impl<T: Typed> Typed for Vec<T> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::List(items) => items
                .into_iter()
                .enumerate()
                .map(|(index, item)| T::from_value(item).map_err(|mismatch| mismatch.within(&index.to_string())))
                .collect(),
            other => Err(Mismatch::new("a list", &other)),
        }
    }

    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(T::into_value).collect())
    }
}

impl<K, T: Typed> Typed for IndexMap<K, T>
where
    K: std::hash::Hash + Eq + From<String> + Into<String>,
{
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Map(entries) => entries
                .into_iter()
                .map(|(key, item)| match T::from_value(item) {
                    Ok(item) => Ok((K::from(key), item)),
                    Err(mismatch) => Err(mismatch.within(&key)),
                })
                .collect(),
            other => Err(Mismatch::new("a map", &other)),
        }
    }

    fn into_value(self) -> Value {
        Value::Map(self.into_iter().map(|(key, item)| (key.into(), item.into_value())).collect())
    }
}
