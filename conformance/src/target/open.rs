//! A target that is open for calls.

use std::borrow::Cow;
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redeliver_model::Service;
use redeliver_spec::{Case, Feature};

use super::child::{Child, version};
use super::contained::Contained;
use super::greet::{Strangers, greet, greet_one};
use super::leftovers::{self, Noted};
use super::probe::probe;
use super::ready::wait_until_ready;
use super::words::Words;
use super::{
    Addresses, Container, Endpoint, Manifest, Program, Ready, Start, TargetProblem, Time, Tolerance, Usage, account,
    ports,
};
use crate::aws::{Admitted, Aws, Rules, Wanted, admit};
use crate::client::Client;
use crate::exec::Cancel;
use crate::known::KnownList;

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
    /// Whether the user said that AWS may be called, for a target that is AWS.
    pub consent: bool,
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
    strangers: Strangers,
    known: KnownList,
    turn: Mutex<()>,
}

/// Where calls go.
#[derive(Debug)]
enum Place {
    /// To a reference of each case's own.
    InProcess {
        /// How it uses AWS's freedoms.
        profile: Profile,
        /// The rules of AWS, for a dry run of what is to be run there.
        rules: Option<Box<Rules>>,
    },
    /// To an address.
    Remote(Addresses),
    /// To a program that was started.
    Started(Child, Addresses),
    /// To a container that was started.
    Contained(Box<Contained>, Addresses),
    /// To AWS; what is to be told when the process stops at once.
    Aws(Box<Admitted>, #[expect(dead_code, reason = "it is for its drop")] Noted),
}

impl Place {
    fn addresses(&self) -> Option<&Addresses> {
        match self {
            Self::InProcess { .. } => None,
            Self::Remote(addresses) | Self::Started(_, addresses) | Self::Contained(_, addresses) => Some(addresses),
            Self::Aws(admitted, _) => Some(&admitted.addresses),
        }
    }

    /// How what was started for it ended, if it did.
    async fn ended(&self) -> Option<String> {
        match self {
            Self::Started(child, _) => child.soon_ended().await,
            Self::Contained(container, _) => container.has_ended(),
            Self::InProcess { .. } | Self::Remote(_) | Self::Aws(..) => None,
        }
    }

    /// Where this fails and what was started has ended, that is the reason.
    async fn alive<T>(&self, work: impl Future<Output = Result<T, TargetProblem>>) -> Result<T, TargetProblem> {
        match work.await {
            Ok(result) => Ok(result),
            Err(problem) => Err(self.ended().await.map_or(problem, TargetProblem::Unreachable)),
        }
    }
}

impl Target {
    /// Opens the target: starts its program or container and waits until that is ready, or looks whether its address answers.
    pub fn open(manifest: Manifest, options: &Options) -> Result<Self, TargetProblem> {
        Self::open_unless(manifest, options, &Cancel::new())
    }

    /// Opens the target, unless this is cancelled first: then what was started for it is ended again.
    pub fn open_unless(manifest: Manifest, options: &Options, cancel: &Cancel) -> Result<Self, TargetProblem> {
        let mut manifest = manifest;
        let number = fastrand::u64(..);
        if let Start::Aws(aws) = &manifest.start {
            let admitted = wait_for(unless(cancel, admit(&wanted(&manifest, aws, options, number))))??;
            let (account, region) = (admitted.caller.account.clone(), admitted.region.clone());
            manifest = Manifest { region, account, ..manifest };
            let hint = format!("see `redeliver sweep --target {} --run {}`", manifest.name, admitted.rules.run());
            let noted = leftovers::note(move || tell_left(&hint));
            return Self::of(manifest, number, Place::Aws(Box::new(admitted), noted), Strangers::default());
        }
        manifest.account = options.account.clone().unwrap_or(manifest.account);
        manifest.region = options.region.clone().unwrap_or(manifest.region);
        let place = match &manifest.start {
            Start::InProcess => Place::InProcess { profile: options.profile, rules: None },
            Start::Endpoint(endpoint) => {
                let addresses = addresses(&manifest, endpoint.clone(), &Words::default())?;
                wait_for(unless(cancel, answers(&addresses)))??;
                Place::Remote(addresses)
            }
            Start::Command(program) => start_program(&manifest, program, options, cancel)?,
            Start::Container(container) => start_container(&manifest, container, options, cancel)?,
            Start::Aws(_) => unreachable!("it was opened above"),
        };
        let strangers = match place.addresses() {
            Some(addresses) => wait_for(unless(cancel, place.alive(greet(&manifest, addresses))))??,
            None => Strangers::default(),
        };
        if let Place::Remote(addresses) = &place
            && manifest.account_is_guess
            && options.account.is_none()
            && manifest.services.contains(&Service::Sqs)
            && !strangers.contains_key(&Service::Sqs)
            && let Some(account) = wait_for(unless(cancel, async { Ok(account::ask(&manifest, addresses).await) }))??
        {
            manifest.account = account;
        }
        let run = if matches!(place, Place::InProcess { .. }) { options.seed } else { number };
        Self::of(manifest, run, place, strangers)
    }

