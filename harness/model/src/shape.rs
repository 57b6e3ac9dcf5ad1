//! What values look like.

/// A named shape of an API model.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the model.
    pub name: &'static str,
    /// What it consists of.
    pub kind: Kind,
    /// Which values are allowed.
    pub constraints: Constraints,
}

/// What a shape consists of.
#[derive(Debug)]
pub enum Kind {
    /// Named members.
    Structure {
        /// Members in the order of the model.
        members: &'static [Member],
    },
    /// One of several named members, streamed as events.
    EventStream {
        /// One member for each kind of event.
        members: &'static [Member],
    },
    /// A list.
    List {
        /// Shape of each element.
        member: &'static Shape,
        /// Whether the query protocol leaves out the level of the elements' name.
        flattened: bool,
        /// Name of the elements in the query protocol.
        member_name: &'static str,
    },
    /// A map from strings.
    Map {
        /// Shape of the keys: a string, maybe with known values.
        key: &'static Shape,
        /// Shape of the values.
        value: &'static Shape,
        /// Whether the query protocol leaves out the `entry` level.
        flattened: bool,
        /// Name of the keys in the query protocol.
        key_name: &'static str,
        /// Name of the values in the query protocol.
        value_name: &'static str,
    },
    /// Unicode text.
    String,
    /// 32-bit integer.
    Integer,
    /// 64-bit integer.
    Long,
    /// Double-precision number.
    Double,
    /// Truth value.
    Boolean,
    /// Bytes, base64 in JSON.
    Blob,
    /// A point in time.
    Timestamp,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// Its name in the model, which is its name in JSON.
    pub name: &'static str,
    /// Its shape.
    pub shape: &'static Shape,
    /// Whether the model requires it.
    pub required: bool,
    /// Whether the model calls it deprecated.
    pub deprecated: bool,
    /// Whether the member flattens its list or map in the query protocol.
    pub flattened: bool,
    /// The names that it goes by in requests of the query protocol, never none; responses use the first.
    pub query_names: &'static [&'static str],
}

/// The constraints of a shape; all empty where the model states none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Constraints {
    /// Smallest length (of a string in characters, a blob in bytes, a list or map in entries) or number.
    pub min: Option<i64>,
    /// Largest length or number.
    pub max: Option<i64>,
    /// Regular expression that a string matches.
    pub pattern: Option<&'static str>,
    /// Known values of an enumerated string; services may know more than the model does.
    pub values: &'static [&'static str],
}

impl Shape {
    /// The members of a structure or event stream, nothing for other kinds.
    pub fn members(&self) -> &'static [Member] {
        match self.kind {
            Kind::Structure { members } | Kind::EventStream { members } => members,
            Kind::List { .. }
            | Kind::Map { .. }
            | Kind::String
            | Kind::Integer
            | Kind::Long
            | Kind::Double
            | Kind::Boolean
            | Kind::Blob
            | Kind::Timestamp => &[],
        }
    }

    /// The member of this exact name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// What a person calls a value of this shape, for messages.
    pub fn noun(&self) -> &'static str {
        match self.kind {
            Kind::Structure { .. } => "a structure",
            Kind::EventStream { .. } => "an event stream",
            Kind::List { .. } => "a list",
            Kind::Map { .. } => "a map",
            Kind::String => "a string",
            Kind::Integer => "a 32-bit integer",
            Kind::Long => "a 64-bit integer",
            Kind::Double => "a number",
            Kind::Boolean => "a boolean",
            Kind::Blob => "bytes",
            Kind::Timestamp => "a timestamp",
        }
    }
}
