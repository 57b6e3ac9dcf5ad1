//! The texts that are signed: names and values line by line, in the order of the names.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html>

use crate::sns::envelope::{Confirmation, Notice};

/// Of a published message. Its attributes are not signed.
pub(crate) fn of_notice(notice: &Notice<'_>) -> String {
    let fields = [
        ("Message", Some(notice.message)),
        ("MessageId", Some(notice.message_id)),
        ("Subject", notice.subject),
        ("Timestamp", Some(notice.timestamp)),
        ("TopicArn", Some(notice.topic_arn)),
        ("Type", Some("Notification")),
    ];
    lines(fields.into_iter().filter_map(|(name, value)| Some((name, value?))))
}

/// Of a message that asks an endpoint something.
pub(crate) fn of_confirmation(confirmation: &Confirmation<'_>, message: &str, subscribe_url: &str) -> String {
    lines([
        ("Message", message),
        ("MessageId", confirmation.message_id),
        ("SubscribeURL", subscribe_url),
        ("Timestamp", confirmation.timestamp),
        ("Token", confirmation.token),
        ("TopicArn", confirmation.topic_arn),
        ("Type", confirmation.kind()),
    ])
}

fn lines<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        for line in [name, value] {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
