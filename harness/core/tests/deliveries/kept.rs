//! By ways that nobody plays here.

use serde_json::Value;

use crate::hub::{Hub, envelope};

#[test]
fn mails_are_kept_once_they_are_confirmed() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    for (protocol, address) in [("email", "a@example.com"), ("email-json", "b@example.com")] {
        hub.subscribe(&topic, protocol, address, &[]);
        let asked = hub.outbox().pop().unwrap();
        assert_eq!((asked.protocol, asked.endpoint.as_str()), (protocol, address));
        hub.confirm(&topic, &asked.attributes["token"]);
    }
    hub.publish(&topic, "m");
    let outbox = hub.outbox();
    let [.., mail, document] = &outbox[..] else { panic!("{outbox:?}") };
    assert_eq!((mail.message.as_str(), mail.subject.as_deref()), ("m", Some("AWS Notification Message")));
    assert_eq!(envelope(&document.message)["Message"], "m");
}

#[test]
fn records_for_a_delivery_stream_are_one_line_or_raw() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let role = ("SubscriptionRoleArn", "arn:aws:iam::000000000000:role/r");
    for (stream, raw) in [("s", "false"), ("r", "true")] {
        let stream = format!("arn:aws:firehose:us-east-1:000000000000:deliverystream/{stream}");
        hub.subscribe(&topic, "firehose", &stream, &[role, ("RawMessageDelivery", raw)]);
    }
    hub.publish(&topic, "m");
    let outbox = hub.outbox();
    let [record, raw] = &outbox[..] else { panic!("{outbox:?}") };
    let parsed: Value = serde_json::from_str(&record.message).unwrap();
    assert!(!record.message.contains('\n') && parsed.get("Signature").is_none());
    assert_eq!((&parsed["Message"], raw.message.as_str()), (&"m".into(), "m"));
}
