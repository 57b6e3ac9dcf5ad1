//! Arguments of `proxy`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;

pub(super) const PROXY_EXAMPLES: &str = "\
Examples:
  Faults in front of ElasticMQ, LocalStack, moto, ..., for any AWS SDK or CLI:
      redeliver proxy --upstream http://127.0.0.1:9324 --chaos at_least_once --seed 7
  Without faults until the control API begins some:
      redeliver proxy --upstream http://127.0.0.1:5000 --port 0 --history calls.jsonl

The first line on standard output is `redeliver is listening on URL`, as soon as that is so. Nothing is sent anywhere but to the \
backend that is named. What a fault changes in a request is not signed anew: the backend must not check signatures. \
See /_redeliver/openapi.json for the control API: chaos, history.";

/// Arguments of `proxy`.
#[derive(Debug, Clone, Args)]
pub struct ProxyArgs {
    /// Where the backend answers plain HTTP, for example `http://127.0.0.1:9324`
    #[arg(long, value_name = "URL")]
    pub upstream: String,
    /// Port to listen on; 0 for any free one
    #[arg(short, long, value_name = "N", default_value_t = 4566, env = "REDELIVER_PORT")]
    pub port: u16,
    /// Address to listen on; `0.0.0.0` or `::` for all of this machine's, which lets others in
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub bind: IpAddr,
    /// Faults between clients and the backend: a plan in YAML, or the name of a preset
    #[arg(long, value_name = "FILE|PRESET")]
    pub chaos: Option<String>,
    /// Seed of the faults
    #[arg(long, value_name = "N", default_value_t = 0, env = "REDELIVER_SEED")]
    pub seed: u64,
    /// Where the history is written at the end, as JSON lines
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
}
