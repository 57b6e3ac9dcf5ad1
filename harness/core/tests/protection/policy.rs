//! Policies are set and shown.

use redeliver_core::sns::Error;
use serde_json::json;

use super::driver::{Driver, policy};

/// Recorded 2025-12-18.
#[test]
fn policy_is_shown_as_it_was_set() {
    let mut driver = Driver::new(None);
    let topic = driver.topic();
    assert_eq!(driver.get(&topic), Ok(None));
    let policy = policy("Inbound", &json!({ "Deny": {} }));
    driver.put(&policy).unwrap();
    assert_eq!(driver.get(&topic), Ok(Some(policy.clone())));
    driver.put("").unwrap();
    assert_eq!(driver.get(&topic), Ok(None));
    let made = driver.create("other", Some(policy.clone())).unwrap();
    assert_eq!(driver.get(&made), Ok(Some(policy)));
}

#[test]
fn only_standard_topics_that_exist_have_one() {
    let mut driver = Driver::new(None);
    let policy = policy("Inbound", &json!({ "Deny": {} }));
    let refused = Error::Reason {
        parameter: "DataProtectionPolicy",
        reason: "FIFO topics have no data protection policy".to_owned(),
    };
    assert_eq!(driver.create("topic.fifo", Some(policy)), Err(refused));
    assert_eq!(driver.get("arn:aws:sns:us-east-1:000000000000:none"), Err(Error::TopicDoesNotExist));
    let told = driver.put("no json").unwrap_err().to_string();
    assert_eq!(told, "Invalid parameter: DataProtectionPolicy Reason: the policy is not a JSON object");
}
