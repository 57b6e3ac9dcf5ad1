//! Text messages: preferences, opt-out, what they cost.

use std::time::Duration;

use redeliver_core::Limits;
use redeliver_model::sns::{
    CheckIfPhoneNumberIsOptedOutInput, Command, ListPhoneNumbersOptedOutInput, OptInPhoneNumberInput, Reply,
    SetSMSAttributesInput,
};

use crate::driver::{Driver, NUMBER, map};

const DAY: Duration = Duration::from_hours(24);

fn outside() -> Limits {
    Limits { sms_sandbox: false, ..Limits::default() }
}

fn is_opted_out(driver: &mut Driver) -> Option<bool> {
    let input = CheckIfPhoneNumberIsOptedOutInput { phone_number: Some(NUMBER.to_owned()) };
    match driver.call(Command::CheckIfPhoneNumberIsOptedOut(input)) {
        Ok(Reply::CheckIfPhoneNumberIsOptedOut(reply)) => reply.is_opted_out,
        other => panic!("{other:?}"),
    }
}

fn opt_in(driver: &mut Driver) -> bool {
    let input = OptInPhoneNumberInput { phone_number: Some(NUMBER.to_owned()) };
    driver.call(Command::OptInPhoneNumber(input)).is_ok()
}

#[test]
fn who_answers_stop_gets_no_more_messages() {
    let mut driver = Driver::with(outside());
    driver.stop(NUMBER);
    driver.text(NUMBER, "hello", &[]).unwrap();
    assert_eq!(driver.last().failure.as_deref(), Some("Phone number is opted out"));
    let listed = driver.call(Command::ListPhoneNumbersOptedOut(ListPhoneNumbersOptedOutInput::default()));
    let Ok(Reply::ListPhoneNumbersOptedOut(listed)) = listed else { panic!("{listed:?}") };
    assert_eq!((listed.phone_numbers, is_opted_out(&mut driver)), (Some(vec![NUMBER.to_owned()]), Some(true)));
    assert!(opt_in(&mut driver));
    driver.text(NUMBER, "hello", &[]).unwrap();
    assert_eq!((driver.last().failure, is_opted_out(&mut driver)), (None, Some(false)));
}

#[test]
fn number_is_opted_in_once_in_thirty_days() {
    let mut driver = Driver::with(outside());
    driver.stop(NUMBER);
    assert!(opt_in(&mut driver));
    driver.stop(NUMBER);
    driver.wait(Duration::from_millis(30 * 24 * 60 * 60 * 1_000 - 1));
    assert!(!opt_in(&mut driver));
    driver.wait(Duration::from_millis(1));
    assert!(opt_in(&mut driver));
}

#[test]
fn preferences_go_along_where_a_message_says_nothing_else() {
    let mut driver = Driver::with(outside());
    let attributes = Some(map(&[("DefaultSMSType", "Transactional"), ("DefaultSenderID", "Orders")]));
    driver.call(Command::SetSMSAttributes(SetSMSAttributesInput { attributes })).unwrap();
    let own = [("AWS.SNS.SMS.SMSType", "Promotional"), ("other", "x")];
    let mut sent = Vec::new();
    for attributes in [&[][..], &own] {
        driver.text(NUMBER, "hello", attributes).unwrap();
        sent.push(driver.last().attributes.into_values().collect::<Vec<_>>());
    }
    assert_eq!(sent, [["Transactional", "Orders"], ["Promotional", "Orders"]]);
}

#[test]
fn nothing_is_sent_beyond_the_limit_of_a_month() {
    let mut driver = Driver::with(Limits { sms_part_micro_usd: 400_000, ..outside() });
    let mut failures = Vec::new();
    for _ in 0..3 {
        driver.text(NUMBER, "hello", &[]).unwrap();
        failures.push(driver.last().failure);
    }
    assert_eq!(failures, [None, None, Some("No quota left for account".to_owned())]);
    // The next day is in another month.
    driver.wait(DAY);
    driver.text(NUMBER, "hello", &[]).unwrap();
    assert_eq!(driver.last().failure, None);
}

#[test]
fn price_of_a_message_can_be_bounded() {
    let mut driver = Driver::with(Limits { sms_part_micro_usd: 10_000, ..outside() });
    let mut failures = Vec::new();
    for (message, most) in [("short".to_owned(), "0.01"), ("long".repeat(41), "0.01"), ("long".repeat(41), "0.02")] {
        driver.text(NUMBER, &message, &[("AWS.SNS.SMS.MaxPrice", most)]).unwrap();
        failures.push(driver.last().failure);
    }
    assert_eq!(failures, [None, Some("This delivery would exceed max price".to_owned()), None]);
}
