//! What is delivered of a published message.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indexmap::IndexMap;
use redeliver_model::sns::MessageAttributeValue;

use super::document::{Document, HOLE, Layout, push_text};
use super::urls::Urls;
use crate::sns::signature::Signed;
use crate::sqs::Body;

/// What all envelopes of a message say that go to endpoints of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice<'a> {
    /// Id of the message.
    pub(crate) message_id: &'a str,
    /// ARN of the topic.
    pub(crate) topic_arn: &'a str,
    /// Its sequence number, on FIFO topics.
    pub(crate) sequence_number: Option<&'a str>,
    /// Its subject.
    pub(crate) subject: Option<&'a str>,
    /// Its body for endpoints of this kind.
    pub(crate) message: &'a str,
    /// When it was published, as text.
    pub(crate) timestamp: &'a str,
    /// Its attributes.
    pub(crate) attributes: &'a IndexMap<String, MessageAttributeValue>,
    /// The signature; messages of FIFO topics were recorded without one.
    pub(crate) signed: Option<&'a Signed>,
    /// The addresses that it tells.
    pub(crate) urls: Urls<'a>,
}

/// An envelope that lacks only the subscription's ARN, in one or more places: it is made once for all subscriptions of a topic.
#[derive(Debug)]
pub(crate) struct Template {
    pieces: Arc<[Box<str>]>,
}

impl Template {
    fn new(text: &str) -> Self {
        Self { pieces: text.split(HOLE).map(Box::from).collect() }
    }

    /// The message as it was published, in no envelope.
    pub(crate) fn raw(text: &str) -> Self {
        Self { pieces: [Box::from(text)].into() }
    }

    /// The envelope for one subscription.
    pub(crate) fn fill(&self, subscription_arn: &str) -> String {
        self.pieces.join(subscription_arn)
    }

    /// The same as the body of a message: it is filled when a consumer gets it.
    pub(crate) fn body(&self, subscription_arn: &Arc<str>) -> Body {
        Body::filled(Arc::clone(&self.pieces), Arc::clone(subscription_arn))
    }
}

impl Notice<'_> {
    /// For queues, HTTP endpoints and email as JSON.
    /// <https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html>
    pub(crate) fn envelope(&self) -> Template {
        let mut document = Document::after("", Layout::Lines);
        self.begin(&mut document);
        if let Some(Signed { version, signature, .. }) = self.signed {
            document.text("SignatureVersion", version.as_str());
            document.text("Signature", signature);
            document.text("SigningCertURL", &self.urls.certificate());
        }
        document.text_with_hole("UnsubscribeURL", &self.urls.unsubscribe());
        self.attributes(&mut document);
        Template::new(&document.end(""))
    }

    /// For Firehose: as for queues, unsigned and on one line.
    /// <https://docs.aws.amazon.com/sns/latest/dg/firehose-archived-message-format-S3.html>
    pub(crate) fn record(&self) -> Template {
        let mut document = Document::after("", Layout::Dense);
        self.begin(&mut document);
        document.text_with_hole("UnsubscribeURL", &self.urls.unsubscribe());
        self.attributes(&mut document);
        Template::new(&document.end(""))
    }

    /// The event that a Lambda function gets. Recorded: two members end in `Url`, attributes are always there, a missing subject is null.
    /// <https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html>
    pub(crate) fn event(&self) -> Template {
        let before = format!(
            r#"{{"Records":[{{"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"{HOLE}","Sns":"#
        );
        let mut document = Document::after(&before, Layout::Dense);
        document.text("Type", "Notification");
        document.text("MessageId", self.message_id);
        document.text("TopicArn", self.topic_arn);
        match self.subject {
            Some(subject) => document.text("Subject", subject),
            None => document.null("Subject"),
        }
        document.text("Message", self.message);
        document.text("Timestamp", self.timestamp);
        if let Some(Signed { signature, .. }) = self.signed {
            // Recorded: also where the topic signs with version 2.
            document.text("SignatureVersion", "1");
            document.text("Signature", signature);
            document.text("SigningCertUrl", &self.urls.certificate());
        }
        document.text_with_hole("UnsubscribeUrl", &self.urls.unsubscribe());
        document.object("MessageAttributes", self.sorted().map(|(name, value)| (name, attribute(value))));
        Template::new(&document.end("}]}"))
    }

    fn begin(&self, document: &mut Document) {
        document.text("Type", "Notification");
        document.text("MessageId", self.message_id);
        document.text_if("SequenceNumber", self.sequence_number);
        document.text("TopicArn", self.topic_arn);
        document.text_if("Subject", self.subject);
        document.text("Message", self.message);
        document.text("Timestamp", self.timestamp);
    }

    fn attributes(&self, document: &mut Document) {
        if !self.attributes.is_empty() {
            document.object("MessageAttributes", self.sorted().map(|(name, value)| (name, attribute(value))));
        }
    }

    /// The attributes by name: the order in which clients send them is often that of a hash map.
    fn sorted(&self) -> impl Iterator<Item = (&str, &MessageAttributeValue)> {
        let mut sorted: Vec<_> = self.attributes.iter().map(|(name, value)| (name.as_str(), value)).collect();
        sorted.sort_unstable_by_key(|&(name, _)| name);
        sorted.into_iter()
    }
}

