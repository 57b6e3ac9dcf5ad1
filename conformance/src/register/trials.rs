//! How a case becomes a test.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use redeliver_spec::Suite;

use super::settings;
use super::target::{Choice, Chosen};
use crate::exec::{Cancel, run_case};
use crate::exit;
use crate::known::KnownList;
use crate::report::{detail::detail, failure::failure};
use crate::run::judge::Judge;
use crate::run::skip::reason_to_skip;
use crate::specs::Specs;
use crate::target::{Manifest, Options, Target, TargetProblem};
use crate::verdict::Verdict;

/// Runs the tests that the arguments of this process select. Called by [`main!`](crate::main).
pub fn run(specs: &Specs, target: Choice) -> ExitCode {
    let args = Arguments::from_args();
    match registered(&args, specs, target) {
        Ok(trials) => libtest_mimic::run(&args, trials).exit_code(),
        Err((code, text)) => {
            say(&text);
            ExitCode::from(code)
        }
    }
}

/// All trials; with `--exact NAME` only that one is built, so that a process for each test costs little.
fn registered(args: &Arguments, specs: &Specs, target: Choice) -> Result<Vec<Trial>, (u8, String)> {
    let usage = |text: String| (exit::USAGE, text);
    let exact = args.filter.as_ref().filter(|_| args.exact);
    let suite = match exact {
        Some(id) => specs.load_file_of(id),
        None => specs.load(),
    };
    let suite = suite.map_err(|problem| (exit::SPECS_INVALID, problem.to_string()))?;
    let wanted = |id: &str| exact.is_none_or(|exact| exact == id);
    let ids: Vec<_> = suite.cases().map(|case| case.id.clone()).filter(|id| wanted(id)).collect();
    match target.0 {
        Chosen::Problem(problem) => Err(usage(problem.to_string())),
        Chosen::Unset(reason) => {
            note(args, &BTreeMap::from([(reason.clone(), ids.len())]));
            Ok(ids.into_iter().map(|id| ignored(id, reason.clone())).collect())
        }
        Chosen::Target(manifest) => {
            let known = KnownList::new(&manifest.known).map_err(|problem| usage(problem.to_string()))?;
            let options = settings::options().map_err(usage)?;
            let judge = Judge::new(known, false);
            let session = Session { manifest: *manifest, options, judge, suite, target: OnceLock::new() };
            Ok(Arc::new(session).trials(args, &ids))
        }
    }
}

/// A test that test runners show as ignored, and that says why when it is run all the same.
fn ignored(id: String, reason: String) -> Trial {
    Trial::ignorable_test(id, move || Ok(Completion::ignored_with(reason))).with_ignored_flag(true)
}

/// What all trials of a process share; the target is opened by the first that needs it, and closed with the last.
struct Session {
    manifest: Manifest,
    options: Options,
    judge: Judge,
    suite: Suite,
    target: OnceLock<Result<Target, TargetProblem>>,
}

impl Session {
    fn trials(self: &Arc<Self>, args: &Arguments, ids: &[String]) -> Vec<Trial> {
        let mut reasons = BTreeMap::new();
        let mut trials = Vec::new();
        for case in self.suite.cases().filter(|case| ids.contains(&case.id)) {
            let (id, session) = (case.id.clone(), Arc::clone(self));
            // Known before the target is opened, so that test runners can show it.
            if let Some(reason) = reason_to_skip(&self.manifest, self.manifest.max_wait, case) {
                *reasons.entry(reason.clone()).or_default() += 1;
                trials.push(ignored(id, reason));
            } else {
                trials.push(Trial::ignorable_test(id.clone(), move || session.run(&id)));
            }
        }
        note(args, &reasons);
        trials
    }

    fn run(&self, id: &str) -> Result<Completion, Failed> {
        let case = self.suite.cases().find(|case| case.id == id).expect("trials are made of cases of the suite");
        let target = self.target.get_or_init(|| Target::open(self.manifest.clone(), &self.options));
        let target = target.as_ref().map_err(|problem| Failed::from(problem.to_string()))?;
        let result = self.judge.judge(case, run_case(target, case, &Cancel::new()));
        if self.judge.fails(result.verdict) {
            let text = failure(case, &result, &format!("cargo test -- --exact '{id}'"));
            return Err(anstream::adapter::strip_str(&text).to_string().into());
        }
        Ok(match result.verdict {
            Verdict::Skipped | Verdict::KnownDeviation => Completion::ignored_with(detail(&result).unwrap_or_default()),
            _ => Completion::Completed,
        })
    }
}

/// Tells why cases are ignored, which libtest's format has no room for. Not in a list, which programs read.
fn note(args: &Arguments, reasons: &BTreeMap<String, usize>) {
    if !args.list {
        for (reason, count) in reasons {
            say(&format!("{count} ignored: {reason}"));
        }
    }
}

/// A line on standard error. There is no place to tell that this failed.
fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::target::{endpoint_from_env, named, reference};
    use crate::specs::sqs;

    const ID: &str = "sqs/queues/create::create-again-changes-no-attribute";

    /// The code and text of a refusal, or name and ignored flag of each trial.
    fn registered_with(arguments: &[&str], target: Choice) -> Result<Vec<(String, bool)>, (u8, String)> {
        let args = Arguments::from_iter(std::iter::once("test").chain(arguments.iter().copied()));
        let trials = registered(&args, &sqs(), target)?;
        Ok(trials.iter().map(|trial| (trial.name().to_owned(), trial.has_ignored_flag())).collect())
    }

    #[test]
    fn every_case_is_a_test_of_its_own_name() {
        let trials = registered_with(&[], reference()).unwrap();
        assert!(trials.len() >= 250, "only {} trials", trials.len());
        assert!(trials.contains(&(ID.to_owned(), false)));
        assert!(trials.iter().all(|(_, ignored)| !ignored), "the reference lacks nothing");
    }

    #[test]
    fn only_the_exact_case_is_built() {
        assert_eq!(registered_with(&["--exact", ID], reference()), Ok(vec![(ID.to_owned(), false)]));
        assert_eq!(registered_with(&["--exact", "sqs/queues/create::gone"], reference()), Ok(Vec::new()));
    }

    #[test]
    fn cases_are_ignored_while_the_endpoint_is_unset() {
        let unset = || endpoint_from_env("REDELIVER_VARIABLE_THAT_NOBODY_SETS");
        assert_eq!(registered_with(&["--exact", ID], unset()), Ok(vec![(ID.to_owned(), true)]));
    }

    #[test]
    fn cases_that_the_target_cannot_run_are_ignored() {
        let id = "sqs/queues/delete::the-name-is-free-after-60-seconds";
        let Choice(Chosen::Target(mut manifest)) = named("http://127.0.0.1:1") else { panic!("a URL is a target") };
        manifest.features.clear();
        let target = Choice(Chosen::Target(manifest));
        assert_eq!(registered_with(&["--exact", id], target), Ok(vec![(id.to_owned(), true)]));
    }

    #[test]
    fn unknown_target_is_refused() {
        let text = "unknown target `motto`: did you mean `moto`?".to_owned();
        assert_eq!(registered_with(&[], named("motto")), Err((exit::USAGE, text)));
    }
}
