//! Calls of another account: only what the topic's policy allows.

#![expect(clippy::unwrap_used, reason = "a failure here is a failure of the test")]

use redeliver_core::sns::Error;
use redeliver_core::{Answer, Caller, Calm, Command, Config, Limits, Reply, Request, Timestamp, World};
use redeliver_model::sns::{
    AddPermissionInput, Command as Sns, CreateTopicInput, DeleteTopicInput, GetTopicAttributesInput, PublishBatchInput,
    PublishBatchRequestEntry, PublishInput, Reply as SnsReply, SetTopicAttributesInput,
};

const OWNER: &str = "000000000000";
const STRANGER: &str = "111111111111";
const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:topic";

fn world(limits: Limits) -> World {
    let mut world = World::new(Config { seed: 1, limits, events: false });
    let input = CreateTopicInput { name: Some("topic".to_owned()), ..Default::default() };
    call(&mut world, OWNER, Sns::CreateTopic(input)).unwrap();
    world
}

fn call(world: &mut World, account: &str, command: Sns) -> Result<SnsReply, Error> {
    let caller = Caller {
        account: account.into(),
        region: "us-east-1".into(),
        principal: "AIDAEXAMPLE".into(),
        endpoint: "https://sns.us-east-1.amazonaws.com".into(),
    };
    let request = Request { caller, command: Command::Sns(command), trace: None };
    match world.apply(Timestamp(0), request, &mut Calm).answer {
        Answer::Now(Ok(Reply::Sns(reply))) => Ok(reply),
        Answer::Now(Err(redeliver_core::Error::Sns(error))) => Err(error),
        other => panic!("it is answered by SNS, at once: {other:?}"),
    }
}

fn publish() -> Sns {
    Sns::Publish(PublishInput {
        topic_arn: Some(TOPIC.to_owned()),
        message: Some("m".to_owned()),
        ..Default::default()
    })
}

fn denied(action: &str, explicitly: bool) -> Error {
    Error::NotAuthorized {
        user: "arn:aws:iam::111111111111:user/AIDAEXAMPLE".to_owned(),
        action: action.to_owned(),
        topic: TOPIC.to_owned(),
        explicitly,
    }
}

#[test]
fn default_policy_lets_in_nobody_else() {
    let mut world = world(Limits::default());
    assert!(call(&mut world, OWNER, publish()).is_ok());
    let error = call(&mut world, STRANGER, publish()).unwrap_err();
    assert_eq!(error, denied("SNS:Publish", false));
    let told = error.describe();
    assert_eq!((told.code, told.status), ("AuthorizationError", 403));
    let text = "User: arn:aws:iam::111111111111:user/AIDAEXAMPLE is not authorized to perform: SNS:Publish on resource: \
        arn:aws:sns:us-east-1:000000000000:topic because no resource-based policy allows the SNS:Publish action";
    assert_eq!(told.message, text);
    let delete = DeleteTopicInput { topic_arn: Some(TOPIC.to_owned()) };
    assert_eq!(call(&mut world, STRANGER, Sns::DeleteTopic(delete)).unwrap_err(), denied("SNS:DeleteTopic", false));
}

#[test]
fn permission_lets_an_account_do_what_it_names() {
    let mut world = world(Limits::default());
    let permission = AddPermissionInput {
        topic_arn: Some(TOPIC.to_owned()),
        label: Some("stranger".to_owned()),
        aws_account_id: Some(vec![STRANGER.to_owned()]),
        action_name: Some(vec!["Publish".to_owned()]),
    };
    call(&mut world, OWNER, Sns::AddPermission(permission)).unwrap();
    assert!(call(&mut world, STRANGER, publish()).is_ok());
    let entry =
        PublishBatchRequestEntry { id: Some("a".to_owned()), message: Some("m".to_owned()), ..Default::default() };
    let batch =
        PublishBatchInput { topic_arn: Some(TOPIC.to_owned()), publish_batch_request_entries: Some(vec![entry]) };
    assert!(call(&mut world, STRANGER, Sns::PublishBatch(batch)).is_ok());
    let show = Sns::GetTopicAttributes(GetTopicAttributesInput { topic_arn: Some(TOPIC.to_owned()) });
    assert_eq!(call(&mut world, STRANGER, show).unwrap_err(), denied("SNS:GetTopicAttributes", false));
    assert_eq!(call(&mut world, "222222222222", publish()).err().map(|error| error.describe().status), Some(403));
}

#[test]
fn denial_of_a_policy_is_told_as_such() {
    let mut world = world(Limits::default());
    let policy = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sns:*","Resource":"*"},
        {"Effect":"Deny","Principal":{"AWS":"111111111111"},"Action":"sns:Publish","Resource":"*"}]}"#;
    let set = SetTopicAttributesInput {
        topic_arn: Some(TOPIC.to_owned()),
        attribute_name: Some("Policy".to_owned()),
        attribute_value: Some(policy.to_owned()),
    };
    call(&mut world, OWNER, Sns::SetTopicAttributes(set)).unwrap();
    assert_eq!(call(&mut world, STRANGER, publish()).unwrap_err(), denied("SNS:Publish", true));
    assert!(call(&mut world, "222222222222", publish()).is_ok());
}

#[test]
fn policies_can_be_switched_off() {
    let mut world = world(Limits { policies: false, ..Limits::default() });
    assert!(call(&mut world, STRANGER, publish()).is_ok());
}
