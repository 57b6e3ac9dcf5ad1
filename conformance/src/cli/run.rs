//! `redeliver run`.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;
use redeliver_spec::words::nearest;
use redeliver_spec::{Case, Suite};

use super::args::{OutputArgs, RunArgs};
use super::cost;
use super::output::{Output, until_closed};
use super::problem::Problem;
use super::reports::{Reports, stdout_is_taken};
use super::selection;
use super::target_args::jobs;
use crate::event::{Durations, Event, RunHeader, Stopped};
use crate::exec::{Cancel, run_case};
use crate::exit;
use crate::finding::{CaseRun, Finding};
use crate::known::KnownList;
use crate::report::console::{self, Console, Verbosity};
use crate::report::{About, Context, Recorded, Recorder, now};
use crate::run::interrupt;
use crate::run::judge::Judge;
use crate::run::order::in_order;
use crate::run::scheduler::{self, Plan, Stop, found_nothing};
use crate::run::skip::reason_to_skip;
use crate::select::select;
use crate::specs;
use crate::target::{self, Manifest, Options, Profile, Target, TargetProblem, Time};

/// Seed of a run that names none: reports are the same each time without asking.
const SEED_DEFAULT: u64 = 0;

/// Runs cases and writes reports, also when the run could not even start.
pub(super) fn run(args: &RunArgs, output_args: OutputArgs, output: Output) -> Result<u8, Problem> {
    let mut reports = Reports::create(args)?;
    let ended = prepared(args, output_args, output, &mut reports);
    if let Err(problem) = &ended
        && !reports.are_written()
    {
        let header = header(args, &args.on.target, false, 0);
        let run = Recorded::not_started(header, problem.to_string());
        reports.write(&run, &Context::nothing(), output)?;
    }
    ended
}

/// Chooses cases and target, then runs.
fn prepared(args: &RunArgs, output_args: OutputArgs, output: Output, reports: &mut Reports) -> Result<u8, Problem> {
    with_session(args, |session| session.run(output_args, output, reports))
}

/// Runs cases for somebody else's report. A target that could not be opened gives a run in which no case could run, and the reason.
pub(super) fn record(
    args: &RunArgs,
    output: Output,
    hear: &mut dyn FnMut(&Event),
) -> Result<(Recorded, Option<TargetProblem>), Problem> {
    with_session(args, |session| session.record(output, hear))
}

/// Chooses cases and target.
fn with_session<T>(args: &RunArgs, then: impl FnOnce(&Session<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
    let suite = selection::specs(args.selection.specs.as_deref()).load()?;
    let cases = select(&suite, &selection::wanted(&args.selection))?;
    let manifest = target::find(&args.on.target)?;
    let known = KnownList::new(&manifest.known)?;
    if !args.certify {
        refuse_stale(&known, &suite, &manifest)?;
    }
    let judge = Judge::new(known, args.certify);
    then(&Session { judge, manifest, cases, args, is_clear: AtomicBool::new(true) })
}

/// A known deviation about no case is a claim that nobody checks any more.
fn refuse_stale(known: &KnownList, suite: &Suite, manifest: &Manifest) -> Result<(), Problem> {
    let ids = |suite: &Suite| suite.cases().map(|case| case.id.clone()).collect::<Vec<_>>();
    if known.stale(&ids(suite)).is_empty() {
        return Ok(());
    }
    // With specs of their own, users still name targets whose claims are about the specs of this project.
    let mut all = ids(suite);
    all.extend(ids(&specs::all().load()?));
    match known.stale(&all).first() {
        None => Ok(()),
        Some(stale) => {
            let remedy = match nearest(&stale.pattern, all.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "correct or remove it".to_owned(),
            };
            Err(Problem::Stale { target: manifest.name.clone(), pattern: stale.pattern.clone(), remedy })
        }
    }
}

/// A run whose cases and target are chosen.
struct Session<'a> {
    args: &'a RunArgs,
    cases: Vec<&'a Case>,
    manifest: Manifest,
    judge: Judge,
    /// Whether nothing is left of a run on AWS.
    is_clear: AtomicBool,
}

