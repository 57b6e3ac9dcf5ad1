//! `redeliver lint`.

use std::path::{Path, PathBuf};

use redeliver_spec::Problems;

use super::args::{LintArgs, OutputArgs};
use super::output::Output;
use super::problem::Problem;
use crate::target::{Manifest, TargetProblem};
use crate::{exit, specs};

/// Checks spec files and target manifests; tells every mistake of every file.
pub(super) fn lint(args: &LintArgs, output_args: OutputArgs, output: Output) -> Result<u8, Problem> {
    let mut lines = Vec::new();
    if !args.targets.is_empty() {
        let manifests = manifests(&args.targets)?;
        lines.push(format!("{}: no mistake\n", plural(manifests, "manifest")));
    }
    if args.targets.is_empty() || !args.paths.is_empty() {
        let sources = if args.paths.is_empty() { specs::all() } else { specs::paths(&args.paths) };
        let suite = sources.load()?;
        let (files, cases) = (suite.files.len(), suite.cases().count());
        lines.push(format!("{}, {}: no mistake\n", plural(files, "file"), plural(cases, "case")));
    }
    if !output_args.quiet {
        output.print(&lines.concat())?;
    }
    Ok(exit::OK)
}

fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Checks manifests, and says how many there are.
fn manifests(paths: &[PathBuf]) -> Result<usize, Problem> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(manifests_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    let mut problems = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        match Manifest::parse(&text, &path.display().to_string()) {
            Ok(_) => {}
            Err(TargetProblem::Manifest(found)) => problems.extend(found.iter().cloned()),
            Err(other) => return Err(other.into()),
        }
    }
    Problems::of(problems).map_or(Ok(files.len()), |problems| Err(Problem::Manifests(problems)))
}

fn manifests_in(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    if files.is_empty() {
        let reason = "there is no manifest in it: a manifest's name ends with `.yaml`".to_owned();
        return Err(Problem::Input { path: folder.to_owned(), reason });
    }
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::Input { path: path.to_owned(), reason: format!("cannot be read: {error}") }
}
