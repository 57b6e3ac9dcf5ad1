//! What of a record stands in an object, or why it is a dead letter.
//!
//! <https://docs.aws.amazon.com/streams/latest/dev/data-delivery-s3-about.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use redeliver_model::kinesis::RecordFormatType;
use serde_json::{Value, json};

use crate::kinesis::records::Stored;
use crate::kinesis::{Error, SequenceNumber, ShardId};

/// Bytes in front of the payload of a record of Glue's schema registry: a version, whether it is compressed, and the id of its schema.
/// <https://docs.aws.amazon.com/glue/latest/dg/schema-registry-integrations.html>
const GLUE_HEADER: usize = 18;
const GLUE_VERSION: u8 = 3;
const GLUE_PLAIN: u8 = 0;

/// The format of the records of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON.
    Json,
    /// JSON with the id of its schema.
    GlueJson,
    /// UTF-8.
    Text,
    /// Anything.
    Bytes,
}

impl Format {
    /// Reads `RecordFormatType`.
    pub(super) fn new(given: &RecordFormatType) -> Result<Self, Error> {
        Ok(match given {
            RecordFormatType::Json => Self::Json,
            RecordFormatType::GsrJson => Self::GlueJson,
            RecordFormatType::String => Self::Text,
            RecordFormatType::ByteArray => Self::Bytes,
            RecordFormatType::Other(other) => {
                let member = "streamConfigurationList.1.member.recordConfiguration.recordFormatType";
                return Err(Error::Unknown { member, value: other.to_string() });
            }
        })
    }

    /// What of a record is delivered, or why nothing is. Records stay as they are.
    pub(super) fn payload(self, data: &[u8]) -> Result<&[u8], &'static str> {
        match self {
            Self::Bytes => Ok(data),
            Self::Text => std::str::from_utf8(data).map(|_| data).map_err(|_| "the record is no UTF-8"),
            Self::Json => be_json(data),
            Self::GlueJson => match data.split_at_checked(GLUE_HEADER) {
                Some(([GLUE_VERSION, GLUE_PLAIN, ..], payload)) => be_json(payload),
                // Schemas are not kept here, so nothing says what is in a compressed one either.
                Some(([GLUE_VERSION, ..], _)) => Err("the record is compressed, which is not supported here"),
                _ => Err("the record does not begin with the header of a schema"),
            },
        }
    }
}

fn be_json(data: &[u8]) -> Result<&[u8], &'static str> {
    serde_json::from_slice::<Value>(data).map(|_| data).map_err(|_| "the record is no JSON")
}

/// The line of a record that could not be delivered. silent: what it looks like; the names are those of Firehose.
/// <https://docs.aws.amazon.com/firehose/latest/dev/retry.html>
pub(super) fn dead_letter(record: &Stored, (shard, sequence): (ShardId, SequenceNumber), why: &str) -> String {
    let line = json!({
        "shardId": shard.to_string(),
        "sequenceNumber": sequence.to_string(),
        "partitionKey": record.key,
        "arrivalTimestamp": record.taken_at.as_millis(),
        "errorCode": "DataFormat.Invalid",
        "errorMessage": why,
        "rawData": STANDARD.encode(&record.data),
    });
    format!("{line}\n")
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn records_are_delivered_as_they_are_if_they_are_what_they_should_be() {
        let glue = [&[3, 0][..], &[7; 16], b"{\"a\":1}"].concat();
        let good: [(Format, &[u8], &[u8]); 5] = [
            (Format::Bytes, b"\xff", b"\xff"),
            (Format::Text, "é".as_bytes(), "é".as_bytes()),
            (Format::Json, b" {\"a\": [1, 2]}\n", b" {\"a\": [1, 2]}\n"),
            (Format::GlueJson, &glue, b"{\"a\":1}"),
            (Format::Bytes, b"", b""),
        ];
        for (format, data, expected) in good {
            assert_eq!(format.payload(data), Ok(expected), "{format:?}");
        }
        let bad: [(Format, &[u8]); 6] = [
            (Format::Text, b"\xff"),
            (Format::Json, b"{"),
            (Format::Json, b""),
            (Format::Json, b"{} {}"),
            (Format::GlueJson, b"{}"),
            (Format::GlueJson, &[3, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        ];
        for (format, data) in bad {
            assert!(format.payload(data).is_err(), "{format:?} {data:?}");
        }
    }
}
