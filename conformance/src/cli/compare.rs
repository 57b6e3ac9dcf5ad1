//! `redeliver compare`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches};

use super::args::{OutputArgs, RunArgs};
use super::compare_args::CompareArgs;
use super::output::Output;
use super::problem::Problem;
use super::reports::Place;
use super::run;
use super::selection;
use crate::compare::{Format, Report, Source, side_by_side, terminal};
use crate::event::Stopped;
use crate::exit;
use crate::report::files::Destination;
use crate::report::{Progress, evidence, now};
use crate::target::{self, TargetProblem, builtin};

/// Runs and reads targets, and writes them side by side.
pub(super) fn compare(args: &CompareArgs, output_args: OutputArgs, output: Output) -> Result<u8, Problem> {
    let mut named = Named::default();
    let reports = read(args, &mut named)?;
    for target in &args.target {
        // A wrong name is told before an hour of runs.
        let name = target::find(target)?.name;
        named.add(&name, &format!("--target {target}"))?;
    }
    if named.0.is_empty() {
        return Err(Problem::Compare("nothing to compare: name reports, or targets with `--target`".to_owned()));
    }
    let mut files = open(args)?;
    let (mut sources, code) = run_targets(args, output_args, output)?;
    sources.extend(reports);
    if sources.is_empty() {
        return Ok(code);
    }
    let suite = selection::specs(args.specs.as_deref()).load()?;
    let by_id: BTreeMap<_, _> = suite.cases().map(|case| (case.id.as_str(), &case.evidence)).collect();
    let known = |id: &str| by_id.get(id).map_or(Vec::new(), |known| evidence::lines(known));
    let compared = side_by_side(&sources, &known, now()).map_err(|problem| Problem::Compare(problem.to_string()))?;
    for (format, place) in &mut files {
        place.write(&format.write(&compared), output)?;
    }
    let stdout_is_taken = args.report.iter().any(|wish| wish.place == Destination::Stdout);
    let text = terminal(&compared, output_args.verbose);
    match (output_args.quiet, stdout_is_taken) {
        (true, _) => {}
        (false, true) => output.complain(&text),
        (false, false) => output.print(&text)?,
    }
    Ok(code)
}

/// Names of targets, each with where it comes from.
#[derive(Default)]
struct Named(BTreeMap<String, String>);

impl Named {
    /// Takes a name that nothing else has.
    fn add(&mut self, name: &str, origin: &str) -> Result<(), Problem> {
        match self.0.insert(name.to_owned(), origin.to_owned()) {
            None => Ok(()),
            Some(first) => Err(Problem::Compare(format!(
                "the target `{name}` is there twice, from `{first}` and `{origin}`: leave one out, or name a report by `NAME=FILE`"
            ))),
        }
    }
}

/// Opens what is to be written, so that a wrong path is told at once.
fn open(args: &CompareArgs) -> Result<Vec<(Format, Place)>, Problem> {
    args.report.iter().map(|wish| Ok((wish.format, Place::open(&wish.place)?))).collect()
}

/// Reads the reports.
fn read(args: &CompareArgs, named: &mut Named) -> Result<Vec<Source>, Problem> {
    let read_one = |text: &String| {
        let (name, path) = name_and_path(text);
        let input = |reason: String| Problem::Input { path: path.clone(), reason };
        let text = std::fs::read_to_string(&path).map_err(|error| input(format!("cannot be read: {error}")))?;
        let report = Report::parse(&text).map_err(|problem| input(problem.to_string()))?;
        let name = name.unwrap_or(&report.target).to_owned();
        let report = Report { target_version: report.target_version.or_else(|| tried(&report.target)), ..report };
        named.add(&name, &path.display().to_string())?;
        Ok(Source { name, report })
    };
    args.reports.iter().map(read_one).collect()
}

/// For a report that tells no version: the one that the built-in manifest of this name was written for.
fn tried(target: &str) -> Option<String> {
    let manifest = builtin().into_iter().find(|manifest| manifest.name == target)?;
    manifest.tried.map(|tried| format!("{} as its manifest says", tried.version))
}

/// `NAME=FILE`, unless there is a file of that whole name.
fn name_and_path(text: &str) -> (Option<&str>, PathBuf) {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !Path::new(text).exists() => (Some(name), path.into()),
        _ => (None, text.into()),
    }
}

/// Runs the targets, one after the other, and says how that went.
fn run_targets(args: &CompareArgs, output_args: OutputArgs, output: Output) -> Result<(Vec<Source>, u8), Problem> {
    let (mut sources, mut code) = (Vec::new(), exit::OK);
    for target in &args.target {
        let mut progress = Progress::new(output.watched() && !output_args.quiet);
        let (run, problem) = run::record(&run_args(args, target), output, &mut |event| progress.hear(event, false))?;
        if let Some(TargetProblem::Unreachable(reason)) = &problem {
            code = exit::TARGET_UNREACHABLE;
            output.complain(&format!("{}: {reason}\n", run.header.target));
        } else if !output_args.quiet {
            output.complain(&format!("{}: {}\n", run.header.target, run.totals().phrase()));
        }
        if run.end.stopped == Some(Stopped::Unreachable) {
            code = exit::TARGET_UNREACHABLE;
        }
        sources.push(Source { name: run.header.target.clone(), report: Report::of(&run) });
        if let Some(code) = exit::of_stop(run.end.stopped) {
            return Ok((sources, code));
        }
    }
    Ok((sources, code))
}

/// The arguments of `redeliver run` that run a target for this, with the defaults of that command.
fn run_args(args: &CompareArgs, target: &str) -> RunArgs {
    let mut words = vec!["run".to_owned(), format!("--target={target}")];
    words.extend(args.specs.iter().map(|folder| format!("--specs={}", folder.display())));
    words.extend(args.jobs.iter().map(|jobs| format!("--jobs={jobs}")));
    words.extend(args.max_wait.iter().map(|wait| format!("--max-wait={}ms", wait.as_millis())));
    words.push("--".to_owned());
    words.extend(args.only.iter().cloned());
    let matches = RunArgs::augment_args(clap::Command::new("run")).get_matches_from(words);
    let run = RunArgs::from_arg_matches(&matches).expect("every word was checked as an argument of `compare`");
    RunArgs { aws: args.aws.clone(), cost: args.cost.clone(), ..run }
}
