//! `redeliver man`.

use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use redeliver_spec::words::nearest;

use super::args::Cli;
use super::output::Output;
use super::page_args::ManArgs;
use super::problem::Problem;
use crate::exit;

/// Prints a manual page, or writes all of them.
pub(super) fn man(args: &ManArgs, output: Output) -> Result<u8, Problem> {
    let mut all = Cli::command();
    all.build();
    if let Some(folder) = &args.out {
        let names = write_all(&all, folder).map_err(|source| Problem::Write { path: folder.clone(), source })?;
        output.print(&format!("{names} pages in {}\n", folder.display()))?;
        return Ok(exit::OK);
    }
    let page = match &args.command {
        None => page(&all),
        Some(name) => page(find(&all, name)?),
    };
    output.print(&String::from_utf8_lossy(&page?))?;
    Ok(exit::OK)
}

/// Each command has a page of its own, as `git` has; gives how many there are.
fn write_all(all: &Command, folder: &Path) -> io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let commands: Vec<_> = std::iter::once(all).chain(all.get_subcommands()).collect();
    for command in &commands {
        std::fs::write(folder.join(format!("{}.1", full_name(command))), page(command)?)?;
    }
    Ok(commands.len())
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    // A page without a date is the same whenever it is made.
    let source = concat!("redeliver ", env!("CARGO_PKG_VERSION"));
    Man::new(command.clone()).source(source).manual("redeliver manual").render(&mut page)?;
    Ok(page)
}

/// `redeliver`, `redeliver-run`.
fn full_name(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn find<'a>(all: &'a Command, name: &str) -> Result<&'a Command, Problem> {
    all.find_subcommand(name).ok_or_else(|| {
        let remedy = match nearest(name, all.get_subcommands().map(Command::get_name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`redeliver --help` shows all".to_owned(),
        };
        Problem::NoCommand { name: name.to_owned(), remedy }
    })
}
