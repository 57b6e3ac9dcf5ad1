//! Who the clients are.

use std::time::Duration;

use libtest_mimic::{Completion, Failed, Trial};

use crate::command::run;
use crate::project::Project;
use crate::runtime::{Runtime, command, missing};
use crate::served::{Access, Served};

/// For a flow that takes seconds, on a machine that is busy with others.
const RUN_LIMIT: Duration = Duration::from_mins(5);

/// The last step of every flow: one that ends before it is broken, whatever its exit status is.
pub(crate) const LAST_STEP: &str = "ok clean up";

/// A project, and a way to run it.
struct Client {
    name: &'static str,
    /// Folder in `conformance/clients`.
    project: &'static str,
    runtime: Runtime,
    /// What is run, and its arguments.
    flow: &'static [&'static str],
    access: Access,
}

const fn client(
    name: &'static str,
    project: &'static str,
    runtime: Runtime,
    flow: &'static [&'static str],
    access: Access,
) -> Client {
    Client { name, project, runtime, flow, access }
}

pub(crate) const BOTO3: Runtime = Runtime::Python { requirements: "requirements.txt" };

/// Those that take longest come first.
const CLIENTS: [Client; 27] = [
    client("awscli", "awscli", BOTO3, &["bash", "flow.sh"], Access::Http),
    client("awscli::kinesis", "awscli", BOTO3, &["bash", "kinesis.sh"], Access::Http),
    client("celery", "celery", BOTO3, &["python", "flow.py"], Access::Http),
    client("java", "java", Runtime::Java, &["java", "-cp", "classes:libraries/*", "Flow"], Access::Http),
    client("go", "go", Runtime::Go, &["./flow"], Access::Http),
    client("go::h2c", "go", Runtime::Go, &["./flow", "h2c"], Access::Http),
    client("java::kinesis", "java", Runtime::Java, &["java", "-cp", "classes:libraries/*", "Streams"], Access::Http),
    // HTTP/2, which is agreed on in the handshake.
    client("go::tls", "go", Runtime::Go, &["./flow"], Access::Tls),
    client("boto3", "boto3", BOTO3, &["python", "flow.py"], Access::Http),
    client("boto3::tls", "boto3", BOTO3, &["python", "flow.py"], Access::Tls),
    // The last release that speaks the query protocol.
    client(
        "boto3::query",
        "boto3",
        Runtime::Python { requirements: "query.txt" },
        &["python", "flow.py"],
        Access::Http,
    ),
    client("javascript", "javascript", Runtime::Node, &["node", "flow.js"], Access::Http),
    client("javascript::h2c", "javascript", Runtime::Node, &["node", "flow.js", "h2c"], Access::Http),
    client("javascript::tls", "javascript", Runtime::Node, &["node", "flow.js"], Access::Tls),
    client("javascript::sqs_consumer", "javascript", Runtime::Node, &["node", "consumer.js"], Access::Http),
    client("awscli::sns", "awscli", BOTO3, &["bash", "sns.sh"], Access::Http),
    client("java::sns", "java", Runtime::Java, &["java", "-cp", "classes:libraries/*", "Topics"], Access::Http),
    client("go::sns", "go", Runtime::Go, &["./flow", "sns"], Access::Http),
    client("boto3::sns", "boto3", BOTO3, &["python", "sns.py"], Access::Http),
    client("boto3::kinesis", "boto3", BOTO3, &["python", "kinesis.py"], Access::Http),
    client("go::kinesis", "go", Runtime::Go, &["./flow", "kinesis"], Access::Http),
    client("go::kinesis::h2c", "go", Runtime::Go, &["./flow", "kinesis", "h2c"], Access::Http),
    // HTTP/2 with prior knowledge, as the SDK is set up for Kinesis.
    client("javascript::kinesis", "javascript", Runtime::Node, &["node", "kinesis.js"], Access::Http),
    client("javascript::kinesis::tls", "javascript", Runtime::Node, &["node", "kinesis.js"], Access::Tls),
    client("javascript::sns", "javascript", Runtime::Node, &["node", "sns.js"], Access::Http),
    // Its daemon speaks TLS alone.
    client("kpl", "kcl", Runtime::Java, &["java", "-cp", "classes:libraries/*", "Kpl"], Access::Tls),
    // The library fetches certificates over HTTPS alone.
    client("javascript::sns_validator", "javascript", Runtime::Node, &["node", "signature.js"], Access::Tls),
];

/// What is done where a runtime is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    IfThere,
    Required,
    Off,
}

impl Wanted {
    fn from_env() -> Result<Self, String> {
        match std::env::var("REDELIVER_CLIENTS").unwrap_or_default().as_str() {
            "" => Ok(Self::IfThere),
            "required" => Ok(Self::Required),
            "off" => Ok(Self::Off),
            other => Err(format!("REDELIVER_CLIENTS is `{other}`: set it to `required` or `off`, or leave it out")),
        }
    }
}

/// A test for each client.
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |client: &'static Client| Trial::ignorable_test(client.name, move || test(client));
    CLIENTS.iter().map(trial).collect()
}

/// Whether nothing may be left out.
pub(crate) fn is_required() -> Result<bool, String> {
    Wanted::from_env().map(|wanted| wanted == Wanted::Required)
}

/// Why clients of this runtime are left out here; an error where none may be.
pub(crate) fn left_out(runtime: &Runtime) -> Result<Option<String>, String> {
    let wanted = Wanted::from_env()?;
    if wanted == Wanted::Off {
        return Ok(Some("REDELIVER_CLIENTS is `off`".to_owned()));
    }
    match missing(runtime) {
        Some(reason) if wanted == Wanted::Required => Err(reason),
        reason => Ok(reason),
    }
}

fn test(client: &Client) -> Result<Completion, Failed> {
    if let Some(reason) = left_out(&client.runtime)? {
        return Ok(Completion::ignored_with(reason));
    }
    let folder = Project::new(client.project, &client.runtime).prepare()?;
    let served = Served::start(client.access)?;
    let (program, args) = client.flow.split_first().expect("a flow names a program");
    let output = run(command(&folder, program).args(args).envs(served.environment()), RUN_LIMIT)?;
    match output.lines().last() {
        Some(LAST_STEP) => Ok(Completion::Completed),
        _ => Err(format!("the last line is not `{LAST_STEP}`:\n{output}").into()),
    }
}
