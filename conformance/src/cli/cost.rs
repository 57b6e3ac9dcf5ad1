//! What cases on AWS would cost, told and confirmed before they start; and what they left, cleared away after them.

use std::io::{self, IsTerminal};

use redeliver_spec::Case;

use super::aws_args::CostArgs;
use super::output::Output;
use super::problem::Problem;
use crate::aws::price::dollars;
use crate::aws::{Found, Sweep, Which, estimate, sweep};
use crate::exec::Cancel;
use crate::target::{Target, TargetProblem};

/// How often what a run left is looked for: lists may not have it at once.
const ROUNDS_MAX: u32 = 3;

/// Tells what these cases would cost on AWS, and goes on only when that is confirmed. Nothing to do for other targets.
pub(super) fn confirm(
    target: &Target,
    cases: &[&Case],
    jobs: usize,
    args: &CostArgs,
    output: Output,
    cancel: &Cancel,
) -> Result<(), Problem> {
    let Some(estimate) = estimate(target, cases, cancel) else { return Ok(()) };
    if cancel.is_cancelled() {
        return Ok(());
    }
    output.complain(&estimate.text(target, jobs));
    let refused = |text: String| Err(Problem::Target(TargetProblem::Usage(text)));
    if let Some(most) = args.max_cost.filter(|most| estimate.nanos() > *most) {
        let (cost, most) = (dollars(estimate.nanos()), dollars(most));
        return refused(format!("about {cost} is more than {most} (`--max-cost`): choose fewer cases, or allow more"));
    }
    if args.yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return refused("nobody confirmed the cost: say `--yes`".to_owned());
    }
    output.complain("start? [y/N] ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    match answer.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => refused("not started: the cost was not confirmed".to_owned()),
    }
}

/// Removes what the cases of this run left behind on AWS, and tells it. Whether nothing is left.
pub(super) fn clear(target: &Target, output: Output) -> bool {
    let Some(rules) = target.rules() else { return true };
    let run = rules.run().clone();
    let mut is_clear = true;
    for _ in 0..ROUNDS_MAX {
        let found = match sweep(target, &Which::Run(run.clone()), false) {
            Ok(found) => found,
            Err(problem) => {
                output.complain(&format!("what the run left could not be looked for: {problem}\n"));
                is_clear = false;
                break;
            }
        };
        is_clear = found.iter().all(|found| found.end == Sweep::Removed);
        output.complain(&found.iter().map(line).collect::<String>());
        if found.is_empty() {
            break;
        }
    }
    if !is_clear {
        output.complain(&format!("something is left; see `redeliver sweep --target {} --run {run}`\n", target.name()));
    }
    is_clear
}

/// One thing that was found.
pub(super) fn line(found: &Found) -> String {
    let Found { kind, name, end } = found;
    match end {
        Sweep::Would => format!("would remove {kind} {name}\n"),
        Sweep::Removed => format!("removed {kind} {name}\n"),
        Sweep::Kept(reason) => format!("kept {kind} {name}: {reason}\n"),
        Sweep::Failed(reason) => format!("could not remove {kind} {name}: {reason}\n"),
    }
}
