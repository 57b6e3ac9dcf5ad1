//! The SDK call of each operation, by its API name.

use std::fmt::Write as _;

use crate::names::field;
use crate::source::Model;

/// The operation in whose name those are sent that the SDK does not have: its reply has no member of theirs.
const CARRIER: &str = "DescribeLimits";

/// `call`, which sends any operation through the service's SDK client.
pub(crate) fn generate(service: &str, model: &Model, not_in_sdk: &[&str]) -> String {
    let mut operations: Vec<_> = model.operations.keys().collect();
    operations.sort();
    let mut text = format!(
        "//! The SDK call of each operation of `{service}`.\n\n\
         use aws_sdk_{service}::Client;\n\n\
         use crate::client::sdk::{{Sent, seen}};\n\
         use crate::client::tap::Tap;\n\n\
         /// Sends the operation of this API name with what `tap` carries; `None` for an unknown name.\n\
         pub(crate) fn call(client: &Client, operation: &str, tap: Tap) -> Option<Sent> {{\n    \
         Some(match operation {{\n"
    );
    for name in operations {
        if model.has_event_stream(name) {
            let _ = writeln!(text, "        {name:?} => crate::client::subscription::{}(client, tap),", field(name));
            continue;
        }
        if not_in_sdk.contains(&name.as_str()) {
            let _ = writeln!(
                text,
                "        {name:?} => {{\n            let request = client.{}().customize().interceptor(tap.named({name:?}));\n            Box::pin(async move {{ seen(request.send().await) }})\n        }}",
                field(CARRIER)
            );
            continue;
        }
        let arns = if service == "kinesis" { model.required_arns(name) } else { Vec::new() };
        let arns: Vec<_> = arns.iter().map(|arn| format!(".{}(tap.arn({arn:?}))", field(arn))).collect();
        let arns = arns.concat();
        let _ = writeln!(
            text,
            "        {name:?} => {{\n            let request = client.{}(){arns}.customize().interceptor(tap);\n            Box::pin(async move {{ seen(request.send().await) }})\n        }}",
            field(name)
        );
    }
    text.push_str("        _ => return None,\n    })\n}\n");
    text
}
