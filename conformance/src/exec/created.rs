//! What a case created.

use redeliver_model::Service;
use redeliver_spec::Caller;
use serde_json::{Value, json};

/// What a case can create and has to delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A queue.
    Queue,
    /// A topic; its subscriptions go with it.
    Topic,
    /// A platform application; its endpoints go with it.
    PlatformApplication,
    /// A stream; its consumers go with it.
    Stream,
    /// A queue of a stream.
    RecordQueue,
    /// A delivery channel of a stream.
    Channel,
}

/// Something that the case created, or may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    /// What it is.
    pub(super) kind: Kind,
    /// Its name.
    pub(super) name: String,
    /// Its URL or ARN; `None` when the reply that gives it never came.
    pub(super) handle: Option<String>,
    /// Whose it is; `None` for the account of the case in its region.
    pub(super) caller: Option<Caller>,
}

/// How a kind of thing comes and goes.
struct Life {
    kind: Kind,
    service: Service,
    create: &'static str,
    name: &'static str,
    delete: &'static str,
    handle: &'static str,
    /// Where the answer to the creation has the handle; without it the name is the handle.
    answer: Option<&'static str>,
}

const LIVES: [Life; 6] = [
    Life {
        kind: Kind::Queue,
        service: Service::Sqs,
        create: "CreateQueue",
        name: "QueueName",
        delete: "DeleteQueue",
        handle: "QueueUrl",
        answer: Some("/QueueUrl"),
    },
    Life {
        kind: Kind::Topic,
        service: Service::Sns,
        create: "CreateTopic",
        name: "Name",
        delete: "DeleteTopic",
        handle: "TopicArn",
        answer: Some("/TopicArn"),
    },
    Life {
        kind: Kind::PlatformApplication,
        service: Service::Sns,
        create: "CreatePlatformApplication",
        name: "Name",
        delete: "DeletePlatformApplication",
        handle: "PlatformApplicationArn",
        answer: Some("/PlatformApplicationArn"),
    },
    Life {
        kind: Kind::Stream,
        service: Service::Kinesis,
        create: "CreateStream",
        name: "StreamName",
        delete: "DeleteStream",
        handle: "StreamName",
        answer: None,
    },
    Life {
        kind: Kind::RecordQueue,
        service: Service::Kinesis,
        create: "CreateQueue",
        name: "QueueName",
        delete: "DeleteQueue",
        handle: "QueueARN",
        answer: Some("/QueueDescription/QueueARN"),
    },
    Life {
        kind: Kind::Channel,
        service: Service::Kinesis,
        create: "CreateChannel",
        name: "ChannelName",
        delete: "DeleteChannel",
        handle: "ChannelARN",
        answer: Some("/ChannelDescription/ChannelARN"),
    },
];

impl Kind {
    fn life(self) -> &'static Life {
        LIVES.iter().find(|life| life.kind == self).expect("every kind has a life")
    }

    /// The call that deletes the thing with this handle.
    pub(super) fn deletion(self, handle: &str) -> (Service, &'static str, Value) {
        let life = self.life();
        let mut input = json!({ life.handle: handle });
        if self == Self::Stream {
            input["EnforceConsumerDeletion"] = json!(true);
        }
        (life.service, life.delete, input)
    }
}

/// What a case created, oldest first.
#[derive(Debug, Default)]
pub(super) struct Created {
    things: Vec<Thing>,
}

impl Created {
    /// Notes that a call is about to be sent. Only names that hold `unique` are the case's own: what has any other name may have been
    /// there before, and is never deleted.
    pub(super) fn sent(
        &mut self,
        caller: Option<Caller>,
        service: Service,
        operation: &str,
        input: &Value,
        unique: &str,
    ) {
        let Some(life) = creates(service, operation) else { return };
        let name = text(input, life.name);
        if name.contains(unique) && self.find(caller, life.kind, name).is_none() {
            self.things.push(Thing { kind: life.kind, name: name.to_owned(), handle: None, caller });
        }
    }

