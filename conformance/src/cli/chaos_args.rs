//! The options of `chaos`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

/// Examples in the help of `chaos`.
pub(super) const CHAOS_EXAMPLES: &str = "\
Examples:
  Twenty seeds of everything that at-least-once delivery means, on a consumer in Python:
      redeliver chaos --plan at_least_once --seeds 20 -- python3 consumer.py
  The same before another backend:
      redeliver chaos --plan plan.yaml --upstream http://127.0.0.1:5000 -- node consumer.js
  Exactly the run that failed, again:
      redeliver chaos --replay redeliver-regressions/chaos.json -- python3 consumer.py
  A reader of a stream whose shards split and merge:
      redeliver chaos --plan reshard --scenario stream.yaml -- python3 reader.py

A scenario is YAML; what it leaves out is as here:
  queue: orders               a name that ends in `.fifo` makes it a FIFO queue, with `groups: 1`
  visibility_timeout: 2       seconds; runs are in real time
  max_receive_count: none     then messages go to a dead-letter queue
  messages: [..]              bodies, five orders. Each carries its business key: in the field `key`, `id` or `order_id`, or it is the key
  topic: none                 name of a topic before the queue: messages are published there, and come raw unless `raw_delivery: false`
  stream: none                name of a stream instead of a queue, with `shards: 2` and `partition_keys: 3`. The messages are its records, put before \
the command starts; with `reshard: true` a shard is split and two are merged in between
  faults_for: 3               seconds after which no more faults happen
  drain_within: 20            seconds after that in which everything must be done

The command gets AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_DEFAULT_REGION, REDELIVER_SEED, and QUEUE_URL, with a \
topic TOPIC_ARN, or STREAM_NAME and STREAM_ARN. It runs until its queue is drained, or every record of its stream has its effect; it is killed and \
started anew as a crash, and started anew when it ends.

For each thing that it does to the outside world it tells an effect, such as {\"key\": \"order-3\", \"value\": 5, \"message\": \"its id\"}, of \
which only the key is needed, in one of two ways:
  REDELIVER_EFFECTS_URL
      an address to which it POSTs JSON, one effect or several, one a line. Effects stand in the history where they arrive; GET gives those told before
  REDELIVER_EFFECTS
      the path of a file to which it appends lines of JSON. It is read all the time: effects stand where they were read, milliseconds later

Runs are in real time and repeat as well as the command does.

Exit codes: 0 nothing was broken, 1 something was (or nothing can be said: UNKNOWN), 2 usage, 4 the endpoint or the command could not run, \
130 interrupted by Ctrl-C, 143 by SIGTERM: the run that goes on ends first, the second signal ends all at once";

/// Options of `chaos`.
#[derive(Debug, Args)]
pub struct ChaosArgs {
    /// The consumer: a program and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,
    /// What may happen: a file, or the name of a preset (`at_least_once`, `standard_order`, `deploy`, `reshard`, `limits`, `outage`, `aws_realistic`,
    /// `paranoid`)
    #[arg(long, value_name = "PLAN", default_value = "at_least_once")]
    pub plan: String,
    /// How many seeds are run
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    pub seeds: u64,
    /// The first seed
    #[arg(long, value_name = "N", default_value_t = 0, env = "REDELIVER_SEED")]
    pub seed: u64,
    /// Queue, topic or stream, messages and limits of every run, as YAML: see below
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// How often the command is killed in a run
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub crashes: u32,
    /// A backend to put the faults before, instead of the built-in reference
    #[arg(long, value_name = "URL")]
    pub upstream: Option<String>,
    /// Run exactly the faults of this file, once
    #[arg(long, value_name = "FILE", conflicts_with_all = ["seeds", "seed"])]
    pub replay: Option<PathBuf>,
    /// Where the smallest schedule is written
    #[arg(long, value_name = "FILE", default_value = "redeliver-regressions/chaos.json")]
    pub schedule: PathBuf,
    /// Also write the history of the failing run
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// Show what the command prints on standard error
    #[arg(long)]
    pub show: bool,
}
