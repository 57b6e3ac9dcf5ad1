//! A whole answer.

use redeliver_model::{Operation, Value};

use super::element::Element;
use super::{json, xml};
use crate::{Error, Format};

/// An answer to a call that was carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// What it says: a structure of the operation's output shape.
    pub output: Value,
    /// The id that the service gave the call.
    pub request_id: Option<String>,
    /// What it is written in.
    pub format: Format,
}

/// Reads the body of an answer to `operation` that tells of success, whichever way it is laid out. What the shape lacks is ignored.
///
/// ```
/// use redeliver_model::Service;
/// use redeliver_wire::{json, query};
///
/// let delete = Service::Sqs.model().operation("GetQueueUrl").expect("it is in the model");
/// let body = b"<GetQueueUrlResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">\n\
///     <GetQueueUrlResult><QueueUrl>http://h/1/q</QueueUrl></GetQueueUrlResult>\n\
///     <ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></GetQueueUrlResponse>";
/// let reply = query::reply(delete, body)?;
/// assert_eq!(reply.request_id.as_deref(), Some("id-1"));
/// assert_eq!(json::encode(reply.output), br#"{"QueueUrl":"http://h/1/q"}"#);
/// # Ok::<(), redeliver_wire::Error>(())
/// ```
pub fn reply(operation: &'static Operation, body: &[u8]) -> Result<Reply, Error> {
    let is_xml = body.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{');
    let (output, request_id) =
        if is_xml { xml::read(operation, &Element::parse(body)?)? } else { json::read(operation, body)? };
    Ok(Reply { output, request_id, format: if is_xml { Format::Xml } else { Format::Json } })
}

/// An answer that is none to this operation.
pub(super) fn wrong(message: impl Into<String>) -> Error {
    Error::Serialization { message: Some(message.into()) }
}

#[cfg(test)]
mod tests {
    use redeliver_model::{Operation, Service};

    use super::reply;
    use crate::json::encode;

    fn receive() -> &'static Operation {
        Service::Sqs.model().operation("ReceiveMessage").unwrap()
    }

    fn read(body: &str) -> String {
        match reply(receive(), body.as_bytes()) {
            Ok(reply) => String::from_utf8(encode(reply.output)).unwrap(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn answers_of_other_backends_are_read_however_they_are_laid_out() {
        let expected = r#"{"Messages":[{"Attributes":{"SentTimestamp":"5"},"Body":" a<b & é ","MessageId":"1"}]}"#;
        let spread = "<?xml version='1.0' encoding=\"UTF-8\"?>\n<!-- made -->\n<ReceiveMessageResponse xmlns='x'>\n  \
             <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>\n  <ReceiveMessageResult>\n    <Message>\n      \
             <Unknown><Body>no</Body></Unknown>\n<Body> a&lt;b &amp; &#233; </Body>\n\
             <Attribute><Value>5</Value>\n<Name>SentTimestamp</Name></Attribute>\
             <MessageId>1</MessageId></Message>\n</ReceiveMessageResult></ReceiveMessageResponse>\n";
        assert_eq!(read(spread), expected);
        let prefixed = "<s:ReceiveMessageResponse xmlns:s='x'><s:ReceiveMessageResult><s:Message><s:MessageId>1</s:MessageId>\
             <s:Body><![CDATA[ a<b & é ]]></s:Body><s:Attribute><s:Name>SentTimestamp</s:Name><s:Value>5</s:Value></s:Attribute>\
             </s:Message></s:ReceiveMessageResult></s:ReceiveMessageResponse>";
        assert_eq!(read(prefixed), expected);
        for none in ["<ReceiveMessageResult/>", "<ReceiveMessageResult>\n</ReceiveMessageResult>", ""] {
            assert_eq!(read(&format!("<ReceiveMessageResponse>{none}</ReceiveMessageResponse>")), "{}");
        }
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(1_000), "</a>".repeat(1_000));
        let entity = "<!DOCTYPE a [<!ENTITY b 'c'>]><ReceiveMessageResponse>&b;</ReceiveMessageResponse>";
        let cases = [
            ("", "there is no element"),
            ("text", "there is no element"),
            ("<ReceiveMessageResponse>", "an element is not closed"),
            ("<a/><b/>", "there is more than one outermost element"),
            ("<SendMessageResponse/>", "`SendMessageResponse` is no answer to `ReceiveMessage`"),
            (&deep, "elements are nested too deeply"),
            (entity, "a document type is not taken"),
            ("{}", "there is no `ReceiveMessageResponse`"),
            ("{", "it is no JSON"),
            (r#"{"ReceiveMessageResponse":{"ReceiveMessageResult":7}}"#, "`ReceiveMessageResult` is no object"),
            (
                r#"{"ReceiveMessageResponse":{"ReceiveMessageResult":{"messages":{"Body":"x"}}}}"#,
                "`Messages` is no list",
            ),
        ];
        for (body, reason) in cases {
            let told = read(body);
            assert!(told.ends_with(reason), "{body}: {told}");
        }
        assert!(reply(receive(), b"<a>\xff</a>").is_err());
        assert!(reply(receive(), b"<a>&nbsp;</a>").is_err());
    }
}
