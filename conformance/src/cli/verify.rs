//! `redeliver verify`.

use std::collections::BTreeSet;
use std::sync::Arc;

use owo_colors::OwoColorize;
use redeliver_spec::{Case, Feature, Suite};

use super::args::OutputArgs;
use super::output::{Output, until_closed};
use super::problem::Problem;
use super::record_args::VerifyArgs;
use super::selection;
use super::target_args::jobs;
use crate::event::{Durations, RunHeader};
use crate::exec::{Cancel, replay_case};
use crate::exit;
use crate::finding::Finding;
use crate::known::KnownList;
use crate::recording::{About, Folder, RecordingProblem, Replay, specs_digest};
use crate::report::Recorder;
use crate::report::console::{self, Console, Verbosity};
use crate::run::interrupt;
use crate::run::judge::Judge;
use crate::run::scheduler::{self, Plan, Stop, found_nothing};
use crate::select::select;
use crate::target::{self, Manifest, Options, Start, Target};

/// Checks expectations against what was recorded.
pub(super) fn verify(args: &VerifyArgs, output_args: OutputArgs, output: Output) -> Result<u8, Problem> {
    let folder = Folder::read(&args.recordings)?;
    let suite = selection::specs(args.selection.specs.as_deref()).load()?;
    refuse_strangers(args, &folder, &suite)?;
    let mut cases = select(&suite, &selection::wanted(&args.selection))?;
    cases.retain(|case| folder.find(&case.id).is_some());
    if cases.is_empty() {
        let reason = "no selected case is in it; `redeliver record` records more".to_owned();
        return Err(RecordingProblem::None { path: args.recordings.clone(), reason }.into());
    }
    remark(&folder, &suite, output);

    let manifest = stand_in(args, &folder.about)?;
    let judge = Judge::new(KnownList::new(&manifest.known)?, false);
    let options = Options { region: Some(folder.about.target.region.clone()), ..Options::default() };
    let target = Target::open(manifest, &options)?;
    let stop = Arc::new(Stop::default());
    let cancel = Cancel::new();
    interrupt::listen(Arc::clone(&stop), cancel.clone())?;

    let mut console = console(args, output_args, output, &judge, &cases);
    let real_time = folder.about.target.real_time;
    let run_one = |case: &Case| match folder.find(&case.id) {
        Some(transcript) => replay_case(&target, case, Replay::new(transcript.clone(), real_time), &cancel),
        None => found_nothing(case, Finding::Skipped { reason: "it was not recorded".to_owned() }),
    };
    let plan = Plan {
        header: header(&folder.about, cases.len()),
        cases: cases.clone(),
        judge: judge.clone(),
        jobs: jobs(args.jobs, None),
        retries: 0,
        fail_fast: false,
    };
    let mut recorder = Recorder::default();
    scheduler::run(&plan, &stop, &run_one, &mut |event| {
        // Whoever reads along may have gone; the verdicts are wanted all the same.
        let _ = console.hear(&event);
        recorder.hear(event);
    });
    let run = recorder.finish().expect("a scheduler tells its start and its end");
    until_closed(console.close(&run))?;
    Ok(exit::code(&run, &judge))
}

/// A recording of a case that these specs do not have is checked by nobody.
fn refuse_strangers(args: &VerifyArgs, folder: &Folder, suite: &Suite) -> Result<(), Problem> {
    let known: BTreeSet<_> = suite.cases().map(|case| case.id.as_str()).collect();
    match folder.transcripts.iter().find(|transcript| !known.contains(transcript.case.as_str())) {
        None => Ok(()),
        Some(transcript) => {
            let reason = format!(
                "it has the case `{}`, and the specs do not: record it again, or name its specs with `--specs`",
                transcript.case
            );
            Err(Problem::Input { path: args.recordings.clone(), reason })
        }
    }
}

/// What a reader should know before the verdicts.
fn remark(folder: &Folder, suite: &Suite, output: Output) {
    let about = &folder.about;
    let note = |text: &str| output.complain(&format!("{} {text}\n", "note:".yellow().bold()));
    if !about.complete {
        note("this recording is incomplete: recording it was interrupted");
    }
    let recorded: Vec<_> = suite.cases().filter(|case| folder.find(&case.id).is_some()).collect();
    if specs_digest(&recorded) != about.specs {
        note("the specs have changed since this was recorded");
    }
}

/// The recorded target as one in process: nothing is ever called there, but its deviations and what it is forgiven are known.
fn stand_in(args: &VerifyArgs, about: &About) -> Result<Manifest, Problem> {
    let found = match &args.target {
        Some(name) => target::find(name)?,
        // The manifest of somebody else's target is not here; then no deviation is known.
        None => match target::find(&about.target.name) {
            Ok(manifest) => manifest,
            Err(_) => Manifest { known: Vec::new(), ..target::find("reference")? },
        },
    };
    let reference = target::find("reference")?;
    Ok(Manifest {
        name: about.target.title(),
        known: found.known,
        tolerate: found.tolerate,
        features: Feature::ALL.to_vec(),
        start: Start::InProcess,
        ..reference
    })
}

fn header(about: &About, cases: usize) -> RunHeader {
    RunHeader {
        target: format!("the recording of {}", about.target.title()),
        seed: 0,
        profile: None,
        cases,
        durations: Durations::Virtual,
        certify: false,
    }
}

fn console<'a>(
    args: &'a VerifyArgs,
    output_args: OutputArgs,
    output: Output,
    judge: &Judge,
    cases: &'a [&'a Case],
) -> Console<'a> {
    let verbosity = match (output_args.quiet, output_args.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    };
    let specs = args.selection.specs.as_ref();
    let again = move |id: &str| {
        let specs = specs.map(|folder| format!(" --specs {}", folder.display())).unwrap_or_default();
        format!("redeliver verify --recordings {} '{id}'{specs}", args.recordings.display())
    };
    Console::new(console::Options {
        out: Box::new(output.stdout()),
        verbosity,
        terminal: output.watched(),
        judge: judge.clone(),
        cases,
        again: Box::new(again),
    })
}
