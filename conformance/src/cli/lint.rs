//! `redeliver lint`.

use super::args::{LintArgs, OutputArgs};
use super::output::Output;
use super::problem::Problem;
use crate::exit;
use crate::specs;

/// Checks spec files; tells every mistake of every file.
pub(super) fn lint(args: &LintArgs, output_args: OutputArgs, output: Output) -> Result<u8, Problem> {
    let sources = if args.paths.is_empty() { specs::all() } else { specs::paths(&args.paths) };
    let suite = sources.load()?;
    let (files, cases) = (suite.files.len(), suite.cases().count());
    if !output_args.quiet {
        let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        output.print(&format!("{}, {}: no mistake\n", plural(files, "file"), plural(cases, "case")))?;
    }
    Ok(exit::OK)
}
