//! `redeliver record`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use owo_colors::OwoColorize;
use redeliver_spec::Case;

use super::args::OutputArgs;
use super::cost;
use super::output::Output;
use super::problem::Problem;
use super::record_args::RecordArgs;
use super::selection;
use super::target_args::jobs;
use crate::event::{Durations, RunHeader, Stopped};
use crate::exec::{Cancel, record_case};
use crate::exit;
use crate::finding::{CaseRun, Finding};
use crate::recording::{About, FORMAT, Folder, Recorded, Transcript, reason_not_to_record, specs_digest};
use crate::report::progress::Progress;
use crate::report::{self, Recorder, now};
use crate::run::interrupt;
use crate::run::judge::Judge;
use crate::run::order::in_order;
use crate::run::scheduler::{self, Plan, Stop, found_nothing};
use crate::run::skip::reason_to_skip;
use crate::select::select;
use crate::target::{self, Manifest, Options, Target, Time};

/// Runs cases and keeps what was answered.
pub(super) fn record(args: &RecordArgs, output_args: OutputArgs, output: Output) -> Result<u8, Problem> {
    let suite = selection::specs(args.selection.specs.as_deref()).load()?;
    let cases = select(&suite, &selection::wanted(&args.selection))?;
    let manifest = target::find(&args.on.target)?;
    let out = args.out.clone().unwrap_or_else(|| default_folder(&manifest));
    Folder::check_place(&out)?;

    let stop = Arc::new(Stop::default());
    let cancel = Cancel::new();
    interrupt::listen(Arc::clone(&stop), cancel.clone())?;
    let options = args.aws.options(&Options::default());
    let target = match Target::open_unless(manifest.clone(), &options, &cancel) {
        Ok(target) => target,
        Err(problem) => return exit::of_stop(stop.asked()).ok_or_else(|| problem.into()),
    };
    if target.rules().is_some() {
        let all = cases.iter().copied();
        let recordable: Vec<_> =
            all.filter(|case| reason_to_leave_out(args, target.manifest(), case).is_none()).collect();
        cost::confirm(&target, &recordable, jobs(args.on.jobs, manifest.jobs), &args.cost, output, &cancel)?;
    }
    let began = (manifest.time() == Time::Real).then(now);
    let mut progress = Progress::new(output.watched() && !output_args.quiet);
    let (run, transcripts) = run(args, &cases, &target, (&stop, &cancel), &mut progress);
    let recorded = Recorded::new(target.manifest(), target.version());
    let is_clear = cost::clear(&target, output);
    target.close();

    let kept: Vec<_> = cases.iter().copied().filter(|case| transcripts.contains_key(&case.id)).collect();
    let about = About {
        recording: FORMAT,
        recorded_at: began,
        target: recorded,
        redeliver: env!("CARGO_PKG_VERSION").to_owned(),
        specs: specs_digest(&kept),
        cases: kept.len(),
        complete: stop.asked().is_none(),
    };
    let folder = Folder { about, transcripts: transcripts.into_values().collect() };
    let left_out = left_out(&run);
    if folder.transcripts.is_empty() {
        output.print(&left_out)?;
        output.complain(&format!("{} no case was recorded, so nothing was written\n", "error:".red().bold()));
    } else {
        folder.write(&out)?;
        output.print(&(left_out + &told(&folder, &out)))?;
    }
    Ok(code(&run, &stop, folder.transcripts.is_empty() || !is_clear))
}

/// Runs the cases; gives what was found and what was answered.
fn run(
    args: &RecordArgs,
    cases: &[&Case],
    target: &Target,
    (stop, cancel): (&Stop, &Cancel),
    progress: &mut Progress,
) -> (report::Recorded, BTreeMap<String, Transcript>) {
    let manifest = target.manifest();
    let transcripts = Mutex::new(BTreeMap::new());
    let run_one = |case: &Case| -> CaseRun {
        if let Some(reason) = reason_to_leave_out(args, manifest, case) {
            return found_nothing(case, Finding::Skipped { reason });
        }
        let (run, transcript) = record_case(target, case, cancel);
        match run.finding {
            Finding::Held | Finding::Broken(_) | Finding::Vacuous { .. } => {
                transcripts.lock().unwrap_or_else(PoisonError::into_inner).insert(case.id.clone(), transcript);
            }
            Finding::CouldNotRun { unreachable: true, .. } => {
                stop.ask(Stopped::Unreachable);
                cancel.cancel();
            }
            Finding::CouldNotRun { .. } | Finding::Skipped { .. } => {}
        }
        run
    };
    let plan = Plan {
        header: header(manifest, cases.len()),
        cases: in_order(manifest, &Judge::default(), cases),
        judge: Judge::default(),
        jobs: jobs(args.on.jobs, manifest.jobs),
        retries: 0,
        fail_fast: false,
    };
    let mut recorder = Recorder::default();
    scheduler::run(&plan, stop, &run_one, &mut |event| {
        progress.hear(&event, false);
        recorder.hear(event);
    });
    let run = recorder.finish().expect("a scheduler tells its start and its end");
    (run, transcripts.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Why a case is not recorded, if so.
fn reason_to_leave_out(args: &RecordArgs, manifest: &Manifest, case: &Case) -> Option<String> {
    let skipped = reason_to_skip(manifest, args.max_wait.or(manifest.max_wait), case);
    skipped.or_else(|| reason_not_to_record(case))
}

fn header(manifest: &Manifest, cases: usize) -> RunHeader {
    RunHeader {
        target: manifest.name.clone(),
        seed: 0,
        profile: None,
        cases,
        durations: Durations::Hidden,
        certify: false,
    }
}

/// `fixtures/recordings/<target>`, with an address as a name of its own.
fn default_folder(manifest: &Manifest) -> PathBuf {
    let name = manifest.name.split_once("://").map_or(manifest.name.as_str(), |(_, address)| address);
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' }).collect();
    PathBuf::from("fixtures/recordings").join(name)
}

/// Cases that were not recorded, by their reasons.
fn left_out(run: &report::Recorded) -> String {
    let mut reasons = BTreeMap::<&str, Vec<&str>>::new();
    for result in &run.results {
        if let Finding::Skipped { reason } | Finding::CouldNotRun { reason, .. } = &result.run.finding {
            reasons.entry(reason).or_default().push(&result.run.id);
        }
    }
    let mut text = String::new();
    for (reason, ids) in reasons {
        let _ = match ids.as_slice() {
            [id] => writeln!(text, "{} {id}: {reason}", "not recorded".yellow()),
            ids => writeln!(text, "{} {} cases: {reason}", "not recorded".yellow(), ids.len()),
        };
    }
    text
}

fn told(folder: &Folder, out: &std::path::Path) -> String {
    let count = folder.transcripts.len();
    let what = if count == 1 { "1 case".to_owned() } else { format!("{count} cases") };
    let complete = if folder.about.complete { "" } else { "; it is incomplete" };
    format!("recorded {what} of {} in {}{complete}\n", folder.about.target.title(), out.display())
}

fn code(run: &report::Recorded, stop: &Stop, is_amiss: bool) -> u8 {
    let could_not = |finding: &Finding| matches!(finding, Finding::CouldNotRun { .. });
    match (exit::of_stop(stop.asked()), stop.asked()) {
        (Some(code), _) => code,
        (_, Some(Stopped::Unreachable)) => exit::TARGET_UNREACHABLE,
        _ if is_amiss || run.results.iter().any(|result| could_not(&result.run.finding)) => exit::FAILURES,
        _ => exit::OK,
    }
}
