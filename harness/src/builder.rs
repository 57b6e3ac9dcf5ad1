//! How a harness is made.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redeliver_core::{Limits, Oracle, Timestamp};

use crate::caller::{Home, is_account};
use crate::connector::Connector;
use crate::engine::{Engine, Recipe};
use crate::webhook::Functions;
use crate::{Clock, Harness, Profile};

/// 2025-01-01T00:00:00Z: a fixed start, so that histories of two runs are the same.
const START: Timestamp = Timestamp(1_735_689_600_000);

/// Makes a [`Harness`]; every setting has a default.
pub struct Builder {
    seed: u64,
    start: Timestamp,
    limits: Limits,
    profile: Profile,
    oracle: Option<Box<dyn Oracle + Send>>,
    events: bool,
    account: Arc<str>,
    region: Arc<str>,
    functions: Functions,
    channel_folder: Option<PathBuf>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            seed: 0,
            start: START,
            limits: Limits::default(),
            profile: Profile::default(),
            oracle: None,
            events: true,
            account: "000000000000".into(),
            region: "us-east-1".into(),
            functions: Functions::default(),
            channel_folder: None,
        }
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, start, limits, profile, events, account, region, functions, channel_folder, .. } = self;
        formatter
            .debug_struct("Builder")
            .field("seed", seed)
            .field("start", start)
            .field("limits", limits)
            .field("profile", profile)
            .field("events", events)
            .field("account", account)
            .field("region", region)
            .field("functions", functions)
            .field("channel_folder", channel_folder)
            .finish_non_exhaustive()
    }
}

impl Builder {
    /// Seed of everything that is drawn: ids, oracle, retry jitter. Default 0.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// What time it is at the start. Default 2025-01-01T00:00:00Z.
    #[must_use]
    pub fn start_at(mut self, start: Timestamp) -> Self {
        self.start = start;
        self
    }

    /// Quotas and cooldowns. Default: those of AWS; [`Limits::relaxed`] lifts what tests may find inconvenient.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How the service uses its freedoms. Default [`Profile::Calm`].
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// An oracle of one's own instead of a profile's.
    #[must_use]
    pub fn oracle(mut self, oracle: impl Oracle + Send + 'static) -> Self {
        self.oracle = Some(Box::new(oracle));
        self
    }

    /// Whether [`Harness::events`] has anything to tell. Default true; a long run under load may spare the memory.
    #[must_use]
    pub fn record_events(mut self, record: bool) -> Self {
        self.events = record;
        self
    }

    /// Account of callers whose access key is no account id. Default `000000000000`.
    ///
    /// # Panics
    ///
    /// When it does not have twelve digits.
    #[must_use]
    pub fn account(mut self, account: &str) -> Self {
        assert!(is_account(account), "`{account}` is no account id: give twelve digits");
        self.account = account.into();
        self
    }

    /// Region of clients and of requests without a signature. Default `us-east-1`.
    #[must_use]
    pub fn region(mut self, region: &str) -> Self {
        self.region = region.into();
        self
    }

    /// Where a Lambda function is invoked that notifications go to: its ARN or its name, and an address such as that of the Runtime
    /// Interface Emulator, `http://127.0.0.1:9000/2015-03-31/functions/function/invocations`. What goes to other functions is kept in
    /// the outbox.
    #[must_use]
    pub fn function(mut self, function: &str, url: &str) -> Self {
        self.functions.insert(function.to_owned(), url.to_owned());
        self
    }

    /// The folder into which channels of Kinesis write their objects, each at `BUCKET/KEY` below it. Default: none, so that objects are kept
    /// in the outbox ([`Harness::outbox`]).
    #[must_use]
    pub fn channel_folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.channel_folder = Some(folder.as_ref().to_owned());
        self
    }

    /// The harness. Virtual time starts here, or at the first use when this is called outside of a tokio runtime.
    pub fn build(self) -> Harness {
        let Self { seed, start, limits, profile, oracle, events, account, region, functions, channel_folder } = self;
        let recipe = Recipe { seed, limits, events, profile, functions, channel_folder };
        let engine = Engine::new(Clock::starting_at(start), &recipe, oracle);
        Harness::new(Connector { engine, home: Arc::new(Home { account, region }) })
    }
}
