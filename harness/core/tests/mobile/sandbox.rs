//! The sandbox of text messages.

use std::time::Duration;

use redeliver_core::Limits;
use redeliver_core::sns::Error;
use redeliver_model::sns::{
    Command, CreateSMSSandboxPhoneNumberInput, DeleteSMSSandboxPhoneNumberInput, ListSMSSandboxPhoneNumbersInput,
    Reply, SMSSandboxPhoneNumberVerificationStatus as Status, VerifySMSSandboxPhoneNumberInput,
};

use crate::driver::{Driver, NUMBER};

/// Adds the number, and gives the password that it was sent.
fn add(driver: &mut Driver) -> String {
    let input = CreateSMSSandboxPhoneNumberInput { phone_number: Some(NUMBER.to_owned()), language_code: None };
    driver.call(Command::CreateSMSSandboxPhoneNumber(input)).expect("the number is good");
    let entry = driver.last();
    assert_eq!((entry.endpoint.as_str(), entry.failure), (NUMBER, None));
    entry.message.chars().filter(char::is_ascii_digit).collect()
}

fn verify(driver: &mut Driver, password: &str) -> Result<Reply, Error> {
    driver.call(Command::VerifySMSSandboxPhoneNumber(VerifySMSSandboxPhoneNumberInput {
        phone_number: Some(NUMBER.to_owned()),
        one_time_password: Some(password.to_owned()),
    }))
}

fn delete(driver: &mut Driver) -> Result<Reply, Error> {
    let input = DeleteSMSSandboxPhoneNumberInput { phone_number: Some(NUMBER.to_owned()) };
    driver.call(Command::DeleteSMSSandboxPhoneNumber(input))
}

fn statuses(driver: &mut Driver) -> Vec<Option<Status>> {
    let list = Command::ListSMSSandboxPhoneNumbers(ListSMSSandboxPhoneNumbersInput::default());
    let Ok(Reply::ListSMSSandboxPhoneNumbers(listed)) = driver.call(list) else { panic!("it is listed") };
    listed.phone_numbers.unwrap_or_default().into_iter().map(|number| number.status).collect()
}

#[test]
fn messages_arrive_once_the_number_is_verified() {
    let mut driver = Driver::new();
    let unverified = Some("Phone number is not verified in the SMS sandbox".to_owned());
    driver.text(NUMBER, "hello", &[]).unwrap();
    assert_eq!(driver.last().failure, unverified);
    let password = add(&mut driver);
    driver.text(NUMBER, "hello", &[]).unwrap();
    assert_eq!((driver.last().failure, statuses(&mut driver)), (unverified, vec![Some(Status::Pending)]));
    verify(&mut driver, &password).unwrap();
    driver.text(NUMBER, "hello", &[]).unwrap();
    assert_eq!((driver.last().failure, statuses(&mut driver)), (None, vec![Some(Status::Verified)]));
}

#[test]
fn last_password_alone_verifies() {
    let mut driver = Driver::new();
    let [first, second] = [add(&mut driver), add(&mut driver)];
    assert_eq!((first.len(), second.len()), (6, 6));
    assert_ne!(first, second);
    assert_eq!(verify(&mut driver, &first).unwrap_err().describe().code, "VerificationException");
    verify(&mut driver, &second).unwrap();
}

#[test]
fn verified_number_stays_for_a_day() {
    let mut driver = Driver::new();
    let password = add(&mut driver);
    verify(&mut driver, &password).unwrap();
    driver.wait(Duration::from_millis(24 * 60 * 60 * 1_000 - 1));
    assert_eq!(delete(&mut driver).unwrap_err().describe().code, "UserError");
    driver.wait(Duration::from_millis(1));
    delete(&mut driver).unwrap();
    assert_eq!(statuses(&mut driver), []);
}

#[test]
fn outside_of_the_sandbox_all_numbers_get_messages() {
    let mut driver = Driver::with(Limits { sms_sandbox: false, ..Limits::default() });
    driver.text(NUMBER, "hello", &[]).unwrap();
    assert_eq!(driver.last().failure, None);
}
