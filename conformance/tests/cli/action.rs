//! The composite action: its file is what GitHub takes, and each of its scripts does what it says.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax>

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

use regex::Regex;
use serde::Deserialize;

use crate::program::Place;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/action");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Action {
    name: String,
    description: String,
    inputs: BTreeMap<String, Input>,
    outputs: BTreeMap<String, ActionOutput>,
    runs: Runs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    description: String,
    #[serde(default)]
    required: bool,
    default: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionOutput {
    description: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Runs {
    using: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Step {
    id: String,
    name: Option<String>,
    r#if: Option<String>,
    uses: Option<String>,
    #[serde(default)]
    with: BTreeMap<String, String>,
    run: Option<String>,
    shell: Option<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    working_directory: Option<String>,
}

fn action() -> Action {
    let text = std::fs::read_to_string(Path::new(FOLDER).join("action.yml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

impl Action {
    fn step(&self, id: &str) -> &Step {
        self.runs.steps.iter().find(|step| step.id == id).unwrap()
    }
}

impl Step {
    /// Every text in which expressions may stand.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let all = self.with.values().chain(self.env.values()).chain(&self.working_directory);
        all.map(String::as_str).chain(self.r#if.as_deref())
    }
}

/// Names that a text speaks of behind this word, for example all inputs behind `inputs.`.
fn named(text: &str, pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

#[test]
fn the_file_is_what_github_takes() {
    let action = action();
    assert_eq!((action.name.as_str(), action.runs.using.as_str()), ("redeliver", "composite"));
    assert!(!action.description.is_empty());
    let mut used = BTreeSet::new();
    let mut before = BTreeSet::new();
    for step in &action.runs.steps {
        assert!(step.run.is_some() != step.uses.is_some(), "{}: one of `run` and `uses`", step.id);
        assert_eq!(step.run.is_some(), step.shell.is_some(), "{}: a script names its shell", step.id);
        assert!(step.run.is_none() || step.name.is_some(), "{}: a script has a name", step.id);
        assert!(step.uses.as_ref().is_none_or(|uses| uses.contains('@')), "{}: another action has a version", step.id);
        let script = step.run.as_deref().unwrap_or_default();
        assert!(!script.contains("${{"), "{}: a text of the caller would be a part of the script", step.id);
        for text in step.texts() {
            used.extend(named(text, r"inputs\.([a-z-]+)"));
            for other in named(text, r"steps\.([a-z]+)\.") {
                assert!(before.contains(&other), "{}: no step `{other}` before it", step.id);
            }
        }
        for variable in named(script, r#""?\$\{?([A-Z_]+)"#) {
            let known = step.env.contains_key(&variable) || variable.starts_with("GITHUB_");
            assert!(known, "{}: nobody sets `{variable}`", step.id);
        }
        before.insert(step.id.clone());
    }
    assert_eq!(used, action.inputs.keys().cloned().collect::<BTreeSet<_>>());
    for (name, input) in &action.inputs {
        assert!(!input.description.is_empty() && input.required == input.default.is_none(), "{name}");
    }
    for output in action.outputs.values() {
        assert!(!output.description.is_empty());
        assert!(named(&output.value, r"steps\.([a-z]+)\.").iter().all(|step| before.contains(step)));
    }
}

/// Runs the script of a step as the runner does, with these values for its expressions.
fn run_step(place: &Place, id: &str, values: &[(&str, &str)]) -> Output {
    let action = action();
    let step = action.step(id);
    let expression = Regex::new(r"\$\{\{ *([a-z.-]+) *\}\}").unwrap();
    let fill = |text: &str| {
        let value = |found: &regex::Captures<'_>| {
            let given = values.iter().find(|(name, _)| *name == &found[1]).map(|(_, value)| (*value).to_owned());
            let default = found[1].strip_prefix("inputs.").and_then(|name| action.inputs[name].default.clone());
            given.or(default).unwrap_or_else(|| panic!("no value for {}", &found[0]))
        };
        expression.replace_all(text, value).into_owned()
    };
    place.write("script", step.run.as_deref().unwrap());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(place.path("script"));
    command.current_dir(place.path(&fill(step.working_directory.as_deref().unwrap_or("."))));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("REDELIVER_") || name.starts_with("GITHUB_"))
    {
        command.env_remove(name);
    }
    command.envs(step.env.iter().map(|(name, text)| (name, fill(text))));
    command.env("GITHUB_ACTION_PATH", FOLDER).env("GITHUB_ACTIONS", "true");
    command.env("GITHUB_OUTPUT", place.path("output")).env("GITHUB_STEP_SUMMARY", place.path("summary.md"));
    let path = format!("{}:{}", place.path("bin").display(), std::env::var("PATH").unwrap());
    command.env("PATH", path).output().unwrap()
}

#[cfg(unix)]
#[test]
fn the_last_step_runs_what_the_inputs_say() {
    const BINARY: (&str, &str) = ("steps.source.outputs.binary", env!("CARGO_BIN_EXE_redeliver"));
    let place = Place::new();
    place.write("below/note", "");
    let inputs = [
        BINARY,
        ("inputs.target", "reference"),
        ("inputs.selectors", "sqs/**\n!sqs/message/*"),
        ("inputs.report", "out.xml"),
        ("inputs.options", "--specs ../specs --seed 7"),
        ("inputs.working-directory", "below"),
    ];
    let output = run_step(&place, "run", &inputs);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("::error file=../specs/sqs/queue/names.yaml,line=17,"), "{told}");
    assert!(told.contains("2 cases on reference (seed 7, calm): 1 passed, 1 failed"), "{told}");
    assert!(place.read("below/out.xml").contains("failures=\"1\""));
    assert!(place.read("summary.md").contains("1 fail the run"));
    let shard = |shard: &str| {
        let inputs =
            [BINARY, ("inputs.target", "reference"), ("inputs.options", "--specs specs"), ("inputs.shard", shard)];
        let output = run_step(&place, "run", &inputs);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (first, second) = (shard("1/3"), shard("3/3"));
    assert!(first.0 == Some(0) && first.1.contains("1 case on reference"), "{first:?}");
    assert!(second.0 == Some(1) && second.1.contains("1 case on reference"), "{second:?}");
    // No text of the caller is taken for anything but text.
    let inputs =
        [BINARY, ("inputs.target", "reference\"; touch was-here; \""), ("inputs.selectors", "$(touch was-here) *")];
    assert_eq!(run_step(&place, "run", &inputs).status.code(), Some(2));
    assert!(!place.path("was-here").exists());
}

#[cfg(unix)]
#[test]
fn the_binary_is_that_of_the_sources_beside_the_action() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let temp = place.path("temp").display().to_string();
    let inputs = [("runner.temp", temp.as_str())];
    assert!(run_step(&place, "source", &inputs).status.success());
    let first = place.read("output");
    assert!(run_step(&place, "source", &inputs).status.success());
    assert_eq!(place.read("output"), first.repeat(2));
    let lines: Vec<_> = first.lines().collect();
    assert_eq!(lines[1..], [format!("folder={temp}/redeliver"), format!("binary={temp}/redeliver/bin/redeliver")]);
    let sources = lines[0].strip_prefix("sources=").unwrap();
    assert!(sources.len() == 40 && sources.bytes().all(|byte| byte.is_ascii_hexdigit()), "{sources}");

    // Building it takes minutes: what is asked for is seen by programs of these names.
    for program in ["rustup", "cargo"] {
        place.write(&format!("bin/{program}"), "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> asked\n");
        std::fs::set_permissions(place.path(&format!("bin/{program}")), PermissionsExt::from_mode(0o755)).unwrap();
    }
    assert!(run_step(&place, "install", &[("steps.source.outputs.folder", &temp)]).status.success());
    let asked = place.read("asked");
    let expected = format!(
        "rustup toolchain install 1.95 --profile minimal\ncargo +1.95 install --locked --force --path {FOLDER}/.. --root {temp}\n"
    );
    assert_eq!(asked, expected);
    let manifest = std::fs::read_to_string(Path::new(FOLDER).join("../Cargo.toml")).unwrap();
    assert!(manifest.contains("[[bin]]\nname = \"redeliver\"\n"));
}
