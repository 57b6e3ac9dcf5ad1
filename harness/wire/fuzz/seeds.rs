//! Writes `seeds`: requests of some operations, made from the models, in every protocol. `cargo run --example seeds`.

use std::fs;
use std::io::Result;
use std::path::Path;

use redeliver_model::{Fields, Kind, Member, Operation, Service, Shape, Timestamp, Value};
use redeliver_wire::event_stream::{Event, Payload, Writer};
use redeliver_wire::{Description, Origin, cbor, json};

/// Operations that have every kind of shape between them.
const OPERATIONS: [(Service, &str); 10] = [
    (Service::Sqs, "CreateQueue"),
    (Service::Sqs, "ReceiveMessage"),
    (Service::Sqs, "SendMessageBatch"),
    (Service::Sns, "PublishBatch"),
    (Service::Sns, "Subscribe"),
    (Service::Sns, "TagResource"),
    (Service::Kinesis, "AddTagsToStream"),
    (Service::Kinesis, "CreateChannel"),
    (Service::Kinesis, "PutRecords"),
    (Service::Kinesis, "SubscribeToShard"),
];

const POLICIES: [&str; 5] = [
    "0{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:q\",\"maxReceiveCount\":\"3\"}",
    "1{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"arn:aws:sqs:us-east-1:000000000000:s\"]}",
    "2{\"Version\":\"2012-10-17\",\"Id\":\"i\",\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\
     \"111111111111\",\"arn:aws:iam::222222222222:root\"]},\"Action\":[\"SQS:SendMessage\"],\"Resource\":\
     \"arn:aws:sqs:us-east-1:000000000000:q\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:sns:*:*:t\"}}}]}",
    "2{\"Statement\":{\"Effect\":\"Deny\",\"NotPrincipal\":\"*\",\"NotAction\":\"sqs:*\",\"Resource\":\"*\"}}",
    "2{\"Version\":\"2008-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
];

fn main() -> Result<()> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let write = |target: &str, name: &str, bytes: &[u8]| {
        fs::create_dir_all(seeds.join(target))?;
        fs::write(seeds.join(target).join(name), bytes)
    };
    let operations: Vec<_> = Service::ALL.iter().flat_map(|service| service.model().operations).collect();
    for (number, operation) in operations.into_iter().enumerate() {
        if !OPERATIONS.contains(&(operation.service, operation.name)) {
            continue;
        }
        let name = format!("{}-{}", operation.service.prefix(), operation.name);
        let input = full(operation.input);
        let number = u8::try_from(number).expect("there are less than 256 operations");
        write("json", &name, &[vec![number], json::encode(input.clone())].concat())?;
        write("cbor", &name, &[vec![number], cbor::encode(input.clone())].concat())?;
        if operation.service.model().xml_namespace.is_some() {
            let form = form(operation, &input);
            write("query", &format!("{name}-post"), format!("/\n{form}").as_bytes())?;
            write("query", &format!("{name}-get"), format!("/000000000000/q?{form}").as_bytes())?;
        }
    }
    for (name, payload) in [("json", Payload::Json), ("cbor", Payload::Cbor)] {
        write("event_stream", name, &stream(payload))?;
    }
    for (index, policy) in POLICIES.iter().enumerate() {
        write("policy", &index.to_string(), policy.as_bytes())?;
    }
    Ok(())
}

/// A value with every member.
fn full(shape: &'static Shape) -> Value {
    match &shape.kind {
        Kind::Structure { members } => {
            let mut fields = Fields::new();
            members.iter().for_each(|member| fields.push(member.name, full(member.shape)));
            Value::Structure(fields)
        }
        Kind::EventStream { .. } => Value::Structure(Fields::new()),
        Kind::List { member, .. } => Value::List(vec![full(member)]),
        Kind::Map { key, value, .. } => {
            let Value::String(key) = full(key) else { panic!("keys are texts") };
            Value::Map([(key, full(value))].into_iter().collect())
        }
        Kind::String => Value::String(shape.constraints.values.first().unwrap_or(&"1a").to_string()),
        Kind::Integer | Kind::Long => Value::Integer(shape.constraints.min.unwrap_or(1)),
        Kind::Double => Value::Double(0.5),
        Kind::Boolean => Value::Boolean(true),
        Kind::Blob => Value::Blob(vec![0, 255].into()),
        Kind::Timestamp => Value::Timestamp(Timestamp(1_506_440_188_749)),
    }
}

