//! Request bodies as typed commands.

use redeliver_core::Command;
use redeliver_model::{Operation, Service, Value, kinesis, sns, sqs};

use crate::{Dialect, Error, cbor, json, query, validate};

/// Reads the body of a request for `operation`. A request of the query protocol may have parameters in its URL, which
/// [`receive`](crate::receive) reads too.
pub fn decode(dialect: Dialect, operation: &'static Operation, body: &[u8]) -> Result<Command, Error> {
    match dialect {
        Dialect::Json(_) => from_value(operation, json::decode(operation.input, body)?),
        Dialect::Cbor => from_value(operation, cbor::decode(operation.input, body)?),
        Dialect::Query { .. } => {
            let parameters = query::Parameters::parse(&[body]);
            from_value(operation, query::decode(operation.input, &parameters)?)
        }
        Dialect::Unrecognized => Err(Error::Unrecognized { content_type: String::new() }),
    }
}

/// The command of `operation` with these parameters, a structure of the operation's input shape.
pub fn from_value(operation: &'static Operation, parameters: Value) -> Result<Command, Error> {
    validate::check(operation, &parameters)?;
    let built = match operation.service {
        Service::Sqs => sqs::Command::from_value(operation.name, parameters).map(|command| command.map(Command::Sqs)),
        Service::Sns => sns::Command::from_value(operation.name, parameters).map(|command| command.map(Command::Sns)),
        Service::Kinesis => kinesis::Command::from_value(operation.name, parameters)
            .map(|command| command.map(Box::new).map(Command::Kinesis)),
    };
    match built {
        Some(Ok(command)) => Ok(command),
        Some(Err(mismatch)) => Err(Error::Serialization { message: Some(mismatch.to_string()) }),
        None => Err(Error::UnknownOperation { target: operation.name.to_owned() }),
    }
}
