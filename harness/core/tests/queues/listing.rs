//! Listing queues, page by page.

use redeliver_core::sqs::Error;
use redeliver_model::sqs::{
    Command, ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult, ListQueuesRequest, ListQueuesResult,
    Reply,
};

use super::driver::Driver;

fn list(driver: &mut Driver, input: ListQueuesRequest) -> Result<ListQueuesResult, Error> {
    match driver.call(Command::ListQueues(input))? {
        Reply::ListQueues(result) => Ok(result),
        other => panic!("{other:?}"),
    }
}

fn sources(
    driver: &mut Driver,
    url: &str,
    max_results: Option<i32>,
    next_token: Option<String>,
) -> ListDeadLetterSourceQueuesResult {
    let input = ListDeadLetterSourceQueuesRequest { queue_url: Some(url.to_owned()), max_results, next_token };
    match driver.call(Command::ListDeadLetterSourceQueues(input)).expect("the queue exists") {
        Reply::ListDeadLetterSourceQueues(result) => result,
        other => panic!("{other:?}"),
    }
}

/// Names of the queues of these URLs.
fn names(urls: Option<Vec<String>>) -> Vec<String> {
    let urls = urls.unwrap_or_default();
    urls.iter().map(|url| url.rsplit('/').next().expect("a split has parts").to_owned()).collect()
}

fn prefixed(prefix: &str) -> ListQueuesRequest {
    ListQueuesRequest { queue_name_prefix: Some(prefix.to_owned()), ..Default::default() }
}

fn page(max_results: i32, next_token: Option<String>) -> ListQueuesRequest {
    ListQueuesRequest { max_results: Some(max_results), next_token, queue_name_prefix: None }
}

#[test]
fn list_without_queues_has_no_urls() {
    let mut driver = Driver::new();
    assert_eq!(list(&mut driver, ListQueuesRequest::default()), Ok(ListQueuesResult::default()));
    driver.queue("q");
    assert_eq!(list(&mut driver, prefixed("other")), Ok(ListQueuesResult::default()));
}

#[test]
fn prefix_selects_queues_of_the_account_and_region() {
    let mut driver = Driver::new();
    for name in ["orders-b", "orders-a", "Orders", "bills"] {
        driver.queue(name);
    }
    assert_eq!(names(list(&mut driver, prefixed("orders")).unwrap().queue_urls), ["orders-a", "orders-b"]);
    driver.caller.region = "eu-west-1".into();
    assert_eq!(list(&mut driver, prefixed("orders")), Ok(ListQueuesResult::default()));
    driver.caller.region = "us-east-1".into();
    driver.caller.account = "111111111111".into();
    assert_eq!(list(&mut driver, prefixed("orders")), Ok(ListQueuesResult::default()));
}

#[test]
fn pages_hold_every_queue_once() {
    let mut driver = Driver::new();
    for name in ["a", "b", "c", "d"] {
        driver.queue(name);
    }
    let first = list(&mut driver, page(2, None)).unwrap();
    let second = list(&mut driver, page(2, first.next_token.clone())).unwrap();
    assert_eq!(
        (names(first.queue_urls), names(second.queue_urls)),
        (vec!["a".into(), "b".into()], vec!["c".into(), "d".into()])
    );
    assert!(first.next_token.is_some());
    assert_eq!(second.next_token, None, "the last page has no token, though it is full");
}

#[test]
fn pages_stay_right_while_queues_come_and_go() {
    let mut driver = Driver::new();
    let urls = ["b", "d", "f"].map(|name| driver.queue(name));
    let first = list(&mut driver, page(2, None)).unwrap();
    assert_eq!(names(first.queue_urls), ["b", "d"]);
    driver.delete(&urls[1]).unwrap();
    driver.queue("a");
    driver.queue("e");
    let second = list(&mut driver, page(2, first.next_token)).unwrap();
    assert_eq!((names(second.queue_urls), second.next_token), (vec!["e".to_owned(), "f".to_owned()], None));
}

#[test]
fn list_without_max_results_ends_after_a_thousand() {
    let mut driver = Driver::new();
    for number in 0..1_001 {
        driver.queue(&format!("q{number:04}"));
    }
    let all = list(&mut driver, ListQueuesRequest::default()).unwrap();
    assert_eq!((names(all.queue_urls).len(), all.next_token), (1_000, None));
    let page_of_all = list(&mut driver, page(1_000, None)).unwrap();
    let rest = list(&mut driver, page(1_000, page_of_all.next_token)).unwrap();
    assert_eq!(names(rest.queue_urls), ["q1000"]);
}

#[test]
fn numbers_and_tokens_that_cannot_be_are_refused() {
    let mut driver = Driver::new();
    for number in [0, -1, 1_001] {
        assert_eq!(list(&mut driver, page(number, None)), Err(Error::MaxResultsOutOfRange));
    }
    assert!(list(&mut driver, page(1, Some("garbage".to_owned()))).is_err());
}

#[test]
fn sources_of_a_dead_letter_queue_are_listed_page_by_page() {
    let mut driver = Driver::new();
    let target = driver.queue("dead");
    assert_eq!(sources(&mut driver, &target, None, None), ListDeadLetterSourceQueuesResult::default());
    let redrive = format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":3}}"#, driver.arn(&target));
    for name in ["c", "a", "b"] {
        driver.create(name, &[("RedrivePolicy", &redrive)]).unwrap();
    }
    driver.queue("bystander");
    assert_eq!(names(sources(&mut driver, &target, None, None).queue_urls), ["a", "b", "c"]);
    let first = sources(&mut driver, &target, Some(2), None);
    let second = sources(&mut driver, &target, Some(2), first.next_token);
    assert_eq!((names(first.queue_urls), names(second.queue_urls)), (vec!["a".into(), "b".into()], vec!["c".into()]));
    assert_eq!(second.next_token, None);
    driver.set("a", &[("RedrivePolicy", "")]).unwrap();
    assert_eq!(names(sources(&mut driver, &target, None, None).queue_urls), ["b", "c"]);
}
