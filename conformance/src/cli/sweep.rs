//! `redeliver sweep`.

use super::cost::line;
use super::output::Output;
use super::problem::Problem;
use super::sweep_args::SweepArgs;
use crate::aws::{self, Found, Sweep, Which};
use crate::exit;
use crate::target::{self, Options, Target, TargetProblem};

/// Removes what runs on AWS left behind.
pub(super) fn sweep(args: &SweepArgs, output: Output) -> Result<u8, Problem> {
    let manifest = target::find(&args.target)?;
    if !manifest.is_aws() {
        let name = &manifest.name;
        let text =
            format!("`{name}` is not AWS, and nothing else is swept: other targets forget everything when they end");
        return Err(TargetProblem::Usage(text).into());
    }
    let target = Target::open(manifest, &args.aws.options(&Options::default()))?;
    let which = args.run.clone().map_or(Which::OlderThan(args.older_than), Which::Run);
    let found = aws::sweep(&target, &which, args.dry_run)?;
    output.print(&found.iter().map(line).collect::<String>())?;
    output.print(&summary(&found))?;
    let is_clear = found.iter().all(|found| !matches!(found.end, Sweep::Failed(_)));
    Ok(if is_clear { exit::OK } else { exit::FAILURES })
}

fn summary(found: &[Found]) -> String {
    let count = |is: fn(&Sweep) -> bool| found.iter().filter(|found| is(&found.end)).count();
    let parts = [
        (count(|end| *end == Sweep::Would), "would be removed"),
        (count(|end| *end == Sweep::Removed), "removed"),
        (count(|end| matches!(end, Sweep::Kept(_))), "kept"),
        (count(|end| matches!(end, Sweep::Failed(_))), "could not be removed"),
    ];
    let parts: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() { "nothing is left of any run\n".to_owned() } else { format!("{}\n", parts.join(", ")) }
}
