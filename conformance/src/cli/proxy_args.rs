//! Arguments of `proxy`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;

pub(super) const PROXY_EXAMPLES: &str = "\
Examples:
  Faults in front of ElasticMQ, LocalStack, moto, ..., for any AWS SDK or CLI:
      redeliver proxy --upstream http://127.0.0.1:9324 --chaos at_least_once --seed 7
  The faults of an earlier run once more:
      redeliver proxy --upstream http://127.0.0.1:9324 --chaos redeliver-regressions/orders.json
  Before a backend that checks signatures, with TLS and an authority of its own:
      redeliver proxy --upstream https://sqs.test --upstream-ca ca.pem --credentials profile:test --chaos plan.yaml
  Without faults until the control API begins some:
      redeliver proxy --upstream http://127.0.0.1:5000 --port 0 --history calls.jsonl

The first line on standard output is `redeliver is listening on URL`, as soon as that is so. Nothing is sent anywhere but to the \
backend that is named. Clients may speak AWS JSON, CBOR or the query protocol, over HTTP/1.1 or HTTP/2; the backend is asked in the \
same protocol over HTTP/1.1. A request that nothing changes is passed on as the client signed it; one that a fault changes or makes \
is signed anew with `--credentials`, and without those its signature is void. See /_redeliver/openapi.json for the control API: \
chaos, history.";

/// Arguments of `proxy`.
#[derive(Debug, Clone, Args)]
pub struct ProxyArgs {
    /// Where the backend answers, for example `http://127.0.0.1:9324` or `https://sqs.test`
    #[arg(long, value_name = "URL")]
    pub upstream: String,
    /// PEM file of the only authorities that may vouch for the backend; those of the system otherwise
    #[arg(long, value_name = "FILE")]
    pub upstream_ca: Option<PathBuf>,
    /// Name the backend in `Host`, as AWS needs it; this changes every request, and with --credentials every request is signed anew
    #[arg(long)]
    pub upstream_host: bool,
    /// Where the credentials are that sign what was changed: `env` (`AWS_ACCESS_KEY_ID`, ...), `env:NAME` (a variable with
    /// `ID:SECRET` or `ID:SECRET:TOKEN`), `profile` or `profile:NAME` (of the AWS shared credentials file)
    #[arg(long, value_name = "SOURCE")]
    pub credentials: Option<String>,
    /// Port to listen on; 0 for any free one
    #[arg(short, long, value_name = "N", default_value_t = 4566, env = "REDELIVER_PORT")]
    pub port: u16,
    /// Address to listen on; `0.0.0.0` or `::` for all of this machine's, which lets others in
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub bind: IpAddr,
    /// Faults between clients and the backend: a plan in YAML, the name of a preset, or a schedule of earlier faults in JSON
    #[arg(long, value_name = "FILE|PRESET")]
    pub chaos: Option<String>,
    /// Seed of the faults; that of the plan otherwise, else 0. A schedule needs none
    #[arg(long, value_name = "N", env = "REDELIVER_SEED")]
    pub seed: Option<u64>,
    /// Where the history is written at the end, as JSON lines
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
}
