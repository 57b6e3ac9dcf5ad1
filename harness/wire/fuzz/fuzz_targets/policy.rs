//! Documents in attributes of queues, policies above all: none panics, and an accepted policy is kept as it is.
//!
//! The first byte of an input says which attribute the text is for.

#![no_main]

use libfuzzer_sys::fuzz_target;
use redeliver_core::sqs::Error;
use redeliver_core::{Answer, Caller, Calm, Command, Config, Limits, Reply, Request, Timestamp, World};
use redeliver_model::sqs::{
    AddPermissionRequest, Command as Sqs, CreateQueueRequest, GetQueueAttributesRequest, QueueAttributeName as Name,
    Reply as SqsReply, SetQueueAttributesRequest,
};

fuzz_target!(|input: &[u8]| {
    let Some((which, text)) = input.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let name = match which % 4 {
        0 => Name::RedrivePolicy,
        1 => Name::RedriveAllowPolicy,
        _ => Name::Policy,
    };
    let mut world = World::new(Config { seed: 1, limits: Limits::default(), events: false });
    let create = CreateQueueRequest { queue_name: Some("q".to_owned()), ..Default::default() };
    let Ok(SqsReply::CreateQueue(created)) = call(&mut world, Sqs::CreateQueue(create)) else {
        panic!("the queue was not created")
    };
    let set = SetQueueAttributesRequest {
        queue_url: created.queue_url.clone(),
        attributes: Some([(name.clone(), text.to_owned())].into_iter().collect()),
    };
    if call(&mut world, Sqs::SetQueueAttributes(set)).is_err() || text.is_empty() {
        return;
    }
    let get =
        GetQueueAttributesRequest { queue_url: created.queue_url.clone(), attribute_names: Some(vec![name.clone()]) };
    let Ok(SqsReply::GetQueueAttributes(read)) = call(&mut world, Sqs::GetQueueAttributes(get)) else {
        panic!("the attribute was not read")
    };
    if name == Name::Policy {
        let kept = read.attributes.and_then(|attributes| attributes.get(&name).cloned());
        assert_eq!(kept.as_deref(), Some(text));
        let grant = AddPermissionRequest {
            queue_url: created.queue_url,
            label: Some("label".to_owned()),
            aws_account_ids: Some(vec!["111111111111".to_owned()]),
            actions: Some(vec!["SendMessage".to_owned()]),
        };
        let _ = call(&mut world, Sqs::AddPermission(grant));
    }
});

fn call(world: &mut World, command: Sqs) -> Result<SqsReply, Error> {
    let caller = Caller {
        account: "000000000000".into(),
        region: "us-east-1".into(),
        principal: "AIDAEXAMPLE".into(),
        endpoint: "http://localhost:4566".into(),
    };
    let request = Request { caller, command: Command::Sqs(command), trace: None };
    match world.apply(Timestamp(1_767_225_600_000), request, &mut Calm).answer {
        Answer::Now(Ok(Reply::Sqs(reply))) => Ok(reply),
        Answer::Now(Err(redeliver_core::Error::Sqs(error))) => Err(error),
        other => panic!("it is answered by SQS, at once: {other:?}"),
    }
}
