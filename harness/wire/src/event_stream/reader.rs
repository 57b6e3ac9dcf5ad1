//! What a message of a reply's body says.

use redeliver_model::{Kind, Shape, Value};

use super::{Message, Payload};
use crate::Error;

/// What a message of a reply's body says.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// The members of the output beside the stream.
    Initial(Value),
    /// An event of the model.
    Event {
        /// Name of its member in the stream.
        member: &'static str,
        /// Its structure.
        value: Value,
    },
    /// An error of the model.
    Exception {
        /// Name of its member in the stream.
        member: &'static str,
        /// Its structure.
        value: Value,
    },
    /// Any other error.
    Error {
        /// Its code.
        code: String,
        /// Its text.
        message: String,
    },
}

impl Incoming {
    /// Reads a message of a stream that is part of this output. Payloads that name no content type are taken for JSON.
    pub fn read(output: &'static Shape, message: &Message) -> Result<Self, Error> {
        let header = |name: &'static str| message.text(name).ok_or_else(|| absent(name));
        let payload = match message.text(":content-type") {
            None => Payload::Json,
            Some(name) => Payload::named(name).ok_or_else(|| refused(":content-type", name))?,
        };
        match header(":message-type")? {
            "event" if header(":event-type")? == "initial-response" => {
                payload.decode(output, &message.payload).map(Self::Initial)
            }
            "event" => {
                let (member, value) = modelled(output, ":event-type", header(":event-type")?, payload, message)?;
                Ok(Self::Event { member, value })
            }
            "exception" => {
                let name = header(":exception-type")?;
                let (member, value) = modelled(output, ":exception-type", name, payload, message)?;
                Ok(Self::Exception { member, value })
            }
            "error" => Ok(Self::Error {
                code: header(":error-code")?.to_owned(),
                message: header(":error-message")?.to_owned(),
            }),
            other => Err(refused(":message-type", other)),
        }
    }
}

/// The member of the stream with this name, and its structure from the payload.
fn modelled(
    output: &'static Shape,
    header: &str,
    name: &str,
    payload: Payload,
    message: &Message,
) -> Result<(&'static str, Value), Error> {
    let mut streams = output.members().iter().filter(|member| matches!(member.shape.kind, Kind::EventStream { .. }));
    let member = streams.find_map(|stream| stream.shape.member(name)).ok_or_else(|| refused(header, name))?;
    payload.decode(member.shape, &message.payload).map(|value| (member.name, value))
}

fn absent(header: &str) -> Error {
    Error::Serialization { message: Some(format!("the message lacks the header `{header}`")) }
}

fn refused(header: &str, value: &str) -> Error {
    Error::Serialization { message: Some(format!("`{value}` is not known as `{header}` of this stream")) }
}
