//! Sending, one by one and in batches.

use redeliver_core::sqs::{Error, Happening};
use redeliver_core::{Answer, Reply};
use redeliver_model::sqs::{
    BatchResultErrorEntry, Command, MessageAttributeValue, ReceiveMessageRequest, Reply as SqsReply,
    SendMessageBatchRequest, SendMessageBatchRequestEntry as Entry, SendMessageBatchResult, SendMessageRequest,
};

use crate::account::{Account, Send, attribute, happenings, receive};

fn batch(aws: &mut Account, url: &str, entries: Vec<Entry>) -> Result<SendMessageBatchResult, Error> {
    let input = SendMessageBatchRequest { queue_url: Some(url.to_owned()), entries: Some(entries) };
    match aws.call(Command::SendMessageBatch(input))? {
        SqsReply::SendMessageBatch(result) => Ok(result),
        other => panic!("{other:?}"),
    }
}

fn entry(id: &str, body: impl Into<String>) -> Entry {
    Entry { id: Some(id.to_owned()), message_body: Some(body.into()), ..Default::default() }
}

#[test]
fn digests_are_answered_on_send_and_on_receive() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let text = |data_type: &str, value: &str| MessageAttributeValue {
        data_type: Some(data_type.to_owned()),
        string_value: Some(value.to_owned()),
        ..Default::default()
    };
    let input = SendMessageRequest {
        message_attributes: Some(
            [("k".to_owned(), text("String", "x")), ("n".to_owned(), text("Number", "1"))].into_iter().collect(),
        ),
        ..Send { url: &url, body: "test", ..Send::default() }.into()
    };
    let Ok(SqsReply::SendMessage(sent)) = aws.call(Command::SendMessage(input)) else { panic!("is accepted") };
    assert_eq!(sent.md5_of_message_body.as_deref(), Some("098f6bcd4621d373cade4e832627b4f6"));
    assert_eq!(sent.md5_of_message_system_attributes, None);
    assert_eq!(sent.sequence_number, None);

    let mut digest = |names: &[&str]| {
        let message_attribute_names = Some(names.iter().map(|&name| name.to_owned()).collect());
        let input = ReceiveMessageRequest { message_attribute_names, visibility_timeout: Some(0), ..receive(&url) };
        aws.try_receive(input).unwrap().remove(0).md5_of_message_attributes
    };
    assert_eq!(digest(&["All"]), sent.md5_of_message_attributes);
    assert_eq!(digest(&["k"]).as_deref(), Some("a45daa70926828a2f0a1db3418e6feb4"), "of what is returned");
    assert_eq!(digest(&[]), None);
}

#[test]
fn http_trace_header_becomes_a_system_attribute() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let send = Send { url: &url, body: "m", ..Send::default() };
    let answer = aws.traced(Command::SendMessage(send.into()), Some("Root=1"));
    let Answer::Now(Ok(Reply::Sqs(SqsReply::SendMessage(result)))) = answer else { panic!("is accepted") };
    assert_eq!(result.md5_of_message_system_attributes, None, "none was sent as a parameter");
    assert_eq!(attribute(&aws.receive(&url)[0], "AWSTraceHeader").as_deref(), Some("Root=1"));
}

#[test]
fn message_of_exactly_the_maximum_is_accepted() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("MaximumMessageSize", "1024")]);
    let [fits, exceeds] = [1_024, 1_025].map(|length| "a".repeat(length));
    aws.send(&url, &fits);
    let error = aws.try_send(Send { url: &url, body: &exceeds, ..Send::default() }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."
    );
}

#[test]
fn batch_entry_that_is_too_long_fails_alone() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("MaximumMessageSize", "1024")]);
    let result = batch(&mut aws, &url, vec![entry("long", "a".repeat(1_025)), entry("short", "b")]).unwrap();
    let failed = BatchResultErrorEntry {
        code: Some("InvalidParameterValue".to_owned()),
        id: Some("long".to_owned()),
        message: Some(
            "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.".to_owned(),
        ),
        sender_fault: Some(true),
    };
    assert_eq!(result.failed, Some(vec![failed]));
    assert_eq!(result.successful.map(|entries| entries.len()), Some(1));
    assert_eq!(aws.bodies(&url), ["b"]);
}

#[test]
fn batch_total_counts_whatever_the_queue_allows() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let [half, more] = [1_048_576 / 2, 1_048_576 / 2 + 1].map(|length| "a".repeat(length));
    assert_eq!(batch(&mut aws, &url, vec![entry("1", &*half), entry("2", &*half)]).unwrap().failed, None);
    assert_eq!(
        batch(&mut aws, &url, vec![entry("1", half), entry("2", more)]).unwrap_err().to_string(),
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes."
    );
}

