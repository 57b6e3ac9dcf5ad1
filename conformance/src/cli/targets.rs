//! `redeliver targets`.

use std::fmt::Write as _;

use owo_colors::OwoColorize;
use redeliver_spec::Feature;
use redeliver_spec::step::show_duration;

use super::args::TargetsArgs;
use super::output::Output;
use super::problem::Problem;
use crate::exit;
use crate::target::{Container, Manifest, Program, Start, Time, builtin, find};

/// Prints the names of all targets, or all that is known of one.
pub(super) fn targets(args: &TargetsArgs, output: Output) -> Result<u8, Problem> {
    let text = match &args.target {
        None => builtin().iter().fold(String::new(), |text, manifest| text + &line(manifest)),
        Some(named) => page(&find(named)?),
    };
    output.print(&text)?;
    Ok(exit::OK)
}

fn line(manifest: &Manifest) -> String {
    // Padded before it is coloured: escape codes have no width.
    let name = format!("{:<18}", manifest.name);
    format!("{}{}\n", name.bold(), manifest.about)
}

fn page(manifest: &Manifest) -> String {
    let mut text = format!("{}\n{}\n\n", manifest.name.bold(), manifest.about);
    let mut row = |name: &str, value: &str| {
        let name = format!("{name:<11}");
        let _ = writeln!(text, "{}{value}", name.bold());
    };
    row("start", &start(&manifest.start));
    if let Some(install) = install(&manifest.start) {
        row("install", install);
    }
    let services = manifest.services.iter().map(|service| service.prefix()).collect::<Vec<_>>().join(", ");
    row("services", &services);
    for (service, endpoint) in &manifest.endpoints {
        row("", &format!("{} answers at {endpoint}", service.prefix()));
    }
    row("region", &manifest.region);
    row("account", if manifest.account_is_guess { "asked" } else { &manifest.account });
    row("time", if manifest.time() == Time::Real { "real" } else { "virtual" });
    let reset = manifest.reset.as_ref();
    row("reset", &reset.map_or_else(|| "none".to_owned(), |reset| format!("{} {}", reset.method, reset.path)));
    let tried = manifest.tried.as_ref();
    row("tried", &tried.map_or_else(|| "no".to_owned(), |tried| format!("version {}, {}", tried.version, tried.on)));
    for (number, tolerance) in manifest.tolerate.iter().enumerate() {
        row(if number == 0 { "tolerated" } else { "" }, tolerance.meaning());
    }
    for (number, quirk) in manifest.quirks.iter().enumerate() {
        row(if number == 0 { "quirks" } else { "" }, quirk);
    }
    row("max wait", &manifest.max_wait.map_or_else(|| "no limit".to_owned(), show_duration));
    row("jobs", &manifest.jobs.map_or_else(|| "one for each core".to_owned(), |jobs| jobs.to_string()));
    for (number, feature) in manifest.features.iter().enumerate() {
        row(if number == 0 { "features" } else { "" }, &format!("{feature}: {}", feature.meaning()));
    }
    for (number, feature) in Feature::ALL.iter().filter(|feature| !manifest.features.contains(feature)).enumerate() {
        row(if number == 0 { "lacks" } else { "" }, &format!("{feature}: {}", feature.meaning()));
    }
    if !manifest.avoid.is_empty() {
        let _ = writeln!(text, "\n{}", format!("never run: {}", manifest.avoid.len()).bold());
    }
    for avoided in &manifest.avoid {
        let _ = writeln!(text, "  {}\n    {}", avoided.pattern, avoided.reason.trim_end());
    }
    let _ = writeln!(text, "\n{}", format!("known deviations: {}", manifest.known.len()).bold());
    for known in &manifest.known {
        let flaky = if known.flaky { " (flaky)" } else { "" };
        let source = known.source.as_ref().map(|source| format!("\n    {source}")).unwrap_or_default();
        let _ = writeln!(text, "  {}{flaky}\n    {}{source}", known.pattern, known.reason.trim_end());
    }
    text
}

fn start(start: &Start) -> String {
    match start {
        Start::InProcess => "in this process, in virtual time".to_owned(),
        Start::Endpoint(endpoint) => format!("expected at {endpoint}"),
        Start::Command(program) => format!("{} {}", program.program, program.args.join(" ")),
        Start::Container(container) => format!("a container of `{}`", container.image),
        Start::Aws(aws) => format!("AWS itself, in {}", aws.regions.join(", ")),
    }
}

/// How to get what is started.
fn install(start: &Start) -> Option<&str> {
    match start {
        Start::InProcess | Start::Endpoint(_) | Start::Aws(_) => None,
        Start::Command(Program { install, .. }) | Start::Container(Container { install, .. }) => {
            Some(install.as_deref().unwrap_or("not said"))
        }
    }
}
