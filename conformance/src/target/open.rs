//! A target that is open for calls.

use std::sync::{Mutex, MutexGuard, PoisonError};

use redeliver_spec::{Case, Feature};

use super::child::{Child, version};
use super::probe::probe;
use super::{Endpoint, Manifest, Start, TargetProblem, Time, account};

/// How a target is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Seed of the reference. Remote targets draw names at random whatever it is, or a second run would meet the first one's queues.
    pub seed: u64,
    /// How the reference uses the freedoms that AWS keeps.
    pub profile: Profile,
    /// Account id instead of the manifest's.
    pub account: Option<String>,
    /// Region instead of the manifest's.
    pub region: Option<String>,
}

/// How the reference uses the freedoms that AWS keeps for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Profile {
    /// Full batches in order, nothing twice.
    #[default]
    Calm,
    /// As AWS was seen to: short polls that miss, partial batches, disorder on standard queues.
    Lifelike,
}

/// A target that is open for calls. Closing or dropping it stops what was started for it.
#[derive(Debug)]
pub struct Target {
    manifest: Manifest,
    run: u64,
    place: Place,
    turn: Mutex<()>,
}

/// Where calls go.
#[derive(Debug)]
enum Place {
    /// To a reference of each case's own.
    InProcess {
        /// How it uses AWS's freedoms.
        profile: Profile,
    },
    /// To an address.
    Remote(Endpoint),
    /// To a program that was started.
    Started(Child),
}

impl Target {
    /// Opens the target: starts its program and waits until that is ready, or looks whether its address answers.
    pub fn open(manifest: Manifest, options: &Options) -> Result<Self, TargetProblem> {
        let mut manifest = manifest;
        manifest.account = options.account.clone().unwrap_or(manifest.account);
        manifest.region = options.region.clone().unwrap_or(manifest.region);
        let place = match &manifest.start {
            Start::InProcess => Place::InProcess { profile: options.profile },
            Start::Endpoint(endpoint) => {
                wait_for(probe(endpoint, None))?.map_err(|reason| {
                    TargetProblem::Unreachable(format!("nothing answers at `{endpoint}`: {reason}; is it running?"))
                })?;
                Place::Remote(endpoint.clone())
            }
            Start::Command(program) => Place::Started(wait_for(Child::start(program, options))??),
        };
        if let Place::Remote(endpoint) = &place
            && manifest.account_is_guess
            && options.account.is_none()
            && let Some(account) = wait_for(account::ask(&manifest, endpoint))?
        {
            manifest.account = account;
        }
        let run = if matches!(place, Place::InProcess { .. }) { options.seed } else { fastrand::u64(..) };
        Ok(Self { manifest, run, place, turn: Mutex::new(()) })
    }

    /// What is known of it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.manifest.name
    }

    /// Where it answers; `None` for the reference in process.
    pub fn endpoint(&self) -> Option<&Endpoint> {
        match &self.place {
            Place::InProcess { .. } => None,
            Place::Remote(endpoint) => Some(endpoint),
            Place::Started(child) => Some(child.endpoint()),
        }
    }

    /// What its program says of its version, where its manifest says how to ask.
    pub fn version(&self) -> Option<String> {
        match &self.manifest.start {
            Start::Command(program) => version(program),
            Start::InProcess | Start::Endpoint(_) => None,
        }
    }

    /// How time passes there.
    pub fn time(&self) -> Time {
        self.manifest.time()
    }

    /// The right to run a case, where that is for one case at a time.
    pub(crate) fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        // A case that panicked leaves nothing behind that the next one minds.
        (self.time() == Time::Steered).then(|| self.turn.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The first feature that the case requires and the target lacks.
    pub fn lacks(&self, case: &Case) -> Option<Feature> {
        case.requires.iter().copied().find(|feature| !self.manifest.features.contains(feature))
    }

    /// Looks whether it is still there, after a reply that did not come; the reference always is.
    pub fn check(&self) -> Result<(), TargetProblem> {
        wait_for(self.gone())?.map_or(Ok(()), |gone| Err(TargetProblem::Unreachable(gone)))
    }

    /// Why it is gone, if it is: its program ended, or its address does not answer.
    pub(crate) async fn gone(&self) -> Option<String> {
        let endpoint = self.endpoint()?;
        // Asked first: a program that is ending may close its connections before it stops to listen.
        let ended = match &self.place {
            Place::Started(child) => child.soon_ended().await,
            Place::InProcess { .. } | Place::Remote(_) => None,
        };
        if ended.is_some() {
            return ended;
        }
        let reason = probe(endpoint, None).await.err()?;
        Some(format!("`{endpoint}` does not answer any more: {reason}"))
    }

    /// How the reference uses AWS's freedoms; a remote target does as it does.
    pub(crate) fn profile(&self) -> Profile {
        match self.place {
            Place::InProcess { profile } => profile,
            Place::Remote(_) | Place::Started(_) => Profile::default(),
        }
    }

    /// What makes names and seeds of this run its own.
    pub(crate) fn run(&self) -> u64 {
        self.run
    }

    /// Stops what was started for it.
    pub fn close(self) {
        drop(self);
    }
}

/// Waits on a runtime of its own: opening a target is not async.
fn wait_for<T>(work: impl Future<Output = T>) -> Result<T, TargetProblem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| TargetProblem::Unreachable(format!("no runtime for the network: {error}")))?;
    Ok(runtime.block_on(work))
}
