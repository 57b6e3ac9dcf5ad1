//! An object in the outbox.

use std::collections::BTreeMap;

use aws_smithy_types::base64;
use redeliver_core::kinesis::StoredObject;
use redeliver_core::sns::Entry;

/// An object as an entry: what is in it is the message, as it is before it is compressed, in Base64 when it is no text.
pub(super) fn entry(object: &StoredObject, failure: Option<String>) -> Entry {
    let mut attributes = BTreeMap::from([
        ("channel".to_owned(), object.channel.to_string()),
        ("compression".to_owned(), object.compression.as_str().to_owned()),
        ("records".to_owned(), object.records.to_string()),
        ("storage-class".to_owned(), object.storage_class.clone()),
        ("dead-letters".to_owned(), object.is_dead_letter.to_string()),
    ]);
    attributes.extend(object.bucket_owner.clone().map(|owner| ("bucket-owner".to_owned(), owner)));
    attributes.extend(object.key_id.clone().map(|key| ("kms-key".to_owned(), key)));
    let message = std::str::from_utf8(&object.body).map_or_else(
        |_| {
            attributes.insert("encoding".to_owned(), "base64".to_owned());
            base64::encode(&object.body)
        },
        str::to_owned,
    );
    Entry {
        at: object.at,
        protocol: "s3",
        endpoint: format!("s3://{}/{}", object.bucket, object.key),
        message,
        subject: None,
        message_id: object.id,
        attributes,
        failure,
    }
}
