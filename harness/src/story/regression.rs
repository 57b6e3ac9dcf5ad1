//! A regression test in Rust: the schedule of a failure as code to paste.

use std::fmt::Write as _;

use super::Told;
use super::cause::cause;
use super::words::{cut, wrap};

/// A test that replays the schedule in `file` and nothing else.
pub fn regression(told: &Told, file: &str) -> String {
    let why = format!("{}: {}.", cut(&told.headline, 120), cause(&told.property, &told.faults).text);
    let mut text = String::new();
    for line in wrap(&why, 112) {
        let _ = writeln!(text, "/// {line}");
    }
    let (name, body) = (identifier(told), ident(&told.test));
    let _ = writeln!(text, "#[redeliver::test(replay = {file:?})]");
    let _ = writeln!(text, "async fn {name}(world: redeliver::World) {{\n    {body}(world).await;\n}}");
    text
}

/// `charges_once_survives_lost_reply`.
fn identifier(told: &Told) -> String {
    let mut rules: Vec<_> = told.faults.iter().map(|fault| ident(&fault.rule)).collect();
    rules.dedup();
    let rules = if rules.is_empty() { "a_calm_run".to_owned() } else { rules.join("_and_") };
    format!("{}_survives_{rules}", ident(&told.test))
}

/// The last part of a path with everything else than letters and digits as underscores.
fn ident(text: &str) -> String {
    let name = text.rsplit("::").next().unwrap_or(text);
    let clean: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if clean.starts_with(|c: char| c.is_ascii_digit()) || clean.is_empty() { format!("_{clean}") } else { clean }
}