#[test]
fn batch_without_what_a_fifo_queue_needs_fails_as_a_whole() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[]);
    let mut complete = entry("1", "m");
    complete.message_group_id = Some("g".to_owned());
    complete.message_deduplication_id = Some("id".to_owned());
    let mut error = |change: fn(&mut Entry)| {
        let mut incomplete = Entry { id: Some("2".to_owned()), ..complete.clone() };
        change(&mut incomplete);
        let description = batch(&mut aws, &url, vec![complete.clone(), incomplete]).unwrap_err().describe();
        (description.code, description.message)
    };
    assert_eq!(
        error(|entry| entry.message_group_id = None),
        ("InvalidParameterValue", "The request must contain the parameter MessageGroupId.".to_owned())
    );
    assert_eq!(
        error(|entry| entry.message_deduplication_id = None),
        (
            "InvalidParameterValue",
            "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
                .to_owned()
        )
    );
    assert_eq!(aws.counts(&url), [0, 0, 0]);
}

#[test]
fn entries_of_a_batch_are_enqueued_in_order() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[("ContentBasedDeduplication", "true")]);
    let entries =
        (0..10).map(|at| Entry { message_group_id: Some("g".to_owned()), ..entry(&at.to_string(), at.to_string()) });
    let result = batch(&mut aws, &url, entries.collect()).unwrap();
    let sequence: Vec<String> =
        result.successful.unwrap().into_iter().map(|entry| entry.sequence_number.unwrap()).collect();
    assert!(sequence.is_sorted() && sequence[0] < sequence[9]);
    assert_eq!(aws.bodies(&url), (0..10).map(|at| at.to_string()).collect::<Vec<_>>());
}

#[test]
fn message_timer_overrides_the_delay_of_a_standard_queue() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("DelaySeconds", "5")]);
    let send = Send { url: &url, body: "now", delay: Some(0), ..Send::default() };
    aws.try_send(send).unwrap();
    aws.try_send(Send { body: "later", delay: None, ..send }).unwrap();
    aws.set(&url, "DelaySeconds", "0");
    assert_eq!(aws.bodies(&url), ["now"]);
    aws.wait(4_999);
    assert_eq!(aws.bodies(&url), [""; 0], "a changed delay is not for messages that are there already");
    aws.wait(1);
    assert_eq!(aws.bodies(&url), ["later"]);
}

#[test]
fn group_on_a_standard_queue_locks_nothing_and_reads_back() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let send = Send { url: &url, body: "1", group: Some("tenant"), ..Send::default() };
    assert_eq!(aws.try_send(send).unwrap().sequence_number, None);
    aws.try_send(Send { body: "2", ..send }).unwrap();
    let one = ReceiveMessageRequest { max_number_of_messages: None, ..receive(&url) };
    let [first, second] = [one.clone(), one].map(|input| aws.try_receive(input).unwrap().remove(0));
    assert_eq!(attribute(&first, "MessageGroupId").as_deref(), Some("tenant"));
    assert_eq!((attribute(&first, "MessageDeduplicationId"), second.body.as_deref()), (None, Some("2")));
}

#[test]
fn quiet_tenants_go_before_a_noisy_one() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    for _ in 0..50 {
        aws.try_send(Send { url: &url, body: "noisy", group: Some("noisy"), ..Send::default() }).unwrap();
    }
    aws.try_send(Send { url: &url, body: "quiet", group: Some("quiet"), ..Send::default() }).unwrap();
    for _ in 0..3 {
        assert_eq!(aws.bodies(&url), ["noisy"; 10]);
    }
    let mut next = aws.bodies(&url);
    assert_eq!(next.remove(0), "quiet", "the noisy tenant has 30 of 30 messages in flight");
    assert_eq!(next, ["noisy"; 9]);
}

#[test]
fn purge_is_refused_within_a_minute_of_the_last_one() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    aws.send(&url, "m");
    aws.purge(&url).unwrap();
    assert!(happenings(&aws.events).contains(&&Happening::Purged { messages: 1 }));
    aws.wait(59_999);
    assert_eq!(
        aws.purge(&url).unwrap_err().to_string(),
        "Only one PurgeQueue operation on q is allowed every 60 seconds."
    );
    aws.wait(1);
    aws.purge(&url).unwrap();
}