    /// Notes that a call succeeded.
    pub(super) fn succeeded(
        &mut self,
        caller: Option<Caller>,
        service: Service,
        operation: &str,
        input: &Value,
        output: &Value,
    ) {
        if let Some(life) = creates(service, operation) {
            let handle = match life.answer {
                Some(pointer) => output.pointer(pointer).and_then(Value::as_str),
                None => Some(text(input, life.name)),
            };
            if let Some(thing) = self.find(caller, life.kind, text(input, life.name)) {
                thing.handle = handle.map(str::to_owned);
            }
        } else if let Some(life) = LIVES.iter().find(|life| (life.service, life.delete) == (service, operation)) {
            let handle = text(input, life.handle);
            self.things.retain(|thing| thing.kind != life.kind || thing.handle.as_deref() != Some(handle));
        }
    }

    /// Notes that a call was refused.
    pub(super) fn refused(&mut self, caller: Option<Caller>, service: Service, operation: &str, input: &Value) {
        if let Some(life) = creates(service, operation) {
            let name = text(input, life.name);
            let is = |thing: &Thing| thing.kind == life.kind && thing.name == name && thing.caller == caller;
            self.things.retain(|thing| !is(thing) || thing.handle.is_some());
        }
    }

    /// What is left to delete, newest first.
    pub(super) fn take(&mut self) -> Vec<Thing> {
        let mut things = std::mem::take(&mut self.things);
        things.reverse();
        things
    }

    fn find(&mut self, caller: Option<Caller>, kind: Kind, name: &str) -> Option<&mut Thing> {
        self.things.iter_mut().find(|thing| thing.caller == caller && thing.kind == kind && thing.name == name)
    }
}

fn creates(service: Service, operation: &str) -> Option<&'static Life> {
    LIVES.iter().find(|life| (life.service, life.create) == (service, operation))
}

