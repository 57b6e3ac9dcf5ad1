//! Creating a queue that exists already, and names that cannot be.

use redeliver_core::sqs::Error;
use redeliver_model::sqs::{Command, CreateQueueRequest};

use super::driver::Driver;

fn conflict(attribute: &str) -> Result<String, Error> {
    Err(Error::QueueNameExists { attribute: attribute.to_owned() })
}

#[test]
fn url_is_made_of_endpoint_account_and_name() {
    let mut driver = Driver::new();
    assert_eq!(driver.create("q", &[]), Ok("http://localhost:9324/000000000000/q".to_owned()));
}

#[test]
fn same_call_again_gives_the_same_url() {
    let mut driver = Driver::new();
    let attributes = [("DelaySeconds", "1"), ("VisibilityTimeout", "7")];
    let url = driver.create("q", &attributes);
    assert_eq!(driver.create("q", &attributes), url);
    assert_eq!(driver.create("q", &[]), url, "no attributes agree with any");
    assert_eq!(driver.create("q", &[("VisibilityTimeout", "7")]), url, "nor need they be all");
    assert_eq!(driver.create("q", &[("MaximumMessageSize", "1048576")]), url, "a default counts like a given value");
}

#[test]
fn first_attribute_that_differs_is_named() {
    let mut driver = Driver::new();
    driver.create("q", &[("DelaySeconds", "1")]).unwrap();
    let differing = [("VisibilityTimeout", "30"), ("DelaySeconds", "2"), ("MaximumMessageSize", "1024")];
    assert_eq!(driver.create("q", &differing), conflict("DelaySeconds"));
}

#[test]
fn current_values_count_and_not_those_of_the_creation() {
    let mut driver = Driver::new();
    let url = driver.create("q", &[("DelaySeconds", "1")]).unwrap();
    driver.set(&url, &[("DelaySeconds", "2")]).unwrap();
    assert_eq!(driver.create("q", &[("DelaySeconds", "1")]), conflict("DelaySeconds"));
    assert_eq!(driver.create("q", &[("DelaySeconds", "2")]), Ok(url));
}

#[test]
fn fifo_attributes_are_compared_too() {
    let mut driver = Driver::new();
    let url = driver.queue("q.fifo");
    assert_eq!(driver.create("q.fifo", &[("FifoQueue", "True")]), Ok(url));
    let content_based = [("FifoQueue", "true"), ("ContentBasedDeduplication", "true")];
    assert_eq!(driver.create("q.fifo", &content_based), conflict("ContentBasedDeduplication"));
}

#[test]
fn fifo_in_the_name_and_fifo_in_the_attributes_go_together() {
    let mut driver = Driver::new();
    let fifo = [("FifoQueue", "true")];
    assert_eq!(driver.create("q", &fifo), Err(Error::InvalidQueueName { fifo: true }));
    assert_eq!(driver.create("q.fifo", &[]), Err(Error::InvalidQueueName { fifo: false }));
    assert_eq!(driver.create("a/b", &[]), Err(Error::InvalidQueueName { fifo: false }));
    assert!(driver.create("q.fifo", &fifo).is_ok());
}

#[test]
fn missing_name_and_empty_name_are_told_alike() {
    let mut driver = Driver::new();
    assert_eq!(driver.create("", &[]), Err(Error::QueueNameMissing));
    let missing = driver.call(Command::CreateQueue(CreateQueueRequest::default()));
    assert_eq!(missing, Err(Error::QueueNameMissing));
}

#[test]
fn standard_queue_cannot_be_made_with_fifo_attributes() {
    let mut driver = Driver::new();
    let unknown = |attribute: &str| Err(Error::UnknownAttribute { attribute: attribute.to_owned() });
    assert_eq!(driver.create("q", &[("FifoQueue", "false")]), unknown("FifoQueue"));
    let content_based = [("ContentBasedDeduplication", "true")];
    assert_eq!(driver.create("q", &content_based), unknown("ContentBasedDeduplication"));
    let scope = driver.create("q", &[("DeduplicationScope", "queue")]);
    assert_eq!(scope, Err(Error::FifoOnlyAttribute { attribute: "DeduplicationScope" }));
    let limit = driver.create("q", &[("FifoThroughputLimit", "perQueue")]);
    assert_eq!(limit, Err(Error::FifoOnlyAttribute { attribute: "FifoThroughputLimit" }));
}

#[test]
fn refused_queue_leaves_nothing_behind() {
    let mut driver = Driver::new();
    driver.create("q", &[("DelaySeconds", "901")]).unwrap_err();
    let url = driver.create("q", &[("DelaySeconds", "9")]).unwrap();
    assert_eq!(driver.attribute(&url, "DelaySeconds").as_deref(), Some("9"));
}
