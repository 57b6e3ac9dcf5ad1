//! `redeliver explain`.

use std::fmt::Write as _;

use owo_colors::OwoColorize;
use redeliver_spec::words::nearest;
use redeliver_spec::{Case, SpecFile, Suite};

use super::args::ExplainArgs;
use super::output::Output;
use super::problem::Problem;
use super::selection;
use crate::exit;
use crate::report::evidence;

/// Prints all that there is to know of one case.
pub(super) fn explain(args: &ExplainArgs, output: Output) -> Result<u8, Problem> {
    let suite = selection::specs(args.specs.as_deref()).load()?;
    let (file, at) = find(&suite, &args.id)?;
    let case = &file.cases[at];
    let mut text = format!("{}\n{}\n", case.id.bold(), file.about);
    if let Some(about) = &case.about {
        let _ = writeln!(text, "{about}");
    }
    text.push('\n');
    for (name, value) in rows(args, case) {
        for (number, line) in value.lines().enumerate() {
            let name = format!("{:<11}", if number == 0 { name } else { "" });
            let _ = writeln!(text, "{}{line}", name.bold());
        }
    }
    let _ = write!(text, "\n{}", source(file, at));
    output.print(&text)?;
    Ok(exit::OK)
}

fn find<'a>(suite: &'a Suite, id: &str) -> Result<(&'a SpecFile, usize), Problem> {
    let places = suite.files.iter().flat_map(|file| (0..file.cases.len()).map(move |at| (file, at)));
    let mut places = places.filter(|(file, at)| file.cases[*at].id == id);
    places.next().ok_or_else(|| {
        let remedy = match nearest(id, suite.cases().map(|case| case.id.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`redeliver list` shows all ids".to_owned(),
        };
        Problem::NoCase { id: id.to_owned(), remedy }
    })
}

fn rows(args: &ExplainArgs, case: &Case) -> Vec<(&'static str, String)> {
    let requires: Vec<_> = case.requires.iter().map(|feature| format!("{feature}: {}", feature.meaning())).collect();
    let folder = args.specs.as_ref().map(|folder| format!(" --specs '{}'", folder.display())).unwrap_or_default();
    vec![
        ("guarantee", format!("{}: {}", case.guarantee, case.guarantee.meaning())),
        ("level", format!("{}: {}", case.level, case.level.meaning())),
        ("requires", requires.join("\n")),
        ("why", evidence::lines(&case.evidence).join("\n")),
        ("where", format!("{}:{}", case.file.path, case.place.line)),
        ("run", format!("redeliver run '{}'{folder}", case.id)),
    ]
}

/// The YAML text of the case, as it stands in its file: up to the next case.
fn source(file: &SpecFile, at: usize) -> String {
    let start = |case: &Case| file.place(&case.pointer).map_or(case.place.line, |place| place.line) - 1;
    let from = start(&file.cases[at]);
    let to = file.cases.get(at + 1).map_or(usize::MAX, start);
    let lines: Vec<_> = file.source.lines().skip(from).take(to.saturating_sub(from)).collect();
    // What stands behind the last line of the case belongs to the next one.
    let is_text = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let end = lines.iter().rposition(is_text).map_or(lines.len(), |last| last + 1);
    lines[..end].iter().fold(String::new(), |text, line| text + line + "\n")
}