    fn of(manifest: Manifest, run: u64, place: Place, strangers: Strangers) -> Result<Self, TargetProblem> {
        let known = KnownList::new(&manifest.known).map_err(|problem| TargetProblem::Usage(problem.to_string()))?;
        Ok(Self { manifest, run, place, strangers, known, turn: Mutex::new(()) })
    }

    /// The reference in the place of AWS, for a dry run of what is to be run there; `None` where the target is not AWS.
    pub(crate) fn dry(&self) -> Option<Self> {
        let Place::Aws(admitted, _) = &self.place else { return None };
        let rules = Some(Box::new(admitted.rules.dry()));
        let manifest = Manifest { start: Start::InProcess, clock: None, ..self.manifest.clone() };
        let place = Place::InProcess { profile: Profile::Calm, rules };
        Self::of(manifest, self.run, place, Strangers::default()).ok()
    }

    /// What holds for every call, where it is AWS.
    pub(crate) fn rules(&self) -> Option<&Rules> {
        match &self.place {
            Place::Aws(admitted, _) => Some(&admitted.rules),
            Place::InProcess { rules, .. } => rules.as_deref(),
            Place::Remote(_) | Place::Started(..) | Place::Contained(..) => None,
        }
    }

    /// What tells who calls it, each with what may stand in its place; nothing where that is known to everybody.
    pub(crate) fn caller_stand_ins(&self) -> Vec<(String, String)> {
        match &self.place {
            Place::Aws(admitted, _) => admitted.caller.stand_ins(),
            _ => Vec::new(),
        }
    }

    /// What is known of it, with credentials that are good now.
    pub(crate) async fn manifest_now(&self) -> Cow<'_, Manifest> {
        match &self.place {
            Place::Aws(admitted, _) => {
                let credentials = admitted.credentials().await;
                Cow::Owned(Manifest { credentials, ..self.manifest.clone() })
            }
            _ => Cow::Borrowed(&self.manifest),
        }
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
    pub fn addresses(&self) -> Option<&Addresses> {
        self.place.addresses()
    }

    /// Why this service cannot be used although others can, if so.
    pub(crate) fn stranger(&self, service: Service) -> Option<&str> {
        self.strangers.get(&service).map(String::as_str)
    }

    /// Why this service cannot be used any more, if so; asked after an answer that is none of the service.
    pub(crate) fn estranged(&self, service: Service) -> Option<String> {
        let addresses = self.addresses()?;
        let greeted = wait_for(async {
            let manifest = self.manifest_now().await;
            let client = Client::remote(&manifest, addresses);
            Ok(greet_one(&client, &manifest, addresses, service).await.err())
        });
        greeted.and_then(|greeted| greeted).unwrap_or_default()
    }

    /// What its program says of its version, where its manifest says how to ask.
    pub fn version(&self) -> Option<String> {
        match &self.manifest.start {
            Start::Command(program) => version(program),
            Start::Container(container) => Some(container.image.clone()),
            Start::InProcess => Some(env!("CARGO_PKG_VERSION").to_owned()),
            Start::Endpoint(_) | Start::Aws(_) => None,
        }
    }

    /// What its program took of this machine so far; `None` for what this process did not start itself as a program.
    pub fn usage(&self) -> Option<Usage> {
        match &self.place {
            Place::Started(child, _) => child.usage(),
            Place::InProcess { .. } | Place::Remote(_) | Place::Contained(..) | Place::Aws(..) => None,
        }
    }

    /// How time passes there.
    pub fn time(&self) -> Time {
        self.manifest.time()
    }

