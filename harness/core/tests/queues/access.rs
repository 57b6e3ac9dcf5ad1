//! Calls of another account: only what the queue's policy plainly allows.

use redeliver_core::sqs::Error;
use redeliver_model::sqs::{
    AddPermissionRequest, Command, GetQueueUrlRequest, ListDeadLetterSourceQueuesRequest,
    ListDeadLetterSourceQueuesResult, Reply, SendMessageBatchRequest, SendMessageBatchRequestEntry, SendMessageRequest,
    TagQueueRequest,
};

use super::driver::Driver;

const STRANGER: &str = "111111111111";

/// A queue that lets a stranger send and ask for its URL; the stranger makes the next call.
fn driver() -> (Driver, String) {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    let input = AddPermissionRequest {
        queue_url: Some(url.clone()),
        label: Some("stranger".to_owned()),
        aws_account_ids: Some(vec![STRANGER.to_owned()]),
        actions: Some(vec!["SendMessage".to_owned(), "GetQueueUrl".to_owned()]),
    };
    driver.call(Command::AddPermission(input)).expect("the owner may grant");
    driver.caller.account = STRANGER.into();
    driver.caller.principal = "AIDASTRANGER".into();
    (driver, url)
}

fn denied(action: &'static str) -> Error {
    let queue = "arn:aws:sqs:us-east-1:000000000000:q".to_owned();
    Error::AccessDenied { principal: "AIDASTRANGER".to_owned(), action, queue }
}

#[test]
fn allowed_action_stands_for_its_batch_too() {
    let (mut driver, url) = driver();
    let send = SendMessageRequest {
        queue_url: Some(url.clone()),
        message_body: Some("body".to_owned()),
        ..Default::default()
    };
    assert!(driver.call(Command::SendMessage(send)).is_ok());
    let entry = SendMessageBatchRequestEntry {
        id: Some("a".to_owned()),
        message_body: Some("body".to_owned()),
        ..Default::default()
    };
    let batch = SendMessageBatchRequest { queue_url: Some(url), entries: Some(vec![entry]) };
    assert!(driver.call(Command::SendMessageBatch(batch)).is_ok());
}

#[test]
fn what_the_policy_does_not_name_is_denied() {
    let (mut driver, url) = driver();
    assert_eq!(driver.get(&url, &["All"]), Err(denied("GetQueueAttributes")));
    driver.caller.account = "222222222222".into();
    let send = SendMessageRequest { queue_url: Some(url), ..Default::default() };
    assert_eq!(driver.call(Command::SendMessage(send)), Err(denied("SendMessage")));
}

#[test]
fn some_operations_are_for_the_owner_whatever_the_policy_says() {
    let (mut driver, url) = driver();
    driver.caller.account = super::driver::ACCOUNT.into();
    let open = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}}"#;
    driver.set(&url, &[("Policy", open)]).unwrap();
    driver.caller.account = STRANGER.into();
    assert!(driver.get(&url, &["All"]).is_ok());
    assert_eq!(driver.delete(&url), Err(denied("DeleteQueue")));
    assert_eq!(driver.set(&url, &[("DelaySeconds", "1")]), Err(denied("SetQueueAttributes")));
    let tag = TagQueueRequest { queue_url: Some(url), tags: None };
    assert_eq!(driver.call(Command::TagQueue(tag)), Err(denied("TagQueue")));
}

#[test]
fn name_of_another_accounts_queue_leads_to_its_url_if_the_policy_allows() {
    let (mut driver, _) = driver();
    let ask = |driver: &mut Driver| {
        let owner = Some(super::driver::ACCOUNT.to_owned());
        let input = GetQueueUrlRequest { queue_name: Some("q".to_owned()), queue_owner_aws_account_id: owner };
        driver.call(Command::GetQueueUrl(input)).map(|_| ())
    };
    assert_eq!(ask(&mut driver), Ok(()));
    driver.caller.account = "222222222222".into();
    assert_eq!(ask(&mut driver), Err(Error::QueueDoesNotExist));
}

#[test]
fn sources_that_another_account_may_list_are_the_owners() {
    let mut driver = Driver::new();
    let dead = driver.queue("dead");
    let open = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}}"#;
    driver.set(&dead, &[("Policy", open)]).unwrap();
    let redrive = format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":3}}"#, driver.arn(&dead));
    let source = driver.create("source", &[("RedrivePolicy", &redrive)]).unwrap();
    driver.caller.account = STRANGER.into();
    let input = ListDeadLetterSourceQueuesRequest { queue_url: Some(dead), ..Default::default() };
    let expected = ListDeadLetterSourceQueuesResult { queue_urls: Some(vec![source]), next_token: None };
    let listed = driver.call(Command::ListDeadLetterSourceQueues(input));
    assert_eq!(listed, Ok(Reply::ListDeadLetterSourceQueues(expected)));
}
