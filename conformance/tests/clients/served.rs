//! The server that a client talks to.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::command::runtime;

/// An access key id of twelve digits names the account.
const ACCESS_KEY: [&str; 2] = ["111122223333", "secret"];
const REGION: &str = "eu-west-1";
/// How long streams of Kinesis take to change: long enough that clients see it on a busy machine.
const TRANSITIONS: &str = "700ms";
const START_LIMIT: Duration = Duration::from_secs(30);

/// How the server is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Http,
    Tls,
}

/// `redeliver serve` at a free port, which takes correct signatures alone. It ends when this is dropped.
pub(crate) struct Served {
    url: String,
    certificate: Option<PathBuf>,
    process: Child,
    folder: TempDir,
    /// Owns what watches the process.
    _runtime: tokio::runtime::Runtime,
}

impl Served {
    pub(crate) fn start(access: Access) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let certificate = (access == Access::Tls).then(|| folder.path().join("certificate.pem"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_redeliver"));
        command.args(["serve", "--port", "0", "--profile", "calm", "--auth", "verify"]);
        command.args(["--access-key", &ACCESS_KEY.join(":"), "--transitions", TRANSITIONS]);
        if let Some(path) = &certificate {
            command.arg("--tls").arg("--tls-out").arg(path);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        let runtime = runtime()?;
        let (process, url) = runtime.block_on(async {
            let mut process = command.spawn().map_err(|error| format!("no server: {error}"))?;
            let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
            let first = tokio::time::timeout(START_LIMIT, lines.next_line()).await;
            let first = first.map_err(|_| "the server tells no address".to_owned())?.ok().flatten().unwrap_or_default();
            match first.strip_prefix("redeliver is listening on ") {
                Some(url) => Ok((process, url.to_owned())),
                None => Err(format!("the server says `{first}`")),
            }
        })?;
        Ok(Self { url, certificate, process, folder, _runtime: runtime })
    }

    /// Where and as whom clients call, and nothing of who runs the tests.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let [id, secret] = ACCESS_KEY.map(str::to_owned);
        let nowhere = || self.folder.path().join("none").display().to_string();
        let mut environment = vec![
            ("AWS_ENDPOINT_URL", self.url.clone()),
            ("AWS_REGION", REGION.to_owned()),
            ("AWS_DEFAULT_REGION", REGION.to_owned()),
            ("AWS_ACCESS_KEY_ID", id),
            ("AWS_SECRET_ACCESS_KEY", secret),
            ("AWS_CONFIG_FILE", nowhere()),
            ("AWS_SHARED_CREDENTIALS_FILE", nowhere()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
            ("NO_PROXY", "127.0.0.1".to_owned()),
            // Which releases of Node.js the SDK will drop is not of interest here.
            ("NODE_NO_WARNINGS", "1".to_owned()),
        ];
        if let Some(path) = &self.certificate {
            let path = path.display().to_string();
            environment.extend([("AWS_CA_BUNDLE", path.clone()), ("NODE_EXTRA_CA_CERTS", path)]);
        }
        environment
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It fails only when the process has ended already.
        let _ = self.process.start_kill();
    }
}
