//! Redrive policies: which targets a queue may have.

use redeliver_core::sqs::{Error, RedriveFault};

use super::driver::Driver;

fn redrive(arn: &str) -> String {
    format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":3}}"#)
}

fn set(driver: &mut Driver, url: &str, arn: &str) -> Result<(), Error> {
    driver.set(url, &[("RedrivePolicy", &redrive(arn))])
}

fn refused(arn: &str, fault: RedriveFault) -> Result<(), Error> {
    Err(Error::RedrivePolicy { document: redrive(arn), fault })
}

#[test]
fn target_is_of_the_same_account_region_and_type() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    driver.queue("dead.fifo");
    for (arn, fault) in [
        ("arn:aws:sqs:us-east-1:111111111111:dead", RedriveFault::TargetOwner),
        ("arn:aws:sqs:eu-west-1:000000000000:dead", RedriveFault::TargetRegion),
        ("arn:aws:sqs:us-east-1:000000000000:dead.fifo", RedriveFault::TargetType),
        ("arn:aws:sqs:us-east-1:000000000000:dead", RedriveFault::TargetMissing),
    ] {
        assert_eq!(set(&mut driver, &url, arn), refused(arn, fault));
    }
    driver.queue("dead");
    assert_eq!(set(&mut driver, &url, "arn:aws:sqs:us-east-1:000000000000:dead"), Ok(()));
}

#[test]
fn queue_may_be_its_own_target_once_it_exists() {
    let mut driver = Driver::new();
    let arn = "arn:aws:sqs:us-east-1:000000000000:q";
    let created = driver.create("q", &[("RedrivePolicy", &redrive(arn))]);
    assert_eq!(created.map(|_| ()), refused(arn, RedriveFault::TargetMissing));
    let url = driver.queue("q");
    assert_eq!(set(&mut driver, &url, arn), Ok(()));
}

#[test]
fn target_that_denies_all_is_refused() {
    let mut driver = Driver::new();
    let [url, dead] = ["q", "dead"].map(|name| driver.queue(name));
    let arn = driver.arn(&dead);
    driver.set(&dead, &[("RedriveAllowPolicy", r#"{"redrivePermission":"denyAll"}"#)]).unwrap();
    assert_eq!(set(&mut driver, &url, &arn), refused(&arn, RedriveFault::TargetRefuses));
    driver.set(&dead, &[("RedriveAllowPolicy", r#"{"redrivePermission":"allowAll"}"#)]).unwrap();
    assert_eq!(set(&mut driver, &url, &arn), Ok(()));
}

#[test]
fn target_that_allows_by_queue_takes_only_those() {
    let mut driver = Driver::new();
    let [url, other, dead] = ["q", "other", "dead"].map(|name| driver.queue(name));
    let [source, arn] = [driver.arn(&url), driver.arn(&dead)];
    let allow = format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":["{source}"]}}"#);
    driver.set(&dead, &[("RedriveAllowPolicy", &allow)]).unwrap();
    assert_eq!(set(&mut driver, &url, &arn), Ok(()));
    assert_eq!(set(&mut driver, &other, &arn), refused(&arn, RedriveFault::TargetRefuses));
    let created = driver.create("new", &[("RedrivePolicy", &redrive(&arn))]);
    assert_eq!(created.map(|_| ()), refused(&arn, RedriveFault::TargetRefuses));
}

#[test]
fn other_attributes_can_be_set_when_the_target_is_gone() {
    let mut driver = Driver::new();
    let [url, dead] = ["q", "dead"].map(|name| driver.queue(name));
    let arn = driver.arn(&dead);
    set(&mut driver, &url, &arn).unwrap();
    driver.delete(&dead).unwrap();
    assert_eq!(driver.set(&url, &[("DelaySeconds", "1")]), Ok(()));
    assert_eq!(set(&mut driver, &url, &arn), refused(&arn, RedriveFault::TargetMissing), "but not the policy again");
}
