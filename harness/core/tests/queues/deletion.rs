//! Deleting queues, and using their names again.

use std::time::Duration;

use redeliver_core::Limits;
use redeliver_core::sqs::Error;

use super::driver::{Driver, Slow};

#[test]
fn deleted_queue_is_gone() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    driver.delete(&url).unwrap();
    assert_eq!(driver.get(&url, &["All"]), Err(Error::QueueDoesNotExist));
    assert_eq!(driver.delete(&url), Err(Error::QueueDoesNotExist));
}

#[test]
fn name_is_free_again_after_sixty_seconds() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    driver.delete(&url).unwrap();
    driver.wait(Duration::from_millis(59_999));
    assert_eq!(driver.create("q", &[]), Err(Error::QueueDeletedRecently));
    driver.wait(Duration::from_millis(1));
    assert_eq!(driver.create("q", &[]), Ok(url));
}

#[test]
fn name_is_free_at_once_where_the_cooldown_is_lifted() {
    let mut driver = Driver::with(Limits::relaxed(), Box::new(Slow));
    let url = driver.create("q", &[("DelaySeconds", "5")]).unwrap();
    driver.delete(&url).unwrap();
    assert_eq!(driver.create("q", &[]), Ok(url.clone()), "although the deletion has not settled");
    driver.wait(Duration::from_mins(2));
    assert_eq!(
        driver.attribute(&url, "DelaySeconds").as_deref(),
        Some("0"),
        "the new queue outlives the old one's end"
    );
}

#[test]
fn deletion_may_take_a_while_until_requests_see_it() {
    let mut driver = Driver::with(Limits::default(), Box::new(Slow));
    let url = driver.queue("q");
    driver.delete(&url).unwrap();
    driver.wait(Duration::from_millis(29_999));
    assert!(driver.get(&url, &["All"]).is_ok());
    assert_eq!(driver.delete(&url), Ok(()), "deleting it again is silent");
    assert_eq!(driver.create("q", &[]), Err(Error::QueueDeletedRecently));
    driver.wait(Duration::from_millis(1));
    assert_eq!(driver.get(&url, &["All"]), Err(Error::QueueDoesNotExist));
}

#[test]
fn name_of_another_region_stays_free() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    driver.delete(&url).unwrap();
    driver.caller.region = "eu-west-1".into();
    assert_eq!(driver.create("q", &[]), Ok(url));
}
