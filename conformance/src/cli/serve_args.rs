//! Arguments of `serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use redeliver::server::Keys;
use redeliver::signing::Credentials;

use super::args::duration;
use crate::target::Profile;

pub(super) const SERVE_EXAMPLES: &str = "\
Examples:
  redeliver serve                                      http://127.0.0.1:4566 for any AWS SDK or CLI
  redeliver serve --port 0 --profile lifelike --seed 7 any free port, with all the disorder that AWS allows
  redeliver serve --chaos at_least_once                replies get lost, messages come twice, leases run out
  redeliver serve --tls                                TLS with a new certificate, whose path is printed
  redeliver serve --auth verify --access-key AKIA1:s3cret
  curl -d '{\"advance_ms\":31000}' http://127.0.0.1:4566/_redeliver/clock

The first line on standard output is `redeliver is listening on URL`, as soon as that is so. SIGINT and SIGTERM stop the
server after the requests in flight; long polls are answered at once. See /_redeliver/openapi.json for the control API.

This is for tests: whoever can reach the port can do everything, unless `--auth verify` is given, and read all that was sent.
It listens on this machine alone unless `--bind` names another address.";

/// Arguments of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Port to listen on; 0 for any free one
    #[arg(short, long, value_name = "N", default_value_t = 4566, env = "REDELIVER_PORT", value_parser = port)]
    pub port: u16,
    /// Address to listen on; `0.0.0.0` or `::` for all of this machine's, which lets others in
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub bind: IpAddr,
    /// Speak TLS, with a new certificate unless one is given
    #[arg(long)]
    pub tls: bool,
    /// PEM file of the certificate, followed by those that vouch for it
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// PEM file of the certificate's key
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Where a new certificate is written, for clients to trust; a temporary file otherwise
    #[arg(long, value_name = "FILE", requires = "tls", conflicts_with = "tls_cert")]
    pub tls_out: Option<PathBuf>,
    /// Seed of everything random
    #[arg(long, value_name = "N", default_value_t = 0, env = "REDELIVER_SEED")]
    pub seed: u64,
    /// Faults between clients and the service: a plan in YAML, the name of a preset, or a schedule of earlier faults in JSON
    #[arg(long, value_name = "FILE|PRESET")]
    pub chaos: Option<String>,
    /// Seed of the faults; that of the plan otherwise, else `--seed`
    #[arg(long, value_name = "N", requires = "chaos")]
    pub chaos_seed: Option<u64>,
    /// How the service uses the freedom that AWS keeps
    #[arg(long, value_enum, default_value_t = Profile::Calm, env = "REDELIVER_PROFILE")]
    pub profile: Profile,
    /// Account of callers whose access key id is not twelve digits; those that are name their account
    #[arg(long, value_name = "DIGITS", default_value = "000000000000", value_parser = account)]
    pub account: String,
    /// Region of requests that are not signed; a signature names its region
    #[arg(long, value_name = "NAME", default_value = "us-east-1")]
    pub region: String,
    /// Limits that tests may find inconvenient: 60 s between purges, and before a name is used again
    #[arg(long, value_enum, default_value_t = Strictness::Strict)]
    pub limits: Strictness,
    /// How long a stream of Kinesis takes to be made, changed or deleted, for example `50ms`; 1s unless limits are relaxed
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub transitions: Option<Duration>,
    /// Whether calls about streams of Kinesis, such as `CreateStream`, may come only as often as on AWS; strict unless limits are relaxed
    #[arg(long, value_enum)]
    pub call_rates: Option<Strictness>,
    /// Whether a queue lets in other accounts only where its policy says so; relaxed lets everybody in
    #[arg(long, value_enum, default_value_t = Strictness::Strict)]
    pub policies: Strictness,
    /// Whether signatures are checked
    #[arg(long, value_enum, default_value_t = AuthMode::Open)]
    pub auth: AuthMode,
    /// A key whose signatures are right, written ID:SECRET or ID:SECRET:TOKEN; may be repeated; `test:test` when there is none
    #[arg(long, value_name = "KEY", env = "REDELIVER_ACCESS_KEY", hide_env_values = true)]
    pub access_key: Vec<Keys>,
    /// Switch off the control API below /_redeliver/
    #[arg(long)]
    pub no_control: bool,
    /// Let the control API be asked under this host name too; it always may be as localhost or an IP address
    #[arg(long, value_name = "NAME", conflicts_with = "no_control")]
    pub control_host: Vec<String>,
    /// Let notifications of SNS go to this host too, or to all with `*`; they always go to loopback, and else to the outbox
    #[arg(long, value_name = "NAME")]
    pub webhook_host: Vec<String>,
    /// Where a Lambda function is invoked that SNS notifies, written NAME=URL or ARN=URL; may be repeated
    #[arg(long, value_name = "NAME=URL", value_parser = function)]
    pub function: Vec<(String, String)>,
    /// Folder into which channels of Kinesis write their objects, each at BUCKET/KEY below it; else they are in the outbox
    #[arg(long, value_name = "DIR")]
    pub channel_folder: Option<PathBuf>,
    /// Endpoint that speaks S3, into whose buckets channels of Kinesis put their objects
    #[arg(long, value_name = "URL", conflicts_with = "channel_folder", value_parser = endpoint)]
    pub channel_endpoint: Option<String>,
    /// The key that the endpoint of channels takes, written ID:SECRET or ID:SECRET:TOKEN
    #[arg(long, value_name = "KEY", requires = "channel_endpoint", value_parser = credentials, default_value = "test:test", env = "REDELIVER_CHANNEL_KEY", hide_env_values = true)]
    pub channel_key: Credentials,
    /// Memory for the history that the control API tells, in MiB; 0 for none
    #[arg(long, value_name = "MIB", default_value_t = 16, value_parser = mebibytes)]
    pub history: usize,
    /// What is logged to standard error; `info` has a line for each request
    #[arg(long, value_enum, default_value_t = LogLevel::Warn, env = "REDELIVER_LOG")]
    pub log: LogLevel,
}

