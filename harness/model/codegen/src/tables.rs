//! Tables of operations and errors.

use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::names::{constant, type_name};
use crate::source::{ErrorTrait, Model, Operation, Reference, Shape};

/// `MODEL`, `OPERATIONS` and `ERRORS`.
pub(crate) fn generate(service: &str, model: &Model, extra: &IndexMap<String, ErrorTrait>) -> String {
    let mut text = String::from(
        "//! Tables of operations and errors.\n\nuse super::shapes;\nuse crate::{ErrorShape, Fault, Operation, Paginator, Protocol, Service, ServiceModel};\n",
    );
    let metadata = &model.metadata;
    let protocol = match metadata.protocol.as_str() {
        "json" => "Json",
        "query" => "Query",
        other => panic!("the generator does not know the protocol {other}"),
    };
    let _ = writeln!(
        text,
        "\n/// The service.\npub static MODEL: ServiceModel = ServiceModel {{\n    service: Service::{service},\n    api_version: {:?},\n    protocol: Protocol::{protocol},\n    json_version: {:?},\n    target_prefix: {:?},\n    query_compatible: {},\n    xml_namespace: {:?},\n    operations: &OPERATIONS,\n    errors: &ERRORS,\n}};",
        metadata.api_version,
        metadata.json_version,
        metadata.target_prefix,
        metadata.aws_query_compatible.is_some(),
        metadata.xml_namespace,
        service = type_name(service),
    );
    let mut operations: Vec<_> = model.operations.iter().collect();
    operations.sort_by_key(|(name, _)| *name);
    let _ = writeln!(
        text,
        "\n/// All operations, sorted by name.\npub static OPERATIONS: [Operation; {}] = [",
        operations.len()
    );
    for (name, operation) in operations {
        row(&mut text, service, model, name, operation);
    }
    let mut errors: Vec<_> = model.shapes.iter().filter(|(_, shape)| shape.exception).collect();
    errors.sort_by_key(|(name, _)| *name);
    let _ = writeln!(
        text,
        "];\n\n/// All modelled errors, sorted by name.\npub static ERRORS: [ErrorShape; {}] = [",
        errors.len()
    );
    for (name, shape) in errors {
        error(&mut text, name, shape, extra.get(name));
    }
    text.push_str("];\n");
    text
}

fn row(text: &mut String, service: &str, model: &Model, name: &str, operation: &Operation) {
    let target =
        |reference: Option<&Reference>| reference.map_or_else(|| "NOTHING".to_owned(), |found| constant(&found.shape));
    let errors: Vec<_> = operation.errors.iter().map(|error| format!("{:?}", error.shape)).collect();
    let _ = writeln!(
        text,
        "    Operation {{\n        name: {name:?},\n        service: Service::{},\n        input: &shapes::{},\n        output: &shapes::{},\n        result_name: {:?},\n        errors: &[{}],\n        paginator: {},\n    }},",
        type_name(service),
        target(operation.input.as_ref()),
        target(operation.output.as_ref()),
        operation.output.as_ref().map(|_| format!("{name}Result")),
        errors.join(", "),
        paginator(model, name)
    );
}

fn paginator(model: &Model, name: &str) -> String {
    model.paginators.get(name).map_or_else(
        || "None".to_owned(),
        |found| {
            let keys = match &found.result_key {
                serde_json::Value::Array(keys) => keys.clone(),
                one => vec![one.clone()],
            };
            let results: Vec<_> = keys.iter().map(ToString::to_string).collect();
            format!(
                "Some(Paginator {{ input_token: {:?}, output_token: {:?}, limit: {:?}, results: &[{}] }})",
                found.input_token,
                found.output_token,
                found.limit_key,
                results.join(", ")
            )
        },
    )
}

fn error(text: &mut String, name: &str, shape: &Shape, extra: Option<&ErrorTrait>) {
    let traits = extra.or(shape.error.as_ref());
    let code = traits.and_then(|found| found.code.clone()).unwrap_or_else(|| name.to_owned());
    let server = shape.fault || traits.and_then(|found| found.sender_fault) == Some(false);
    let status = traits.and_then(|found| found.http_status_code).unwrap_or(if server { 500 } else { 400 });
    let fault = if server { "Server" } else { "Client" };
    let _ = writeln!(
        text,
        "    ErrorShape {{ name: {name:?}, code: {code:?}, status: {status}, fault: Fault::{fault}, shape: &shapes::{} }},",
        constant(name)
    );
}
