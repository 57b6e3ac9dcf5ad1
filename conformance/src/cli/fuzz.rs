//! `redeliver fuzz`.

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use owo_colors::OwoColorize;

use super::args::OutputArgs;
use super::fuzz_args::FuzzArgs;
use super::output::Output;
use super::problem::Problem;
use super::selection;
use super::target_args::cores;
use crate::exec::Cancel;
use crate::exit;
use crate::fuzz::{Found, Outcome, Settings, Told, search};
use crate::run::interrupt;
use crate::run::scheduler::Stop;
use crate::target::{self, Options, Target, TargetProblem, Time};

/// Looks for what two targets do differently; writes each difference as a spec.
pub(super) fn fuzz(args: &FuzzArgs, how: OutputArgs, output: Output) -> Result<u8, Problem> {
    let (target, against) = (target::find(&args.target)?, target::find(&args.against)?);
    for manifest in [&target, &against] {
        if manifest.is_aws() {
            let name = &manifest.name;
            let text = format!(
                "`{name}` is AWS itself, and nobody can say beforehand what the calls that are drawn would cost there: fuzz another target, and \
                 run what is found with `redeliver run --specs DIR --target {name}`"
            );
            return Err(TargetProblem::Usage(text).into());
        }
        if !manifest.services.contains(&args.service) {
            let service = args.service.prefix();
            let has: Vec<_> = manifest.services.iter().map(|service| service.prefix()).collect();
            let text = format!("`{}` does not have `{service}`: it has {}", manifest.name, has.join(", "));
            return Err(TargetProblem::Usage(text).into());
        }
    }
    let suite = selection::specs(args.specs.as_deref()).load()?;
    let folder = args.out.join(args.service.prefix()).join("fuzz");
    std::fs::create_dir_all(&folder).map_err(|source| Problem::Write { path: folder.clone(), source })?;
    let cancel = Cancel::new();
    let stop = Arc::new(Stop::default());
    interrupt::listen(Arc::clone(&stop), cancel.clone())?;
    let options = Options { seed: args.first_seed, ..Options::default() };
    let (target, against) = (Target::open(target, &options)?, Target::open(against, &options)?);
    let bar = bar(args, !how.quiet && output.watched());
    let tell = |told: &Told<'_>| match told {
        Told::Programs(programs) => bar.set_position(*programs),
        Told::Found(found) => {
            bar.set_message(format!("last found: {}", found.name));
            let written = std::fs::write(folder.join(format!("{}.yaml", found.name)), &found.text);
            let problem = written.err().map(|error| format!("{} {error}\n", "cannot be written:".red()));
            bar.suspend(|| {
                // Whoever read along may have gone; the files are wanted all the same.
                let _ = output.print(&line(found));
                if let Some(problem) = &problem {
                    output.complain(problem);
                }
            });
        }
    };
    let settings = settings(args, &target, &against);
    let outcome = search((&target, &against), &suite, &settings, &cancel, &tell);
    bar.finish_and_clear();
    target.close();
    against.close();
    output.print(&summary(args, &outcome, how.verbose))?;
    if let Some(gone) = outcome.gone {
        return Err(TargetProblem::Unreachable(gone).into());
    }
    let code = if outcome.found.is_empty() { exit::OK } else { exit::FAILURES };
    Ok(exit::of_stop(stop.asked()).unwrap_or(code))
}

fn settings(args: &FuzzArgs, target: &Target, against: &Target) -> Settings {
    // One worker meets differences in the same order each time.
    let is_real = [target, against].iter().any(|target| target.time() == Time::Real);
    Settings {
        service: args.service,
        first_seed: args.first_seed,
        seeds: args.seeds,
        time: args.time,
        steps: args.steps.get(),
        jobs: args.jobs.map_or_else(|| if is_real { cores() } else { 1 }, NonZeroUsize::get),
    }
}

fn bar(args: &FuzzArgs, visible: bool) -> ProgressBar {
    let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{spinner} {pos} of {len} programs, {elapsed} {wide_msg:.dim}");
    let bar = ProgressBar::with_draw_target(Some(args.seeds), target).with_style(style.expect("the template is valid"));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn line(found: &Found) -> String {
    let calls = if found.calls == 1 { "1 call".to_owned() } else { format!("{} calls", found.calls) };
    format!(
        "{} {}\n    {}\n",
        "differs".red().bold(),
        found.name,
        format!("seed {}, {calls}: {}", found.seed, found.signature).dimmed()
    )
}

fn summary(args: &FuzzArgs, outcome: &Outcome, verbose: bool) -> String {
    let stated: u32 = outcome.stated.values().sum();
    let mut text = String::new();
    if verbose {
        for (case, times) in &outcome.stated {
            let _ = writeln!(text, "{}", format!("stated by {case} ({times})").dimmed());
        }
        for signature in &outcome.unconfirmed {
            let _ = writeln!(text, "{}", format!("not shown again by its spec: {signature}").dimmed());
        }
    }
    let _ = writeln!(
        text,
        "{} differences that no spec states, {stated} that {} cases state; {} programs, {} calls to each side",
        outcome.found.len().bold(),
        outcome.stated.len(),
        outcome.programs,
        outcome.calls
    );
    if !outcome.unconfirmed.is_empty() {
        let _ = writeln!(text, "{} differences did not show again in a spec of their own", outcome.unconfirmed.len());
    }
    if let Some(reason) = outcome.reason.as_ref().filter(|_| outcome.unanswered > 0) {
        let _ = writeln!(text, "{} programs got no whole answer, the first one because {reason}", outcome.unanswered);
    }
    if !outcome.found.is_empty() {
        let out = args.out.display();
        let _ = writeln!(text, "look up what AWS does, then run: redeliver run --specs {out} --target {}", args.target);
    }
    text
}
