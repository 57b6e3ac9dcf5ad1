//! Runs the binary in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Two cases that hold and one that does not, in `specs/sqs/queue/names.yaml`.
pub(crate) const NAMES: &str = r#"spec: "1.0"
about: A queue has the name that it was given.
guarantee: queue-lifecycle
requires: [sqs.standard]
cases:
  - name: url-ends-with-the-name
    evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html" }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        ok: { QueueUrl: { $matches: "/${unique}$" } }
  - name: url-is-short
    evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html" }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        ok: { QueueUrl: short }
"#;

/// One case that waits and one that receives, in `specs/sqs/message/receive.yaml`.
pub(crate) const RECEIVE: &str = r#"spec: "1.0"
about: What is sent is received.
guarantee: at-least-once
requires: [sqs.standard]
cases:
  - name: message-is-received-after-an-hour
    evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html" }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        save: { url: /QueueUrl }
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: hello }
      - wait: 1h
      - call: sqs:ReceiveMessage
        with: { QueueUrl: "${url}", WaitTimeSeconds: 20 }
        ok: { Messages: [ { Body: hello } ] }
"#;

/// A folder with specs, in which the binary runs.
pub(crate) struct Place {
    folder: TempDir,
}

/// How the binary ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    /// A folder with [`NAMES`] and [`RECEIVE`] in `specs`.
    pub(crate) fn new() -> Self {
        let place = Self { folder: TempDir::new().unwrap() };
        place.write("specs/sqs/queue/names.yaml", NAMES);
        place.write("specs/sqs/message/receive.yaml", RECEIVE);
        place
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub(crate) fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, below: &str) -> String {
        std::fs::read_to_string(self.path(below)).unwrap()
    }

    pub(crate) fn json(&self, below: &str) -> Value {
        serde_json::from_str(&self.read(below)).unwrap()
    }

    /// The binary with these arguments, separated by spaces, in this folder.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        command(self.folder.path(), arguments)
    }

    /// Starts the binary with these arguments, separated by spaces.
    pub(crate) fn start(&self, arguments: &str) -> Child {
        command(self.folder.path(), arguments).spawn().unwrap()
    }

    /// Starts it with this added to its environment.
    pub(crate) fn start_with(&self, arguments: &str, environment: &[(&str, &str)]) -> Child {
        command(self.folder.path(), arguments).envs(environment.iter().copied()).spawn().unwrap()
    }

    /// Runs the binary with these arguments, separated by spaces.
    pub(crate) fn redeliver(&self, arguments: &str) -> Ended {
        ended(command(self.folder.path(), arguments).output().unwrap())
    }

    /// Runs the binary with these arguments as a step of GitHub Actions, whose summary is the file `summary.md`.
    pub(crate) fn in_github(&self, arguments: &str) -> Ended {
        let mut command = command(self.folder.path(), arguments);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", self.path("summary.md"));
        ended(command.output().unwrap())
    }

    /// Runs cases of this folder's specs.
    pub(crate) fn run(&self, arguments: &str) -> Ended {
        self.redeliver(&format!("run --specs specs {arguments}"))
    }
}

/// The id and verdict of each case of a JSON report.
pub(crate) fn verdicts(report: &Value) -> Vec<(&str, &str)> {
    report["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["id"].as_str().unwrap(), row["verdict"].as_str().unwrap()))
        .collect()
}

pub(crate) fn ended(output: Output) -> Ended {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn command(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redeliver"));
    // Neither the settings nor the terminal of who runs the tests shall matter.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("REDELIVER_") || name.starts_with("GITHUB_"))
    {
        command.env_remove(name);
    }
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    command.args(arguments.split_whitespace()).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}
