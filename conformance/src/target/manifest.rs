//! What is known of a target before it is opened.

use std::path::{Path, PathBuf};
use std::time::Duration;

use globset::GlobBuilder;
use indexmap::IndexMap;
use redeliver_model::Service;
use redeliver_spec::Feature;
use schemars::JsonSchema;
use serde::Deserialize;

use super::written::{FORMAT, Written};
use super::{Clock, Endpoint, Reset, Start, TargetProblem, Tolerance, lint};
use crate::known::Known;

/// What is known of a target before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its name on the command line, or its address.
    pub name: String,
    /// What it is, one sentence.
    pub about: String,
    /// What it declares to have; cases that need more are skipped.
    pub features: Vec<Feature>,
    /// The services that it has.
    pub services: Vec<Service>,
    /// How it comes to be there.
    pub start: Start,
    /// Services that answer elsewhere: URLs, with words in them where the target is started.
    pub endpoints: IndexMap<Service, String>,
    /// Region that calls are signed for.
    pub region: String,
    /// Whether nobody said which region that is, so that on AWS the user's environment says it.
    pub region_is_guess: bool,
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
    /// What empties it before each case; `None` where cases keep out of each other's way by their names.
    pub reset: Option<Reset>,
    /// What is overlooked.
    pub tolerate: Vec<Tolerance>,
    /// What a user should know of it, a sentence each.
    pub quirks: Vec<String>,
    /// The version for which the manifest was written and tried; `None` when it was not tried.
    pub tried: Option<Tried>,
    /// Cases that are never run.
    pub avoid: Vec<Avoided>,
    /// Known deviations.
    pub known: Vec<Known>,
    /// The folder of its file, where relative paths of volumes begin.
    pub folder: Option<PathBuf>,
}

/// What calls are signed with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "the map of credentials")]
pub struct Credentials {
    /// the access key id
    pub access_key_id: String,
    /// the secret access key
    pub secret_access_key: String,
    /// the session token, for credentials that are good for a while only
    #[serde(default)]
    pub session_token: Option<String>,
}

impl Default for Credentials {
    fn default() -> Self {
        // What emulators take by custom; nobody's secret.
        Self { access_key_id: "test".to_owned(), secret_access_key: "test".to_owned(), session_token: None }
    }
}

/// A version that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "what was tried")]
pub struct Tried {
    /// the version
    pub version: String,
    /// the day, as `YYYY-MM-DD`
    pub on: String,
}

/// Cases that are never run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "an entry of `avoid`")]
pub struct Avoided {
    /// a glob over case ids
    pub pattern: String,
    /// what would become of the target
    pub reason: String,
}

impl Manifest {
    /// Reads a manifest's YAML text; `origin` is its path.
    ///
    /// # Panics
    ///
    /// Never: what has no mistake has a type.
    pub fn parse(text: &str, origin: &str) -> Result<Self, TargetProblem> {
        let mut document = FORMAT.read(origin, text);
        let written = document.typed::<Written>();
        if let Some(written) = &written {
            lint::lint(written, &mut document);
        }
        document.end().map_err(TargetProblem::Manifest)?;
        let written = written.expect("what has no mistake has a type");
        Ok(Self { folder: Path::new(origin).parent().map(Path::to_owned), ..Self::of(written) })
    }

    /// Whether it is AWS itself.
    pub fn is_aws(&self) -> bool {
        matches!(self.start, Start::Aws(_))
    }

    /// What this case would do to the target, where it must not be run.
    pub fn harm_of(&self, id: &str) -> Option<&str> {
        let about = |avoided: &&Avoided| {
            let glob = GlobBuilder::new(&avoided.pattern).literal_separator(true).build();
            glob.is_ok_and(|glob| glob.compile_matcher().is_match(id))
        };
        self.avoid.iter().find(about).map(|avoided| avoided.reason.as_str())
    }

    /// A manifest in which nothing is wrong.
    fn of(written: Written) -> Self {
        let services = lint::services(&written);
        let endpoint = |url: String| Endpoint::parse(&url).expect("it was linted");
        let start = match (written.endpoint, written.command, written.container, written.aws) {
            (Some(url), ..) => Start::Endpoint(endpoint(url)),
            (_, Some(program), ..) => Start::Command(program),
            (_, _, Some(container), _) => Start::Container(container),
            (.., Some(aws)) => Start::Aws(aws),
            (None, None, None, None) => Start::InProcess,
        };
        Self {
            name: written.name.0,
            about: written.about.0,
            features: written.features,
            services,
            start,
            endpoints: written.endpoints.by_service(),
            region_is_guess: written.region.is_none(),
            region: written.region.map_or_else(default_region, |region| region.0),
            account_is_guess: written.account.is_none(),
            account: written.account.map_or_else(default_account, |account| account.0),
            credentials: written.credentials,
            max_wait: written.max_wait.map(|lasting| lasting.0),
            jobs: written.jobs,
            retries: written.retries,
            clock: written.clock,
            reset: written.reset,
            tolerate: written.tolerate,
            quirks: written.quirks.into_iter().map(|quirk| quirk.0).collect(),
            tried: written.tried,
            avoid: written.avoid,
            known: written.known,
            folder: None,
        }
    }

    /// A target that answers at an address and of which nothing else is known: it declares everything.
    pub fn ad_hoc(endpoint: Endpoint) -> Self {
        Self {
            name: endpoint.to_string(),
            about: "An endpoint named on the command line.".to_owned(),
            features: Feature::ALL.to_vec(),
            services: Service::ALL.to_vec(),
            start: Start::Endpoint(endpoint),
            endpoints: IndexMap::new(),
            region: default_region(),
            region_is_guess: true,
            account: default_account(),
            account_is_guess: true,
            credentials: Credentials::default(),
            max_wait: None,
            jobs: None,
            retries: None,
            clock: None,
            reset: None,
            tolerate: Vec::new(),
            quirks: Vec::new(),
            tried: None,
            avoid: Vec::new(),
            known: Vec::new(),
            folder: None,
        }
    }
}

fn default_region() -> String {
    "us-east-1".to_owned()
}

fn default_account() -> String {
    "000000000000".to_owned()
}
