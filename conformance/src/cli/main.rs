//! Parses the command line, runs a command, gives the exit code.

use std::process::ExitCode;

use clap::Parser;

use super::args::{Cli, Command};
use super::output::Output;
use super::{
    chaos, check, compare, completions, diff, explain, health, lint, list, man, proxy, record, run, schema, serve,
    sweep, targets, verify,
};
use crate::exit;

/// Runs `redeliver` with the arguments of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(answer) => {
            // Help and version come as errors too, with exit code 0. A closed pipe is nobody's mistake.
            let _ = answer.print();
            return if answer.use_stderr() { ExitCode::from(exit::USAGE) } else { ExitCode::from(exit::OK) };
        }
    };
    let output = Output::new(cli.output);
    let ended = match cli.command {
        Command::Run(args) => run::run(&args, cli.output, output),
        Command::List(args) => list::list(&args, cli.output, output),
        Command::Lint(args) => lint::lint(&args, cli.output, output),
        Command::Explain(args) => explain::explain(&args, output),
        Command::Chaos(args) => chaos::chaos(&args, cli.output, output),
        Command::Check(args) => check::check(&args, cli.output, output),
        #[cfg(feature = "fuzz")]
        Command::Fuzz(args) => super::fuzz::fuzz(&args, cli.output, output),
        Command::Compare(args) => compare::compare(&args, cli.output, output),
        Command::Record(args) => record::record(&args, cli.output, output),
        Command::Verify(args) => verify::verify(&args, cli.output, output),
        Command::Diff(args) => diff::diff(&args, output),
        Command::Health(args) => health::health(&args, output),
        Command::Schema(args) => schema::schema(&args, output),
        Command::Proxy(args) => proxy::proxy(&args, output),
        Command::Serve(args) => serve::serve(&args, output),
        Command::Completions(args) => completions::completions(&args, output),
        Command::Man(args) => man::man(&args, output),
        Command::Sweep(args) => sweep::sweep(&args, output),
        Command::Targets(args) => targets::targets(&args, output),
    };
    ExitCode::from(ended.unwrap_or_else(|problem| {
        problem.tell(output);
        problem.exit_code()
    }))
}