/// The parameters of the query protocol.
fn form(operation: &'static Operation, input: &Value) -> String {
    let mut pairs =
        vec![format!("Action={}", operation.name), format!("Version={}", operation.service.model().api_version)];
    let Value::Structure(fields) = input else { panic!("inputs are structures") };
    members(&mut pairs, "", operation.input, fields);
    pairs.join("&")
}

fn members(pairs: &mut Vec<String>, prefix: &str, shape: &'static Shape, fields: &Fields) {
    for member in shape.members() {
        if let Some(value) = fields.get(member.name) {
            pair(pairs, &format!("{prefix}{}", member.query_names[0]), member.shape, flattened(member), value);
        }
    }
}

fn pair(pairs: &mut Vec<String>, name: &str, shape: &'static Shape, flattened: bool, value: &Value) {
    match (value, &shape.kind) {
        (Value::Structure(fields), _) => members(pairs, &format!("{name}."), shape, fields),
        (Value::List(items), Kind::List { member, member_name, .. }) => {
            let level = if flattened { String::new() } else { format!(".{member_name}") };
            for (index, item) in items.iter().enumerate() {
                pair(pairs, &format!("{name}{level}.{}", index + 1), member, false, item);
            }
        }
        (Value::Map(entries), Kind::Map { key_name, value: item_shape, value_name, .. }) => {
            let level = if flattened { "" } else { ".entry" };
            for (index, (key, item)) in entries.iter().enumerate() {
                pairs.push(format!("{name}{level}.{}.{key_name}={key}", index + 1));
                pair(pairs, &format!("{name}{level}.{}.{value_name}", index + 1), item_shape, false, item);
            }
        }
        (Value::String(text), _) => pairs.push(format!("{name}={text}")),
        (Value::Integer(number), _) => pairs.push(format!("{name}={number}")),
        (Value::Boolean(truth), _) => pairs.push(format!("{name}={truth}")),
        (Value::Blob(_), _) => pairs.push(format!("{name}=AP8%3D")),
        (other, _) => panic!("{} are in no request of this protocol", other.noun()),
    }
}

fn flattened(member: &Member) -> bool {
    member.flattened
        || matches!(member.shape.kind, Kind::List { flattened: true, .. } | Kind::Map { flattened: true, .. })
}

/// The frames of a reply to `SubscribeToShard`, without what the target adds.
fn stream(payload: Payload) -> Vec<u8> {
    let output = Service::Kinesis.model().operation("SubscribeToShard").expect("Kinesis has it").output;
    let stream = output.member("EventStream").expect("it is a stream").shape;
    let event = stream.member("SubscribeToShardEvent").expect("it has events");
    let error = Description {
        shape: "ResourceInUseException",
        origin: Origin::Service(Service::Kinesis),
        code: "ResourceInUseException",
        status: 400,
        fault: redeliver_model::Fault::Client,
        message: Some("why".to_owned()),
    };
    let (mut writer, first) = Writer::open(output, payload, Value::Structure(Fields::new())).expect("it fits");
    let mut small = Fields::new();
    small.push("MillisBehindLatest", Value::Integer(0));
    small.push("Records", Value::List(Vec::new()));
    let events = [Event::Modelled { member: event.name, value: Value::Structure(small) }, Event::Error(error)];
    let frames = events.into_iter().map(|event| writer.write(event).expect("it fits").expect("it is open"));
    let unsealed = std::iter::once(first).chain(frames).map(|frame| {
        let headers = u32::from_be_bytes(frame[4..8].try_into().expect("four bytes")) as usize;
        let payload = frame.len() - 16 - headers;
        let lengths = [headers, payload].map(|length| u8::try_from(length).expect("seeds are small"));
        [&lengths, &frame[12..frame.len() - 4]].concat()
    });
    unsealed.collect::<Vec<_>>().concat()
}
