//! `redeliver chaos`.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use owo_colors::OwoColorize;
use redeliver::story::{Counts, Ink, Told, story};
use redeliver_chaos::plan::{Place, Plan, Preset};
use redeliver_chaos::{Schedule, rules};
use redeliver_check::jsonl::{self, Header, Line};

use super::args::OutputArgs;
use super::chaos_args::ChaosArgs;
use super::output::Output;
use super::problem::Problem;
use crate::campaign::Scenario;
use crate::campaign::command::Consumer;
use crate::campaign::run::Setup;
use crate::campaign::search::{Found, Outcome, replay, search};
use crate::exit;
use crate::target::TargetProblem;

/// The id of the run in the history file.
const CASE: &str = "chaos";

/// Runs a command under faults; tells what it broke.
pub(super) fn chaos(args: &ChaosArgs, how: OutputArgs, output: Output) -> Result<u8, Problem> {
    let setup = setup(args)?;
    let schedule = args.replay.as_deref().map(read_schedule).transpose()?;
    let interrupted = listen()?;
    let goes_on = || !interrupted.load(Ordering::Acquire);
    let tell = |what: &str| {
        if !how.quiet {
            output.complain(&format!("{}\n", what.dimmed()));
        }
    };
    let outcome = match &schedule {
        Some(schedule) => replay(&setup, schedule),
        None => search(&setup, args.seed..args.seed.saturating_add(args.seeds), tell, goes_on),
    };
    let outcome = outcome.map_err(|reason| Problem::from(TargetProblem::Unreachable(reason)))?;
    let code = match &outcome {
        Outcome::Held { seeds, faults } => {
            output.print(&format!("{}: {seeds} seeds, {faults} faults, nothing broken\n", "held".green().bold()))?;
            exit::OK
        }
        Outcome::Unknown(reason) => {
            output.print(&format!("{}: {reason}\n", "UNKNOWN".yellow().bold()))?;
            exit::FAILURES
        }
        Outcome::Broken(found) => {
            let files = write(args, found)?;
            // What is no terminal takes the colours out again.
            output.print(&story(&told(args, found, files), Ink::Colour))?;
            exit::FAILURES
        }
    };
    Ok(if goes_on() { code } else { exit::INTERRUPTED })
}

fn setup(args: &ChaosArgs) -> Result<Setup, Problem> {
    let plan = match Preset::ALL.iter().find(|preset| preset.as_str() == args.plan) {
        Some(preset) => preset.text().to_owned(),
        None => text(Path::new(&args.plan))?,
    };
    let place = if args.upstream.is_some() { Place::Proxy } else { Place::Serve };
    Plan::load(&args.plan, &plan, &rules::known(), Some(place))
        .map_err(|problems| Problem::Plan(problems.to_string()))?;
    let scenario = match &args.scenario {
        Some(path) => Scenario::parse(&text(path)?).map_err(|reason| Problem::Input { path: path.clone(), reason })?,
        None => Scenario::default(),
    };
    let variables = [
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ];
    let environment = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let consumer = Consumer { command: args.command.clone(), environment, shows: args.show };
    Ok(Setup { scenario, plan, crashes: args.crashes, upstream: args.upstream.clone(), consumer })
}

fn text(path: &Path) -> Result<String, Problem> {
    let told = |error: std::io::Error| Problem::Input { path: path.to_owned(), reason: error.to_string() };
    std::fs::read_to_string(path).map_err(told)
}

fn read_schedule(path: &Path) -> Result<Schedule, Problem> {
    let told = |reason: String| Problem::Input { path: path.to_owned(), reason };
    Schedule::parse(&text(path)?).map_err(|problem| told(problem.to_string()))
}

/// Comes true at Ctrl-C; the second one ends the process at once.
fn listen() -> Result<Arc<AtomicBool>, Problem> {
    let asked = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&asked);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    std::thread::Builder::new().name("ctrl-c".to_owned()).spawn(move || {
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if told.swap(true, Ordering::AcqRel) {
                    std::process::exit(i32::from(exit::INTERRUPTED));
                }
            }
        });
    })?;
    Ok(asked)
}

/// Writes the schedule, and the history where it is wanted; gives their names.
fn write(args: &ChaosArgs, found: &Found) -> Result<Vec<String>, Problem> {
    let put = |path: &Path, text: String| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let written = folder.map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
        written.map_err(|source| Problem::Write { path: path.to_owned(), source })
    };
    let mut files = Vec::new();
    if args.replay.is_none() && !found.ran.schedule.faults.is_empty() {
        put(&args.schedule, found.ran.schedule.to_text())?;
        files.push(args.schedule.display().to_string());
    }
    if let Some(path) = &args.history {
        let line = |record: &redeliver_check::Record| Line { case: CASE.to_owned(), record: record.clone() };
        let lines: Vec<_> = found.ran.history.iter().map(line).collect();
        put(path, jsonl::write(&Header::new("chaos", Some(found.ran.schedule.seed)), &lines))?;
        files.push(path.display().to_string());
    }
    Ok(files)
}

fn told(args: &ChaosArgs, found: &Found, files: Vec<String>) -> Told {
    let command: Vec<_> = args.command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let schedule = args.replay.as_ref().unwrap_or(&args.schedule).display().to_string();
    Told {
        test: command.join(" "),
        property: found.invariant.name().to_owned(),
        headline: found.witness.first().cloned().unwrap_or_default(),
        witness: found.witness.clone(),
        faults: found.ran.schedule.faults.iter().map(Into::into).collect(),
        history: found.ran.history.clone(),
        counts: Counts { injected: found.injected, shrink_runs: found.shrink_runs, runs: found.runs, shrink_ms: None },
        replay: format!("redeliver chaos --replay {schedule} -- {}", command.join(" ")),
        files,
        ..Told::default()
    }
}