/// What a raw request creates, if it does, as the call that it is: it answers in some format or other, and cleaning up looks the thing up.
pub(super) fn raw_creation(service: Service, request: &Value) -> Option<(&'static str, Value)> {
    let body = |form: &str| request.get("body").and_then(|body| body.get(form));
    let target = request.get("headers").and_then(Value::as_object).into_iter().flatten();
    let mut target = target.filter(|(name, _)| name.eq_ignore_ascii_case("x-amz-target")).map(|(_, value)| value);
    let target = target.next().and_then(Value::as_str);
    LIVES.iter().filter(|life| life.service == service).find_map(|life| {
        let named = |name: &str| Some((life.create, json!({ life.name: name })));
        if target.is_some_and(|target| target.rsplit_once('.').is_some_and(|(_, name)| name == life.create)) {
            return named(body("json").or_else(|| body("cbor"))?.get(life.name)?.as_str()?);
        }
        let parameters = [request.get("query"), body("form")];
        let find = |name| parameters.iter().flatten().find_map(|names| names.get(name)?.as_str());
        find(life.name).filter(|_| find("Action") == Some(life.create)).and_then(named)
    })
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn create(created: &mut Created, name: &str) {
        created.sent(None, Service::Sqs, "CreateQueue", &json!({ "QueueName": name }), "mine");
    }

    fn answer(created: &mut Created, name: &str) {
        let url = json!({ "QueueUrl": format!("http://h/{name}") });
        created.succeeded(None, Service::Sqs, "CreateQueue", &json!({ "QueueName": name }), &url);
    }

    fn left(created: &mut Created) -> Vec<(String, bool)> {
        created.take().into_iter().map(|thing| (thing.name, thing.handle.is_some())).collect()
    }

    #[test]
    fn the_newest_is_deleted_first_and_what_the_case_deleted_is_not() {
        let mut created = Created::default();
        for name in ["mine-1", "mine-2", "mine-3", "mine-2"] {
            create(&mut created, name);
            answer(&mut created, name);
        }
        created.succeeded(None, Service::Sqs, "DeleteQueue", &json!({ "QueueUrl": "http://h/mine-1" }), &json!({}));
        assert_eq!(left(&mut created), [("mine-3".to_owned(), true), ("mine-2".to_owned(), true)]);
        assert_eq!(left(&mut created), []);
    }

    #[test]
    fn a_queue_whose_creation_got_no_reply_is_looked_for_and_a_refused_one_is_not() {
        let mut created = Created::default();
        create(&mut created, "mine-lost");
        create(&mut created, "mine-refused");
        created.refused(None, Service::Sqs, "CreateQueue", &json!({ "QueueName": "mine-refused" }));
        assert_eq!(left(&mut created), [("mine-lost".to_owned(), false)]);
    }

    #[test]
    fn topics_and_platform_applications_are_deleted_by_their_arns() {
        let mut created = Created::default();
        for (create, arn) in [("CreateTopic", "TopicArn"), ("CreatePlatformApplication", "PlatformApplicationArn")] {
            let input = json!({ "Name": "mine" });
            created.sent(None, Service::Sns, create, &input, "mine");
            created.succeeded(None, Service::Sns, create, &input, &json!({ arn: create }));
        }
        let calls: Vec<_> =
            created.take().iter().map(|thing| thing.kind.deletion(thing.handle.as_deref().unwrap())).collect();
        let application = json!({ "PlatformApplicationArn": "CreatePlatformApplication" });
        assert_eq!(
            calls,
            [
                (Service::Sns, "DeletePlatformApplication", application),
                (Service::Sns, "DeleteTopic", json!({ "TopicArn": "CreateTopic" })),
            ]
        );
    }

    #[test]
    fn a_raw_request_that_creates_a_queue_or_a_topic_is_recognised() {
        let target = json!({ "X-Amz-Target": "AmazonSQS.CreateQueue" });
        let requests = [
            json!({ "headers": target, "body": { "json": { "QueueName": "q" } } }),
            json!({ "query": { "Action": "CreateQueue", "QueueName": "q" } }),
            json!({ "query": { "Action": "CreateQueue" }, "body": { "form": { "QueueName": "q" } } }),
        ];
        for request in requests {
            let creation = raw_creation(Service::Sqs, &request);
            assert_eq!(creation, Some(("CreateQueue", json!({ "QueueName": "q" }))), "{request}");
        }
        let topic = json!({ "body": { "form": { "Action": "CreateTopic", "Name": "t" } } });
        assert_eq!(raw_creation(Service::Sns, &topic), Some(("CreateTopic", json!({ "Name": "t" }))));
        let form = json!({ "Action": "GetQueueUrl", "QueueName": "q" });
        for request in [json!({ "body": { "form": form } }), json!({ "query": "Action=CreateQueue" }), json!({}), topic]
        {
            assert_eq!(raw_creation(Service::Sqs, &request), None, "{request}");
        }
    }

    #[test]
    fn a_stream_is_known_by_its_name_and_goes_with_its_consumers() {
        let mut created = Created::default();
        let input = json!({ "StreamName": "case-1-s" });
        created.sent(None, Service::Kinesis, "CreateStream", &input, "case-1");
        created.succeeded(None, Service::Kinesis, "CreateStream", &input, &json!({}));
        let deletion = |thing: &Thing| thing.kind.deletion(thing.handle.as_deref().unwrap());
        let expected = json!({ "StreamName": "case-1-s", "EnforceConsumerDeletion": true });
        let calls: Vec<_> = created.take().iter().map(deletion).collect();
        assert_eq!(calls, [(Service::Kinesis, "DeleteStream", expected)]);
    }

    #[test]
    fn queues_of_other_names_are_left_alone() {
        let mut created = Created::default();
        create(&mut created, "orders");
        answer(&mut created, "orders");
        assert_eq!(left(&mut created), []);
    }
}
