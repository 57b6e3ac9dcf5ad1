//! Finding queues by URL and by name.

use redeliver_core::sqs::Error;
use redeliver_model::sqs::{Command, GetQueueUrlRequest, Reply};

use super::driver::{ACCOUNT, Driver};

fn url_of(driver: &mut Driver, name: &str, owner: Option<&str>) -> Result<String, Error> {
    let input =
        GetQueueUrlRequest { queue_name: Some(name.to_owned()), queue_owner_aws_account_id: owner.map(str::to_owned) };
    match driver.call(Command::GetQueueUrl(input))? {
        Reply::GetQueueUrl(result) => Ok(result.queue_url.expect("a queue has a URL")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn url_of_any_host_path_and_bare_name_lead_to_the_queue() {
    let mut driver = Driver::new();
    let arn = format!("arn:aws:sqs:us-east-1:{ACCOUNT}:q");
    driver.queue("q");
    for url in [
        "http://localhost:9324/000000000000/q",
        "https://sqs.us-east-1.amazonaws.com/000000000000/q",
        "https://eu-west-1.queue.amazonaws.com/000000000000/q",
        "/000000000000/q",
        "q",
    ] {
        assert_eq!(driver.arn(url), arn, "{url}");
    }
}

#[test]
fn url_of_no_queue_is_told_from_no_url() {
    let mut driver = Driver::new();
    driver.queue("q");
    let mut all = |url: &str| driver.get(url, &["All"]).unwrap_err();
    assert_eq!(all("http://localhost:9324/000000000000/other"), Error::QueueDoesNotExist);
    assert_eq!(all("http://localhost:9324/111111111111/q"), Error::QueueDoesNotExist);
    assert_eq!(all("other"), Error::QueueDoesNotExist);
    assert_eq!(all("Q"), Error::QueueDoesNotExist, "names are case-sensitive");
    assert_eq!(all("https://localhost/"), Error::InvalidAddress { url: "https://localhost/".to_owned() });
    assert_eq!(all(""), Error::MissingParameter { parameter: "QueueUrl" });
}

#[test]
fn name_leads_to_the_url() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    assert_eq!(url_of(&mut driver, "q", None), Ok(url.clone()));
    assert_eq!(url_of(&mut driver, "q", Some(ACCOUNT)), Ok(url));
    assert_eq!(url_of(&mut driver, "q", Some("111111111111")), Err(Error::QueueDoesNotExist));
    assert_eq!(url_of(&mut driver, "other", None), Err(Error::QueueDoesNotExist));
    assert_eq!(url_of(&mut driver, "", None), Err(Error::QueueNameMissing));
}

#[test]
fn url_has_the_host_that_was_asked() {
    let mut driver = Driver::new();
    driver.queue("q");
    driver.caller.endpoint = "http://queues.test".into();
    assert_eq!(url_of(&mut driver, "q", None), Ok("http://queues.test/000000000000/q".to_owned()));
}

#[test]
fn regions_have_queues_of_their_own() {
    let mut driver = Driver::new();
    let url = driver.create("q", &[("DelaySeconds", "1")]).unwrap();
    driver.caller.region = "eu-west-1".into();
    assert_eq!(url_of(&mut driver, "q", None), Err(Error::QueueDoesNotExist));
    driver.create("q", &[("DelaySeconds", "2")]).unwrap();
    assert_eq!(driver.attribute(&url, "DelaySeconds").as_deref(), Some("2"));
    driver.caller.region = "us-east-1".into();
    assert_eq!(driver.attribute(&url, "DelaySeconds").as_deref(), Some("1"));
}

#[test]
fn arn_has_the_partition_of_the_region() {
    let mut driver = Driver::new();
    for (region, partition) in [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eu-west-1", "aws")] {
        driver.caller.region = region.into();
        let url = driver.queue("q");
        assert_eq!(driver.arn(&url), format!("arn:{partition}:sqs:{region}:{ACCOUNT}:q"));
    }
}
