//! `AddPermission` and `RemovePermission`: the documents that they write.

use redeliver_core::sqs::Error;
use redeliver_model::sqs::{AddPermissionRequest, Command, RemovePermissionRequest};

use super::driver::Driver;

fn add(driver: &mut Driver, url: &str, label: &str, accounts: &[&str], actions: &[&str]) -> Result<(), Error> {
    let owned = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
    let input = AddPermissionRequest {
        queue_url: Some(url.to_owned()),
        label: Some(label.to_owned()),
        aws_account_ids: owned(accounts),
        actions: owned(actions),
    };
    driver.call(Command::AddPermission(input)).map(|_| ())
}

fn remove(driver: &mut Driver, url: &str, label: &str) -> Result<(), Error> {
    let input = RemovePermissionRequest { queue_url: Some(url.to_owned()), label: Some(label.to_owned()) };
    driver.call(Command::RemovePermission(input)).map(|_| ())
}

const ONE: &str = "111111111111";
const OTHER: &str = "222222222222";

/// Recorded on AWS; the order of the members is that of the recording.
#[test]
fn permissions_become_statements_in_the_words_of_aws() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    add(&mut driver, &url, "both", &[OTHER, ONE], &["ReceiveMessage"]).unwrap();
    add(&mut driver, &url, "one", &[ONE], &["SendMessage", "*"]).unwrap();
    let expected = concat!(
        r#"{"Version":"2008-10-17","Id":"arn:aws:sqs:us-east-1:000000000000:q/SQSDefaultPolicy","Statement":["#,
        r#"{"Sid":"both","Effect":"Allow","#,
        r#""Principal":{"AWS":["arn:aws:iam::222222222222:root","arn:aws:iam::111111111111:root"]},"#,
        r#""Action":"SQS:ReceiveMessage","Resource":"arn:aws:sqs:us-east-1:000000000000:q"},"#,
        r#"{"Sid":"one","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"#,
        r#""Action":["SQS:SendMessage","SQS:*"],"Resource":"arn:aws:sqs:us-east-1:000000000000:q"}]}"#,
    );
    assert_eq!(driver.attribute(&url, "Policy").as_deref(), Some(expected));
}

/// Both texts were recorded on AWS.
#[test]
fn labels_are_unique_and_must_be_there_to_be_removed() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    add(&mut driver, &url, "label", &[ONE], &["ReceiveMessage"]).unwrap();
    let again = add(&mut driver, &url, "label", &[OTHER], &["ReceiveMessage"]).unwrap_err();
    assert_eq!(again.to_string(), "Value label for parameter Label is invalid. Reason: Already exists.");
    let unknown = remove(&mut driver, &url, "other").unwrap_err();
    assert_eq!(unknown.to_string(), "Value other for parameter Label is invalid. Reason: can't find label.");
}

#[test]
fn removing_the_last_statement_removes_the_policy() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    for label in ["a", "b"] {
        add(&mut driver, &url, label, &[ONE], &["ReceiveMessage"]).unwrap();
    }
    remove(&mut driver, &url, "a").unwrap();
    let left = driver.attribute(&url, "Policy").unwrap();
    assert!(left.contains(r#""Sid":"b""#) && !left.contains(r#""Sid":"a""#), "{left}");
    remove(&mut driver, &url, "b").unwrap();
    assert_eq!(driver.get(&url, &["Policy"]), Ok(None));
    assert!(remove(&mut driver, &url, "b").is_err());
}

#[test]
fn permission_joins_a_policy_that_was_set() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    let own = r#"{"Statement":{"Sid":"own","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#;
    driver.set(&url, &[("Policy", own)]).unwrap();
    assert!(add(&mut driver, &url, "own", &[ONE], &["SendMessage"]).is_err(), "its label is taken");
    add(&mut driver, &url, "new", &[ONE], &["SendMessage"]).unwrap();
    remove(&mut driver, &url, "new").unwrap();
    let left = r#"{"Statement":[{"Sid":"own","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;
    assert_eq!(driver.attribute(&url, "Policy").as_deref(), Some(left));
}

#[test]
fn permissions_that_cannot_be_are_refused() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    let mut text = |label: &str, accounts: &[&str], actions: &[&str]| {
        add(&mut driver, &url, label, accounts, actions).unwrap_err().to_string()
    };
    let long = "l".repeat(81);
    for label in ["two words", long.as_str()] {
        let expected = format!("Value {label} for parameter Label is invalid.");
        assert!(text(label, &[ONE], &["SendMessage"]).starts_with(&expected));
    }
    assert_eq!(text("", &[ONE], &["SendMessage"]), "The request must contain the parameter Label.");
    assert_eq!(text("l", &[ONE], &[]), "The request must contain the parameter Actions.");
    let unverified =
        |ids: &str| format!("Value [{ids}] for parameter PrincipalId is invalid. Reason: Unable to verify.");
    assert_eq!(text("l", &[], &["SendMessage"]), unverified(""));
    assert_eq!(text("l", &[ONE, "me"], &["SendMessage"]), unverified("111111111111, me"));
    let action =
        |name: &str, reason: &str| format!("Value SQS:{name} for parameter ActionName is invalid. Reason: {reason}");
    let owner_only = "Only the queue owner is allowed to invoke this action.";
    assert_eq!(text("l", &[ONE], &["SendMessage", "RemovePermission"]), action("RemovePermission", owner_only));
    let unknown = "Please refer to the appropriate WSDL for a list of valid actions.";
    assert_eq!(text("l", &[ONE], &["Send"]), action("Send", unknown));
    assert_eq!(driver.get(&url, &["Policy"]), Ok(None));
}

#[test]
fn quotas_of_a_permission_and_of_a_policy_hold() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    let eight = ["SendMessage"; 8];
    assert_eq!(add(&mut driver, &url, "l", &[ONE], &eight), Err(Error::TooManyActions { found: 8 }));
    assert_eq!(add(&mut driver, &url, "seven", &[ONE], &eight[..7]), Ok(()));
    for number in 1..20 {
        add(&mut driver, &url, &format!("l{number}"), &[ONE], &["SendMessage"]).unwrap();
    }
    let over = add(&mut driver, &url, "l20", &[ONE], &["SendMessage"]).unwrap_err();
    assert_eq!(over.describe().code, "OverLimit");
}
