//! `redeliver completions`.

use clap::CommandFactory;

use super::args::Cli;
use super::output::Output;
use super::page_args::CompletionsArgs;
use super::problem::Problem;
use crate::exit;

/// Prints what a shell completes commands with.
pub(super) fn completions(args: &CompletionsArgs, output: Output) -> Result<u8, Problem> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "redeliver", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(exit::OK)
}
