//! `redeliver chaos`.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use owo_colors::OwoColorize;
use redeliver::story::{Counts, Ink, Time, Told, story};
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
use crate::run::interrupt;
use crate::target::TargetProblem;

/// The id of the run in the history file.
const CASE: &str = "chaos";

/// Runs a command under faults; tells what it broke.
pub(super) fn chaos(args: &ChaosArgs, how: OutputArgs, output: Output) -> Result<u8, Problem> {
    let setup = setup(args)?;
    let schedule = args.replay.as_deref().map(read_schedule).transpose()?;
    let interrupted = listen()?;
    let goes_on = || interrupted.load(Ordering::Acquire) == exit::OK;
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
    let by_signal = interrupted.load(Ordering::Acquire);
    Ok(if by_signal == exit::OK { code } else { by_signal })
}

fn setup(args: &ChaosArgs) -> Result<Setup, Problem> {
    let plan = match Preset::ALL.iter().find(|preset| preset.as_str() == args.plan) {
        // Named in a plan, a preset is what of it can happen in the place.
        Some(preset) => Plan::builder(&format!("The preset `{}`.", preset.as_str())).preset(*preset).to_yaml(),
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

/// Becomes the exit code of Ctrl-C or SIGTERM when one comes; the second one ends the process at once.
fn listen() -> Result<Arc<AtomicU8>, Problem> {
    let asked = Arc::new(AtomicU8::new(exit::OK));
    let told = Arc::clone(&asked);
    interrupt::tell_first(move |first| told.store(exit::interrupted(first), Ordering::Release))?;
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
    if args.replay.is_none() {
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
    Told {
        test: command.join(" "),
        property: found.invariant.name().to_owned(),
        headline: found.witness.first().cloned().unwrap_or_default(),
        witness: found.witness.clone(),
        faults: found.ran.schedule.faults.iter().map(Into::into).collect(),
        history: found.ran.history.clone(),
        time: Time::Real,
        counts: Counts { injected: found.injected, shrink_runs: found.shrink_runs, runs: found.runs, shrink_ms: None },
        replay: again(args),
        files,
        ..Told::default()
    }
}

/// The command that runs exactly this again. The plan and the number of crashes have become the schedule.
fn again(args: &ChaosArgs) -> String {
    let mut words = vec!["redeliver".into(), "chaos".into(), "--replay".into()];
    words.push(args.replay.as_ref().unwrap_or(&args.schedule).as_os_str().to_string_lossy());
    if let Some(scenario) = &args.scenario {
        words.extend(["--scenario".into(), scenario.to_string_lossy()]);
    }
    if let Some(upstream) = &args.upstream {
        words.extend(["--upstream".into(), upstream.into()]);
    }
    words.push("--".into());
    words.extend(args.command.iter().map(|word| word.to_string_lossy()));
    let quoted: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    quoted.join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', r"'\''")).into()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use clap::Parser;

    use super::{ChaosArgs, again, quoted};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        chaos: ChaosArgs,
    }

    #[test]
    fn the_replay_line_has_all_that_the_run_depended_on() {
        let line = ["chaos", "--plan", "deploy", "--scenario", "my jobs.yaml", "--upstream", "http://127.0.0.1:5000"];
        let line = line.into_iter().chain(["--crashes", "2", "--seeds", "3", "--", "sh", "-c", "echo it's"]);
        let expected = r"redeliver chaos --replay redeliver-regressions/chaos.json --scenario 'my jobs.yaml' --upstream http://127.0.0.1:5000 -- sh -c 'echo it'\''s'";
        assert_eq!(again(&Line::parse_from(line).chaos), expected);
        let replayed = ["chaos", "--replay", "other.json", "--", "python3", "consumer.py"];
        let expected = "redeliver chaos --replay other.json -- python3 consumer.py";
        assert_eq!(again(&Line::parse_from(replayed).chaos), expected);
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_read_them_otherwise() {
        assert_eq!(["a-b.py", "", "$HOME"].map(quoted), ["a-b.py", "''", "'$HOME'"].map(Cow::from));
    }
}
