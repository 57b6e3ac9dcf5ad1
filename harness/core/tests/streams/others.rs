//! Whom policies of streams and queues let in.

use redeliver_core::kinesis::{ControlFault, Error};
use redeliver_model::kinesis::{self as model, Command, Reply, ShardIteratorType};

use crate::driver::{ACCOUNT, Driver};

const OTHER: &str = "111111111111";

fn policy(arn: &str, action: &str) -> Command {
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{OTHER}"}},"Action":"kinesis:{action}","Resource":"{arn}"}}]}}"#
    );
    let input = model::PutResourcePolicyInput {
        policy: Some(policy),
        resource_arn: Some(arn.to_owned()),
        ..Default::default()
    };
    Command::PutResourcePolicy(input)
}

fn is_denied<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Control(ControlFault::AccessDenied { .. })))
}

#[test]
fn iterator_alone_lets_nobody_read_another_accounts_stream() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    driver.put("s", "k", "secret").unwrap();
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    let read = Command::GetRecords(model::GetRecordsInput { shard_iterator: Some(iterator), ..Default::default() });
    driver.account = OTHER;
    assert!(is_denied(&driver.call(read.clone())));
    driver.account = ACCOUNT;
    let arn = driver.arn("s");
    driver.call(policy(&arn, "GetRecords")).unwrap();
    driver.account = OTHER;
    let Reply::GetRecords(output) = driver.call(read).unwrap() else { panic!("it reads") };
    assert_eq!(output.records.unwrap().len(), 1);
}

#[test]
fn queue_lets_others_in_by_its_policy_and_has_tags() {
    let mut driver = Driver::new();
    driver.on_demand("s");
    let source = model::QueueStreamConfiguration { starting_position: None, stream_arn: Some(driver.arn("s")) };
    let created = driver.call(Command::CreateQueue(model::CreateQueueInput {
        queue_name: Some("q".to_owned()),
        stream_configuration_list: Some(vec![source]),
        tags: Some([("team".to_owned(), "a".to_owned())].into_iter().collect()),
        ..Default::default()
    }));
    let Reply::CreateQueue(output) = created.unwrap() else { panic!("it makes a queue") };
    let arn = output.queue_description.unwrap().queue_arn.unwrap();
    driver.pass(1_000);
    let tags = model::ListTagsForResourceInput { resource_arn: Some(arn.clone()), ..Default::default() };
    let Reply::ListTagsForResource(output) = driver.call(Command::ListTagsForResource(tags)).unwrap() else {
        panic!("it lists tags")
    };
    let tag = model::Tag { key: Some("team".to_owned()), value: Some("a".to_owned()) };
    assert_eq!(output.tags, Some(vec![tag]));
    driver.put("s", "k", "x").unwrap();
    let receive = Command::ReceiveQueueRecords(model::ReceiveQueueRecordsInput {
        queue_arn: Some(arn.clone()),
        ..Default::default()
    });
    driver.account = OTHER;
    assert!(is_denied(&driver.call(receive.clone())));
    driver.account = ACCOUNT;
    driver.call(policy(&arn, "ReceiveQueueRecords")).unwrap();
    driver.account = OTHER;
    let Reply::ReceiveQueueRecords(output) = driver.call(receive).unwrap() else { panic!("it receives") };
    assert_eq!(output.queue_records.unwrap().len(), 1);
    let delete = Command::DeleteQueue(model::DeleteQueueInput { queue_arn: Some(arn) });
    assert!(is_denied(&driver.call(delete)), "no policy lets others delete");
}
