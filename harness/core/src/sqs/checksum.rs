//! MD5 digests of bodies and attributes.

use md5::{Digest, Md5 as Hasher};

use redeliver_model::sqs::MessageAttributeValue;

use crate::hexadecimal;

/// An MD5 digest.
pub(crate) type Md5 = [u8; 16];

/// Stands for a digest that nobody has asked for yet. Should a body really have it, it is made again each time.
const NOT_MADE: Md5 = [0; 16];

/// Digest of a body that is made when somebody asks for it: other services are not told what they have sent.
pub(super) fn of_body_later() -> Md5 {
    NOT_MADE
}

/// Digest of a body, which may have been made before.
pub(super) fn of_body_now(made: Md5, body: &str) -> Md5 {
    if made == NOT_MADE { of_body(body) } else { made }
}

/// Digest of a body.
pub(super) fn of_body(body: &str) -> Md5 {
    Hasher::digest(body).into()
}

/// Digest of attributes in the order of their names: length-prefixed name, data type, a byte for the kind of value, and value.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html>
pub(super) fn of_attributes<'a>(
    attributes: impl IntoIterator<Item = (&'a str, &'a MessageAttributeValue)>,
) -> Option<Md5> {
    const TEXT: u8 = 1;
    const BINARY: u8 = 2;
    let mut sorted: Vec<_> = attributes.into_iter().collect();
    if sorted.is_empty() {
        return None;
    }
    sorted.sort_unstable_by_key(|&(name, _)| name);
    let mut hasher = Hasher::new();
    for (name, value) in sorted {
        add(&mut hasher, name.as_bytes());
        add(&mut hasher, value.data_type.as_deref().unwrap_or_default().as_bytes());
        if let Some(bytes) = &value.binary_value {
            hasher.update([BINARY]);
            add(&mut hasher, bytes);
        } else {
            hasher.update([TEXT]);
            add(&mut hasher, value.string_value.as_deref().unwrap_or_default().as_bytes());
        }
    }
    Some(hasher.finalize().into())
}

fn add(hasher: &mut Hasher, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("a message is at most 1 MiB");
    hasher.update(length.to_be_bytes());
    hasher.update(bytes);
}

/// A digest as lower-case hexadecimal digits.
pub(super) fn hexadecimal<const BYTES: usize>(digest: &[u8; BYTES]) -> String {
    hexadecimal::text(hexadecimal::digits(*digest).as_flattened())
}

#[cfg(test)]
mod tests {
    use redeliver_model::sqs::MessageAttributeValue;

    use super::{hexadecimal, of_attributes, of_body};

    fn digest(name: &str, value: &MessageAttributeValue) -> String {
        hexadecimal(&of_attributes([(name, value)]).unwrap())
    }

    fn text(data_type: &str, value: &str) -> MessageAttributeValue {
        MessageAttributeValue {
            data_type: Some(data_type.to_owned()),
            string_value: Some(value.to_owned()),
            ..Default::default()
        }
    }

    /// Expected values were recorded on AWS.
    #[test]
    fn digests_of_attributes_are_those_of_aws() {
        assert_eq!(digest("k", &text("String", "x")), "a45daa70926828a2f0a1db3418e6feb4");
        assert_eq!(digest("timestamp", &text("Number", "1493147359900")), "235c5c510d26fb653d073faed50ae77c");
        assert_eq!(digest("Foo", &text("String", "Bar")), "ae7155c6026991b6d54b11589678bf9c");
        let trace = text("String", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
        assert_eq!(digest("AWSTraceHeader", &trace), "5ae4d5d7636402d80f4eb6d213245a88");
        let binary = MessageAttributeValue {
            data_type: Some("Binary".to_owned()),
            binary_value: Some(b"traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01".to_vec()),
            ..Default::default()
        };
        assert_eq!(digest("attr1", &binary), "8cbe4db156db8a94db8b801b7addb984");
    }

    #[test]
    fn digest_of_attributes_does_not_depend_on_their_order() {
        let [one, two] = [text("String", "1"), text("Number", "2")];
        assert_eq!(of_attributes([("a", &one), ("b", &two)]), of_attributes([("b", &two), ("a", &one)]));
        assert_eq!(of_attributes([]), None);
    }

    #[test]
    fn digest_of_a_body_is_that_of_aws() {
        assert_eq!(hexadecimal(&of_body("test")), "098f6bcd4621d373cade4e832627b4f6");
    }
}