/// As AWS, or lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Strictness {
    /// As AWS.
    Strict,
    /// Lifted.
    Relaxed,
}

/// Whether signatures are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuthMode {
    /// They only say who calls.
    Open,
    /// They must be right.
    Verify,
}

/// What is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// What is broken.
    Error,
    /// What is odd.
    Warn,
    /// Every request.
    Info,
    /// Connections, too.
    Debug,
}

impl LogLevel {
    pub(super) fn level(self) -> Option<tracing::Level> {
        match self {
            Self::Off => None,
            Self::Error => Some(tracing::Level::ERROR),
            Self::Warn => Some(tracing::Level::WARN),
            Self::Info => Some(tracing::Level::INFO),
            Self::Debug => Some(tracing::Level::DEBUG),
        }
    }
}

fn port(text: &str) -> Result<u16, String> {
    let remedy = "give a number from 0 to 65535; another address than 127.0.0.1 is for `--bind ADDR` to name";
    text.parse().map_err(|_| format!("`{text}` is no port: {remedy}"))
}

fn account(text: &str) -> Result<String, String> {
    let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_account { Ok(text.to_owned()) } else { Err("an account id has twelve digits".to_owned()) }
}

fn function(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(name, url)| !name.is_empty() && url.starts_with("http://"));
    let remedy = "write it as `name=http://127.0.0.1:9000/2015-03-31/functions/function/invocations`";
    parts.map(|(name, url)| (name.to_owned(), url.to_owned())).ok_or_else(|| remedy.to_owned())
}

fn mebibytes(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|mebibytes| *mebibytes <= 65_536);
    number.ok_or_else(|| "give a number of MiB from 0 to 65536".to_owned())
}

fn endpoint(text: &str) -> Result<String, String> {
    let is_url = text.starts_with("http://") || text.starts_with("https://");
    if is_url { Ok(text.to_owned()) } else { Err("write it as `http://127.0.0.1:9000`".to_owned()) }
}

fn credentials(text: &str) -> Result<Credentials, String> {
    let mut parts = text.splitn(3, ':');
    let (id, secret) = (parts.next().filter(|id| !id.is_empty()), parts.next().filter(|secret| !secret.is_empty()));
    let key = id.zip(secret).map(|(id, secret)| Credentials::new(id, secret, parts.next()));
    key.ok_or_else(|| "write it as `ID:SECRET` or `ID:SECRET:TOKEN`".to_owned())
}
