//! `redeliver check`.

use std::fmt::Write as _;
use std::path::Path;

use owo_colors::OwoColorize;
use redeliver::story::{Timeline, timeline};
use redeliver_check::{Expectation, Invariant, Subject, Verdict, jepsen};

use super::args::OutputArgs;
use super::check_args::CheckArgs;
use super::output::Output;
use super::problem::Problem;
use crate::exit;
use crate::history::check::{CheckedCase, check as check_history};

/// Checks a history file; tells what every invariant says.
pub(super) fn check(args: &CheckArgs, output_args: OutputArgs, output: Output) -> Result<u8, Problem> {
    let bytes = read(&args.file)?;
    let mut expectation = match &args.expect {
        Some(path) => serde_json::from_slice(&read(path)?).map_err(|error| input(path, &error))?,
        None => Expectation { drained: false, ..Expectation::default() },
    };
    expectation.drained |= args.drained;
    let checked = check_history(&bytes, &expectation, &asked(args)).map_err(|error| input(&args.file, &error))?;
    if let Some(path) = &args.jepsen {
        let history: Vec<_> = checked.cases.iter().flat_map(|case| case.history.clone()).collect();
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let text = if is_json { jepsen::json(&history) } else { jepsen::edn(&history) };
        std::fs::write(path, text).map_err(|source| Problem::Write { path: path.clone(), source })?;
    }
    let mut is_broken = false;
    for case in &checked.cases {
        let unknown_counts = !args.invariant.is_empty();
        is_broken |= case.verdicts.iter().any(|(_, verdict)| match verdict {
            Verdict::Broken { .. } => true,
            Verdict::Unknown { .. } => unknown_counts,
            Verdict::Holds => false,
        });
        output.print(&told(case, output_args))?;
        if args.timeline {
            let how = Timeline { lines_max: usize::MAX, ..Timeline::default() };
            output.print(&timeline(&case.history, &how))?;
        }
    }
    if let Some(cut) = checked.cut {
        output.complain(&format!("{} {cut}; everything before it was checked\n", "note:".yellow().bold()));
    }
    Ok(if is_broken { exit::FAILURES } else { exit::OK })
}

/// The invariants that are asked for; none means all.
fn asked(args: &CheckArgs) -> Vec<Invariant> {
    let Some(who) = args.subject else { return args.invariant.clone() };
    let answers = |invariant: &Invariant| [who, Subject::Both].contains(&invariant.subject());
    Invariant::ALL.into_iter().filter(answers).collect()
}

/// The verdicts of a case; unless there is to be more, what holds is only counted.
fn told(case: &CheckedCase, how: OutputArgs) -> String {
    let mut text = String::new();
    let (mut holds, mut unknown) = (0, 0);
    for (invariant, verdict) in &case.verdicts {
        let name = invariant.name();
        let line = match verdict {
            Verdict::Holds => {
                holds += 1;
                how.verbose.then(|| format!("  {} {name}", "holds  ".green()))
            }
            Verdict::Unknown { needs } => {
                unknown += 1;
                how.verbose.then(|| format!("  {} {name}: needs {needs}", "unknown".yellow()))
            }
            Verdict::Broken { witness } => {
                let mut line = format!("  {} {name}: {}", "broken ".red().bold(), invariant.meaning());
                for witness in witness.iter().take(if how.verbose { usize::MAX } else { 5 }) {
                    let _ = write!(line, "\n            {witness}");
                }
                Some(line)
            }
        };
        text.extend(line.map(|line| line + "\n"));
    }
    let broken = case.verdicts.len() - holds - unknown;
    if how.quiet && broken == 0 {
        return String::new();
    }
    let records = case.history.len();
    let head = format!(
        "{}: {records} records, {} queues: {broken} broken, {holds} hold, {unknown} cannot be told\n",
        case.id.bold(),
        case.queues
    );
    head + &text
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    std::fs::read(path).map_err(|error| input(path, &error))
}

fn input(path: &Path, error: &dyn std::fmt::Display) -> Problem {
    Problem::Input { path: path.to_owned(), reason: error.to_string() }
}
