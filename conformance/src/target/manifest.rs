//! What is known of a target before it is opened.

use std::time::Duration;

use redeliver_spec::step::parse_duration;
use redeliver_spec::{Feature, Places};
use serde::Deserialize;

use super::{Clock, Endpoint, Program, Start, TargetProblem};
use crate::known::{Known, KnownList};

/// What is known of a target before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its name on the command line, or its address.
    pub name: String,
    /// What it is, one sentence.
    pub about: String,
    /// What it declares to have; cases that need more are skipped.
    pub features: Vec<Feature>,
    /// How it comes to be there.
    pub start: Start,
    /// Region that calls are signed for.
    pub region: String,
    /// Account id that owns what is created.
    pub account: String,
    /// Whether nobody said which account that is, so that the target is asked.
    pub account_is_guess: bool,
    /// What calls are signed with.
    pub credentials: Credentials,
    /// Cases that would wait longer on a real clock are skipped, unless the user says otherwise; `None` for no limit.
    pub max_wait: Option<Duration>,
    /// How many cases run at the same time, unless the user says otherwise; `None` for one on each core.
    pub jobs: Option<usize>,
    /// How often a case that fails the run is repeated, alone, unless the user says otherwise.
    pub retries: Option<u32>,
    /// How its clock can be put ahead; `None` where waiting takes real time.
    pub clock: Option<Clock>,
    /// Known deviations.
    pub known: Vec<Known>,
}

/// What calls are signed with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Credentials {
    /// Access key id.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: String,
}

impl Default for Credentials {
    fn default() -> Self {
        // What emulators take by custom; nobody's secret.
        Self { access_key_id: "test".to_owned(), secret_access_key: "test".to_owned() }
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    name: String,
    about: String,
    features: Vec<Feature>,
    #[serde(default)]
    in_process: bool,
    endpoint: Option<String>,
    command: Option<Program>,
    #[serde(default = "default_region")]
    region: String,
    account: Option<String>,
    #[serde(default)]
    credentials: Credentials,
    max_wait: Option<String>,
    jobs: Option<usize>,
    retries: Option<u32>,
    clock: Option<Clock>,
    #[serde(default)]
    known: Vec<Known>,
}

fn default_region() -> String {
    "us-east-1".to_owned()
}

fn default_account() -> String {
    "000000000000".to_owned()
}

impl Manifest {
    /// Reads a manifest's YAML text; `origin` is its path, for problems.
    pub fn parse(text: &str, origin: &str) -> Result<Self, TargetProblem> {
        // The YAML reader's own texts end with line and column.
        let written: Written = serde_yaml::from_str(text)
            .map_err(|error| TargetProblem::Usage(format!("the target manifest `{origin}` is broken: {error}")))?;
        let usage = |pointer: &str, what: &str| {
            let place = Places::of(text).ok().and_then(|places| places.whole(pointer));
            let place =
                place.map(|place| format!(" at line {} column {}", place.line, place.column)).unwrap_or_default();
            TargetProblem::Usage(format!("the target manifest `{origin}` is broken: {what}{place}"))
        };
        let start = match (written.in_process, written.endpoint, written.command) {
            (true, None, None) => Start::InProcess,
            (false, Some(url), None) => {
                Start::Endpoint(Endpoint::parse(&url).map_err(|problem| usage("/endpoint", &problem.to_string()))?)
            }
            (false, None, Some(program)) => Start::Command(program),
            _ => return Err(usage("", "write exactly one of `in-process: true`, `endpoint` and `command`")),
        };
        let account_is_guess = written.account.is_none();
        let account = written.account.unwrap_or_else(default_account);
        if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            let what = format!("account `{account}` is not twelve digits, put them in quotes");
            return Err(usage("/account", &what));
        }
        if written.jobs == Some(0) {
            return Err(usage("/jobs", "jobs must be at least 1"));
        }
        let max_wait = written.max_wait.as_deref().map(parse_duration).transpose();
        let max_wait = max_wait.map_err(|problem| usage("/max-wait", &problem.to_string()))?;
        KnownList::new(&written.known).map_err(|problem| usage("/known", &problem.to_string()))?;
        Ok(Self {
            name: written.name,
            about: written.about,
            features: written.features,
            start,
            region: written.region,
            account,
            account_is_guess,
            credentials: written.credentials,
            max_wait,
            jobs: written.jobs,
            retries: written.retries,
            clock: written.clock,
            known: written.known,
        })
    }

    /// A target that answers at an address and of which nothing else is known: it declares everything that SQS has.
    pub fn ad_hoc(endpoint: Endpoint) -> Self {
        Self {
            name: endpoint.to_string(),
            about: "An endpoint named on the command line.".to_owned(),
            features: Feature::ALL.to_vec(),
            start: Start::Endpoint(endpoint),
            region: default_region(),
            account: default_account(),
            account_is_guess: true,
            credentials: Credentials::default(),
            max_wait: None,
            jobs: None,
            retries: None,
            clock: None,
            known: Vec::new(),
        }
    }
}