impl Session<'_> {
    fn run(&self, output_args: OutputArgs, output: Output, reports: &mut Reports) -> Result<u8, Problem> {
        let mut console = self.console(output_args, output);
        // Whoever reads along may have gone; verdicts and reports are wanted all the same.
        let (run, problem) = self.record(output, &mut |event| drop(console.hear(event)))?;
        reports.write(&run, &self.context(), output)?;
        if let Some(problem) = problem {
            return Err(problem.into());
        }
        until_closed(console.close(&run))?;
        let code = exit::code(&run, &self.judge);
        Ok(if code == exit::OK && !self.is_clear.load(Ordering::Relaxed) { exit::FAILURES } else { code })
    }

    /// Opens the target and runs its cases.
    fn record(
        &self,
        output: Output,
        hear: &mut dyn FnMut(&Event),
    ) -> Result<(Recorded, Option<TargetProblem>), Problem> {
        let stop = Arc::new(Stop::default());
        let cancel = Cancel::new();
        interrupt::listen(Arc::clone(&stop), cancel.clone())?;
        let options = Options { seed: self.seed(), profile: self.args.profile, ..Options::default() };
        let options = self.args.aws.options(&options);
        let target = match Target::open_unless(self.manifest.clone(), &options, &cancel) {
            Ok(target) => target,
            Err(_) if stop.asked().is_some() => {
                return Ok((self.unreachable(&stop, "interrupted"), None));
            }
            Err(TargetProblem::Unreachable(reason)) => {
                let run = self.unreachable(&stop, &reason);
                return Ok((run, Some(TargetProblem::Unreachable(reason))));
            }
            Err(problem) => return Err(problem.into()),
        };
        if target.rules().is_some() {
            cost::confirm(&target, &self.runnable(), self.jobs(), &self.args.cost, output, &cancel)?;
        }
        let started_at = now();
        let mut recorder = Recorder::default();
        let run_one = |case: &Case| {
            let run = self.run_one(&target, case, &cancel);
            if matches!(run.finding, Finding::CouldNotRun { unreachable: true, .. }) {
                // Others may be in the middle of a long wait, after which they would find out the same.
                stop.ask(Stopped::Unreachable);
                cancel.cancel();
            }
            run
        };
        scheduler::run(&self.plan(), &stop, &run_one, &mut |event| {
            hear(&event);
            recorder.hear(event);
        });
        let about = About {
            version: target.version(),
            again: Some(self.again("${id}")),
            started_at: Some(started_at),
            usage: target.usage(),
        };
        self.is_clear.store(cost::clear(&target, output), Ordering::Relaxed);
        target.close();
        let run = recorder.finish().expect("a scheduler tells its start and its end");
        Ok((Recorded { about, ..run }, None))
    }

    /// One case, unless the target lacks what it needs or it would wait too long.
    fn run_one(&self, target: &Target, case: &Case, cancel: &Cancel) -> CaseRun {
        match self.reason_to_skip(case) {
            Some(reason) => found_nothing(case, Finding::Skipped { reason }),
            None => run_case(target, case, cancel),
        }
    }

    fn reason_to_skip(&self, case: &Case) -> Option<String> {
        reason_to_skip(&self.manifest, self.args.max_wait.or(self.manifest.max_wait), case)
    }

    /// The cases that are not skipped.
    fn runnable(&self) -> Vec<&Case> {
        self.cases.iter().copied().filter(|case| self.reason_to_skip(case).is_none()).collect()
    }

    /// How many cases run at the same time.
    fn jobs(&self) -> usize {
        jobs(self.args.on.jobs, self.manifest.jobs)
    }

    fn plan(&self) -> Plan<'_> {
        Plan {
            header: header(self.args, &self.manifest.name, self.is_virtual(), self.cases.len()),
            cases: in_order(&self.manifest, &self.judge, &self.cases),
            judge: self.judge.clone(),
            jobs: self.jobs(),
            retries: self.retries(),
            fail_fast: self.args.fail_fast,
        }
    }

    /// How often a case that fails the run is repeated.
    fn retries(&self) -> u32 {
        if self.args.certify || self.args.fail_fast {
            return 0;
        }
        self.args.retries.or(self.manifest.retries).unwrap_or_default()
    }

    /// The record of a run whose target could not be opened: no case could run.
    fn unreachable(&self, stop: &Stop, reason: &str) -> Recorded {
        let mut recorder = Recorder::default();
        let finding = Finding::CouldNotRun { reason: reason.to_owned(), unreachable: true };
        let run_one = |case: &Case| found_nothing(case, finding.clone());
        let plan = Plan { jobs: 1, ..self.plan() };
        scheduler::run(&plan, stop, &run_one, &mut |event| recorder.hear(event));
        let run = recorder.finish().expect("a scheduler tells its start and its end");
        Recorded {
            about: About { again: Some(self.again("${id}")), started_at: Some(now()), ..About::default() },
            ..run
        }
    }

    /// What reports for people are given beside the run.
    fn context(&self) -> Context<'_> {
        Context::new(&self.cases, self.judge.clone(), |id| self.again(id))
    }

    fn console(&self, output_args: OutputArgs, output: Output) -> Console<'_> {
        let verbosity = match (output_args.quiet, output_args.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        Console::new(console::Options {
            out: if stdout_is_taken(self.args) { Box::new(output.stderr()) } else { Box::new(output.stdout()) },
            verbosity,
            terminal: output.watched(),
            judge: self.judge.clone(),
            cases: &self.cases,
            again: Box::new(|id| self.again(id)),
        })
    }

    /// The command that runs just this case in the same way.
    fn again(&self, id: &str) -> String {
        let args = self.args;
        let mut command = format!("redeliver run '{id}'");
        if self.manifest.is_aws() {
            command.push_str(" --allow-aws");
        }
        let mut add = |option: &str, value: &str| {
            let plain = value.chars().all(|c| c.is_ascii_alphanumeric() || "/.:_-".contains(c));
            let quote = if plain { "" } else { "'" };
            let _ = write!(command, " --{option} {quote}{value}{quote}");
        };
        if let Some(folder) = &args.selection.specs {
            add("specs", &folder.display().to_string());
        }
        if args.on.target != "reference" {
            add("target", &args.on.target);
        }
        for (option, value) in [("account", &args.aws.account), ("region", &args.aws.region)] {
            if let Some(value) = value {
                add(option, value);
            }
        }
        if self.is_virtual() || args.seed.is_some() {
            add("seed", &self.seed().to_string());
        }
        if let Some(profile) = header(args, "", self.is_virtual(), 0).profile.filter(|_| args.profile != Profile::Calm)
        {
            add("profile", &profile);
        }
        command
    }

    fn seed(&self) -> u64 {
        self.args.seed.unwrap_or(SEED_DEFAULT)
    }

    fn is_virtual(&self) -> bool {
        self.manifest.time() != Time::Real
    }
}

/// What reporters are told first.
fn header(args: &RunArgs, target: &str, is_virtual: bool, cases: usize) -> RunHeader {
    let profile = args.profile.to_possible_value().map(|value| value.get_name().to_owned());
    RunHeader {
        target: target.to_owned(),
        seed: args.seed.unwrap_or(SEED_DEFAULT),
        profile: profile.filter(|_| is_virtual),
        cases,
        durations: match (is_virtual, args.seed) {
            (true, _) => Durations::Virtual,
            (false, Some(_)) => Durations::Hidden,
            (false, None) => Durations::Wall,
        },
        certify: args.certify,
    }
}