fn attribute(value: &MessageAttributeValue) -> String {
    let mut text = String::from(r#"{"Type":"#);
    push_text(&mut text, value.data_type.as_deref().unwrap_or_default());
    text.push_str(r#","Value":"#);
    match &value.binary_value {
        Some(bytes) => push_text(&mut text, &STANDARD.encode(bytes)),
        None => push_text(&mut text, value.string_value.as_deref().unwrap_or_default()),
    }
    text.push('}');
    text
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use redeliver_model::sns::MessageAttributeValue;
    use serde_json::{Value, json};

    use super::{Notice, Urls};
    use crate::sns::signature::{Signed, Version};

    const SUBSCRIPTION: &str = "arn:aws:sns:us-east-1:000000000000:t:2bcfbf39-05c3-41de-beaa-fcfcc21c8f55";

    fn attributes() -> IndexMap<String, MessageAttributeValue> {
        let number = MessageAttributeValue {
            data_type: Some("Number".to_owned()),
            string_value: Some("99.12".to_owned()),
            binary_value: None,
        };
        let binary = MessageAttributeValue {
            data_type: Some("Binary".to_owned()),
            string_value: None,
            binary_value: Some(vec![2, 3, 4]),
        };
        [("b".to_owned(), binary), ("a".to_owned(), number)].into_iter().collect()
    }

    fn notice<'a>(attributes: &'a IndexMap<String, MessageAttributeValue>, signed: Option<&'a Signed>) -> Notice<'a> {
        Notice {
            message_id: "m",
            topic_arn: "arn:aws:sns:us-east-1:000000000000:t",
            sequence_number: None,
            subject: Some("s"),
            message: "say \"hi\" /\u{1}?Action=Unsubscribe&SubscriptionArn=",
            timestamp: "2025-01-01T00:00:00.000Z",
            attributes,
            signed,
            urls: Urls { endpoint: "https://sns.us-east-1.amazonaws.com" },
        }
    }

    fn signed() -> Signed {
        Signed { version: Version::Two, signature: "c2ln".to_owned() }
    }

    #[test]
    fn envelope_has_the_members_and_the_form_of_aws() {
        let (attributes, signed) = (attributes(), signed());
        let text = notice(&attributes, Some(&signed)).envelope().fill(SUBSCRIPTION);
        let certificate = super::Urls { endpoint: "https://sns.us-east-1.amazonaws.com" }.certificate();
        let expected = format!(
            r#"{{
  "Type" : "Notification",
  "MessageId" : "m",
  "TopicArn" : "arn:aws:sns:us-east-1:000000000000:t",
  "Subject" : "s",
  "Message" : "say \"hi\" /\u0001?Action=Unsubscribe&SubscriptionArn=",
  "Timestamp" : "2025-01-01T00:00:00.000Z",
  "SignatureVersion" : "2",
  "Signature" : "c2ln",
  "SigningCertURL" : "{certificate}",
  "UnsubscribeURL" : "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={SUBSCRIPTION}",
  "MessageAttributes" : {{
    "a" : {{"Type":"Number","Value":"99.12"}},
    "b" : {{"Type":"Binary","Value":"AgME"}}
  }}
}}"#
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn envelope_of_a_fifo_topic_has_a_sequence_number_and_no_signature() {
        let none = IndexMap::new();
        let notice = Notice { sequence_number: Some("10000000000000003000"), subject: None, ..notice(&none, None) };
        let text = notice.envelope().fill(SUBSCRIPTION);
        let envelope: Value = serde_json::from_str(&text).unwrap();
        let members: Vec<_> = envelope.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = ["Type", "MessageId", "SequenceNumber", "TopicArn", "Message", "Timestamp", "UnsubscribeURL"];
        assert_eq!(members, expected);
    }

    #[test]
    fn event_of_lambda_has_one_record_with_its_own_names() {
        let (none, signed) = (IndexMap::new(), signed());
        let notice = Notice { subject: None, ..notice(&none, Some(&signed)) };
        let event: Value = serde_json::from_str(&notice.event().fill(SUBSCRIPTION)).unwrap();
        let record = &event["Records"][0];
        assert_eq!(record["EventSubscriptionArn"], SUBSCRIPTION);
        let members: Vec<_> = record["Sns"].as_object().unwrap().keys().map(String::as_str).collect();
        let expected = [
            "Type",
            "MessageId",
            "TopicArn",
            "Subject",
            "Message",
            "Timestamp",
            "SignatureVersion",
            "Signature",
            "SigningCertUrl",
            "UnsubscribeUrl",
            "MessageAttributes",
        ];
        assert_eq!(members, expected);
        let sns = &record["Sns"];
        assert_eq!(
            (&sns["Subject"], &sns["SignatureVersion"], &sns["MessageAttributes"]),
            (&Value::Null, &json!("1"), &json!({}))
        );
    }

    #[test]
    fn record_of_firehose_is_one_unsigned_line() {
        let (attributes, signed) = (attributes(), signed());
        let text = notice(&attributes, Some(&signed)).record().fill(SUBSCRIPTION);
        assert!(text.starts_with(r#"{"Type":"Notification","MessageId":"m","TopicArn":"#), "{text}");
        assert!(!text.contains("Signature") && !text.contains('\n'), "{text}");
        assert!(text.ends_with(
            r#""MessageAttributes":{"a":{"Type":"Number","Value":"99.12"},"b":{"Type":"Binary","Value":"AgME"}}}"#
        ));
    }
}
