//! `redeliver list`.

use std::fmt::Write as _;

use owo_colors::OwoColorize;
use redeliver_spec::Case;
use serde_json::{Value, json};

use super::args::{ListArgs, OutputArgs};
use super::output::Output;
use super::problem::Problem;
use super::selection;
use crate::exit;
use crate::select::select;

/// Prints ids, one a line; with `--verbose` also what each belongs to.
pub(super) fn list(args: &ListArgs, output_args: OutputArgs, output: Output) -> Result<u8, Problem> {
    let suite = selection::specs(args.selection.specs.as_deref()).load()?;
    let cases = select(&suite, &selection::wanted(&args.selection))?;
    let mut text = String::new();
    if args.json {
        let rows: Vec<_> = cases.iter().map(|case| row(case)).collect();
        let _ = writeln!(text, "{:#}", Value::from(rows));
    } else {
        for case in cases {
            let more = format!("  {} {}", case.guarantee, case.level);
            let _ = writeln!(
                text,
                "{}{}",
                case.id,
                if output_args.verbose { more.dimmed().to_string() } else { String::new() }
            );
        }
    }
    output.print(&text)?;
    Ok(exit::OK)
}

fn row(case: &Case) -> Value {
    let evidence = &case.evidence;
    let requires: Vec<_> = case.requires.iter().map(|feature| feature.as_str()).collect();
    json!({
        "id": case.id,
        "about": case.about,
        "guarantee": case.guarantee.as_str(),
        "level": case.level.as_str(),
        "requires": requires,
        "file": case.file.path,
        "line": case.place.line,
        "evidence": {
            "doc": evidence.doc,
            "recorded": evidence.recorded,
            "source": evidence.source,
            "test": evidence.test,
            "model": evidence.model,
            "silent": evidence.silent,
        },
    })
}
