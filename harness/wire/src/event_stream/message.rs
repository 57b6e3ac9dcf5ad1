//! One message of the wire format.

/// One message of the wire format.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Message {
    /// What the message is, in the order of the wire; names are unique.
    pub headers: Vec<Header>,
    /// Its contents.
    pub payload: Vec<u8>,
}

/// A named property of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name, 1 to 255 bytes of UTF-8.
    pub name: String,
    /// Its value.
    pub value: HeaderValue,
}

/// The value of a header, of one of the ten types of the wire format.
#[derive(Debug, Clone, PartialEq)]
pub enum HeaderValue {
    /// Types 0 and 1.
    Boolean(bool),
    /// Type 2.
    Byte(i8),
    /// Type 3.
    Short(i16),
    /// Type 4.
    Integer(i32),
    /// Type 5.
    Long(i64),
    /// Type 6, at most 32,767 bytes.
    Bytes(Vec<u8>),
    /// Type 7, at most 32,767 bytes of UTF-8.
    String(String),
    /// Type 8, milliseconds since 1970.
    Timestamp(i64),
    /// Type 9.
    Uuid([u8; 16]),
}

impl Message {
    /// A message with text headers only, as AWS sends them.
    pub fn new(headers: &[(&str, &str)], payload: Vec<u8>) -> Self {
        let header = |&(name, value): &(&str, &str)| Header {
            name: name.to_owned(),
            value: HeaderValue::String(value.to_owned()),
        };
        Self { headers: headers.iter().map(header).collect(), payload }
    }

    /// The text of the header of this name; nothing when it is absent or no text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.name == name).and_then(|header| match &header.value {
            HeaderValue::String(text) => Some(text.as_str()),
            _ => None,
        })
    }
}