    /// The right to run a case, where that is for one case at a time.
    pub(crate) fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        // A case that panicked leaves nothing behind that the next one minds.
        let one_at_a_time = self.time() == Time::Steered || self.manifest.reset.is_some();
        one_at_a_time.then(|| self.turn.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Empties it before a case, where its manifest says how; fails with the reason.
    pub(crate) fn reset(&self) -> Result<(), String> {
        match (&self.manifest.reset, self.addresses()) {
            (Some(reset), Some(addresses)) => reset.run(addresses.main()),
            _ => Ok(()),
        }
    }

    /// Whether this is overlooked in the case.
    pub(crate) fn tolerates(&self, tolerance: Tolerance, id: &str) -> bool {
        self.manifest.tolerate.contains(&tolerance) && self.known.find(id).is_none()
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
        let addresses = self.addresses()?;
        // Asked first: a program that is ending may close its connections before it stops to listen.
        let ended = self.place.ended().await;
        if ended.is_some() {
            return ended;
        }
        for endpoint in addresses.iter() {
            if let Err(reason) = probe(endpoint, None).await {
                return Some(format!("`{endpoint}` does not answer any more: {reason}"));
            }
        }
        None
    }

    /// How the reference uses AWS's freedoms; a remote target does as it does.
    pub(crate) fn profile(&self) -> Profile {
        match self.place {
            Place::InProcess { profile, .. } => profile,
            Place::Remote(_) | Place::Started(..) | Place::Contained(..) | Place::Aws(..) => Profile::default(),
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

fn start_program(
    manifest: &Manifest,
    program: &Program,
    options: &Options,
    cancel: &Cancel,
) -> Result<Place, TargetProblem> {
    let mut words = words(manifest, options);
    let port = ports::for_program(program, &mut words)?;
    let addresses = addresses(manifest, Endpoint::loopback(port), &words)?;
    let child = Child::spawn(program, &words)?;
    wait_for(unless(cancel, wait_until_ready(&child, addresses.main(), &program.ready)))??;
    Ok(Place::Started(child, addresses))
}

fn start_container(
    manifest: &Manifest,
    container: &Container,
    options: &Options,
    cancel: &Cancel,
) -> Result<Place, TargetProblem> {
    let mut words = words(manifest, options);
    let ports = ports::for_container(container, &mut words)?;
    let addresses = addresses(manifest, Endpoint::loopback(ports[0].1), &words)?;
    let started = Contained::start(container, &words, &ports, manifest.folder.as_deref(), cancel)?;
    // Docker's own proxy accepts connections before anybody in the container does, so only an answer says something.
    let http = container.ready.http.clone().or_else(|| Some("/".to_owned()));
    let ready = Ready { http, ..container.ready.clone() };
    started.block_on(unless(cancel, wait_until_ready(&started, addresses.main(), &ready)))?;
    Ok(Place::Contained(Box::new(started), addresses))
}

/// What is known before anything is started.
fn words(manifest: &Manifest, options: &Options) -> Words {
    let mut words = Words::default();
    words.put("seed", &options.seed);
    words.put("region", &manifest.region);
    let profile = match options.profile {
        Profile::Calm => "calm",
        Profile::Lifelike => "lifelike",
    };
    words.put("profile", &profile);
    words
}

/// What a run on AWS asks for.
fn wanted<'a>(manifest: &'a Manifest, aws: &'a Aws, options: &'a Options, run: u64) -> Wanted<'a> {
    let written = |is_guess: bool, text: &'a String| (!is_guess).then_some(text.as_str());
    Wanted {
        aws,
        name: &manifest.name,
        consent: options.consent,
        account: options.account.as_deref().or(written(manifest.account_is_guess, &manifest.account)),
        region: options.region.as_deref().or(written(manifest.region_is_guess, &manifest.region)),
        run,
    }
}

/// Where its services answer.
fn addresses(manifest: &Manifest, main: Endpoint, words: &Words) -> Result<Addresses, TargetProblem> {
    let other = |(service, url): (&Service, &String)| Ok((*service, Endpoint::parse(&words.fill(url))?));
    Ok(Addresses::new(main, manifest.endpoints.iter().map(other).collect::<Result<_, TargetProblem>>()?))
}

/// Whether something is there already.
async fn answers(addresses: &Addresses) -> Result<(), TargetProblem> {
    for endpoint in addresses.iter() {
        probe(endpoint, None).await.map_err(|reason| {
            TargetProblem::Unreachable(format!("nothing answers at `{endpoint}`: {reason}; is it running?"))
        })?;
    }
    Ok(())
}

/// Does this unless it is cancelled first.
pub(super) async fn unless<T>(
    cancel: &Cancel,
    work: impl Future<Output = Result<T, TargetProblem>>,
) -> Result<T, TargetProblem> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(TargetProblem::Unreachable("interrupted before the target was open".to_owned())),
        result = work => result,
    }
}

/// Tells that things are left on AWS.
fn tell_left(hint: &str) {
    // There is no place to tell that this failed.
    let _ = writeln!(std::io::stderr(), "stopped at once, so the run left things on AWS: {hint}");
}

/// Waits on a runtime of its own: opening a target is not async.
fn wait_for<T>(work: impl Future<Output = T>) -> Result<T, TargetProblem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| TargetProblem::Unreachable(format!("no runtime for the network: {error}")))?;
    Ok(runtime.block_on(work))
}
