//! Tags of queues.

use std::collections::BTreeMap;

use redeliver_core::sqs::{Error, TagFault};
use redeliver_model::sqs::{
    Command, CreateQueueRequest, ListQueueTagsRequest, Reply, TagQueueRequest, UntagQueueRequest,
};

use super::driver::Driver;

fn tag(driver: &mut Driver, url: &str, tags: &[(&str, &str)]) -> Result<(), Error> {
    let tags = tags.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
    let input = TagQueueRequest { queue_url: Some(url.to_owned()), tags: Some(tags) };
    driver.call(Command::TagQueue(input)).map(|_| ())
}

fn untag(driver: &mut Driver, url: &str, keys: &[&str]) -> Result<(), Error> {
    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
    let input = UntagQueueRequest { queue_url: Some(url.to_owned()), tag_keys: Some(keys) };
    driver.call(Command::UntagQueue(input)).map(|_| ())
}

fn tags(driver: &mut Driver, url: &str) -> Option<BTreeMap<String, String>> {
    let input = ListQueueTagsRequest { queue_url: Some(url.to_owned()) };
    match driver.call(Command::ListQueueTags(input)).expect("the queue exists") {
        Reply::ListQueueTags(result) => result.tags.map(|tags| tags.into_iter().collect()),
        other => panic!("{other:?}"),
    }
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect()
}

/// Recorded on AWS.
#[test]
fn tags_come_overwrite_and_go() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    assert_eq!(tags(&mut driver, &url), None);
    tag(&mut driver, &url, &[("tag1", "value1"), ("Tag1", "other"), ("tag2", "")]).unwrap();
    tag(&mut driver, &url, &[("tag1", "new")]).unwrap();
    assert_eq!(tags(&mut driver, &url), Some(texts(&[("Tag1", "other"), ("tag1", "new"), ("tag2", "")])));
    untag(&mut driver, &url, &["tag1", "unknown"]).unwrap();
    assert_eq!(tags(&mut driver, &url), Some(texts(&[("Tag1", "other"), ("tag2", "")])));
    untag(&mut driver, &url, &["Tag1", "tag2"]).unwrap();
    assert_eq!(tags(&mut driver, &url), None);
}

#[test]
fn queue_can_be_made_with_tags() {
    let mut driver = Driver::new();
    let mut create = |name: &str, key: &str| {
        let input = CreateQueueRequest {
            queue_name: Some(name.to_owned()),
            tags: Some([(key.to_owned(), "v".to_owned())].into_iter().collect()),
            ..Default::default()
        };
        driver.call(Command::CreateQueue(input)).map(|_| ())
    };
    create("q", "k").unwrap();
    let reserved = Error::InvalidTag { key: "aws:k".to_owned(), fault: TagFault::KeyReserved };
    assert_eq!(create("other", "aws:k"), Err(reserved));
    assert_eq!(tags(&mut driver, "q"), Some(texts(&[("k", "v")])));
    assert_eq!(driver.get("other", &["All"]), Err(Error::QueueDoesNotExist));
}

#[test]
fn queue_has_at_most_fifty_tags() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    let keys: Vec<String> = (0..50).map(|number| format!("k{number:02}")).collect();
    let fifty: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "v")).collect();
    tag(&mut driver, &url, &fifty).unwrap();
    let too_many = Error::TooManyTags { queue: "q".to_owned() };
    assert_eq!(tag(&mut driver, &url, &[("k00", "new"), ("k50", "v")]), Err(too_many));
    assert_eq!(tags(&mut driver, &url), Some(texts(&fifty)), "nothing of it was done");
    assert_eq!(tag(&mut driver, &url, &[("k00", "new")]), Ok(()), "overwriting adds none");
}

#[test]
fn calls_without_tags_or_keys_are_refused() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    assert_eq!(tag(&mut driver, &url, &[]), Err(Error::MissingParameter { parameter: "Tags" }));
    assert_eq!(untag(&mut driver, &url, &[]), Err(Error::MissingParameter { parameter: "TagKeys" }));
}
