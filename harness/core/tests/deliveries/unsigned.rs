//! What calls without a signature may do.

use redeliver_core::Caller;
use redeliver_core::sns::Attempted;
use redeliver_model::sns::{Command, ConfirmSubscriptionInput, PublishInput, UnsubscribeInput};
use serde_json::Value;

use super::hub::Hub;

const HOOK: &str = "http://hook.test/a";

/// A topic, its subscription, and the token that confirms it.
fn asked(hub: &mut Hub) -> (String, String, String) {
    let topic = hub.topic("t", &[]);
    let subscription = hub.subscribe(&topic, "http", HOOK, &[]);
    let attempt = hub.attempts.remove(0);
    hub.end_attempt(attempt.delivery, Attempted::Answered(200));
    let body: Value = serde_json::from_str(&attempt.post.body).unwrap();
    (topic, subscription, body["Token"].as_str().unwrap().to_owned())
}

fn confirm(topic: &str, token: &str, guarded: bool) -> Command {
    Command::ConfirmSubscription(ConfirmSubscriptionInput {
        topic_arn: Some(topic.to_owned()),
        token: Some(token.to_owned()),
        authenticate_on_unsubscribe: guarded.then(|| "true".to_owned()),
    })
}

fn unsubscribe(subscription: &str) -> Command {
    Command::Unsubscribe(UnsubscribeInput { subscription_arn: Some(subscription.to_owned()) })
}

fn code(hub: &mut Hub, command: Command) -> &'static str {
    hub.try_sns(command).err().unwrap_or("fine")
}

#[test]
fn subscription_whose_confirmation_asked_for_it_is_ended_by_its_owner_alone() {
    let mut hub = Hub::new();
    let (topic, subscription, token) = asked(&mut hub);
    let owner = hub.caller.clone();
    let nobody = Caller { principal: Caller::ANONYMOUS.into(), ..owner.clone() };
    let other = Caller { account: "111122223333".into(), ..owner.clone() };
    let mut seen = Vec::new();
    hub.caller = nobody.clone();
    seen.push(code(&mut hub, confirm(&topic, &token, true)));
    hub.caller = owner.clone();
    seen.push(code(&mut hub, confirm(&topic, &token, true)));
    for caller in [nobody, other, owner] {
        hub.caller = caller;
        seen.push(code(&mut hub, unsubscribe(&subscription)));
    }
    let refused = "AuthorizationError";
    assert_eq!(seen, [refused, "fine", refused, refused, "fine"]);
}

#[test]
fn any_other_subscription_is_confirmed_and_ended_by_anybody() {
    let mut hub = Hub::new();
    let (topic, subscription, token) = asked(&mut hub);
    hub.caller.principal = Caller::ANONYMOUS.into();
    let seen = [confirm(&topic, &token, false), unsubscribe(&subscription)].map(|command| code(&mut hub, command));
    assert_eq!(seen, ["fine", "fine"]);
}

#[test]
fn encrypted_topic_takes_signed_calls_alone() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[("KmsMasterKeyId", "alias/aws/sns")]);
    let publish = Command::Publish(PublishInput {
        topic_arn: Some(topic),
        message: Some("m".to_owned()),
        ..PublishInput::default()
    });
    let signed = code(&mut hub, publish.clone());
    hub.caller.principal = Caller::ANONYMOUS.into();
    assert_eq!([signed, code(&mut hub, publish)], ["fine", "InvalidSecurity"]);
}
