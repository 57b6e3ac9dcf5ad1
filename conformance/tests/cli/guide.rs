//! The guide for authors of emulators: its files are written and its commands run, and they print what it shows.

use std::path::Path;
use std::process::Command;

use clap::Parser;
use redeliver_conformance::cli::args::Cli;

use crate::program::{Place, ended};

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

fn page(name: &str) -> String {
    std::fs::read_to_string(Path::new(FOLDER).join(name)).unwrap()
}

/// The language and text of each block of a page.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text: Vec<_> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            blocks.push((language, text.join("\n") + "\n"));
        }
    }
    blocks
}

#[cfg(unix)]
#[test]
fn the_guide_does_what_it_shows() {
    let place = Place::new();
    let binary = Path::new(env!("CARGO_BIN_EXE_redeliver"));
    let path = format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut codes = Vec::new();
    for (language, text) in blocks(&page("GUIDE.md")) {
        if language == "yaml" {
            let (name, rest) = text.split_once('\n').unwrap();
            match name.strip_prefix("# more of ") {
                Some(name) => place.write(name, &(place.read(name) + rest)),
                None => place.write(name.strip_prefix("# ").unwrap(), rest),
            }
            continue;
        }
        assert_eq!(language, "console");
        let (command, shown) = text.split_once('\n').unwrap();
        let mut bash = Command::new("bash");
        bash.args(["-c", command.strip_prefix("$ ").unwrap()]).current_dir(place.path("")).env("PATH", &path);
        for name in ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "REDELIVER_SPECS", "REDELIVER_TARGET", "NO_COLOR"] {
            bash.env_remove(name);
        }
        let ended = ended(bash.output().unwrap());
        for line in shown.lines() {
            assert!(ended.stdout.contains(line), "no `{line}` in:\n{}{}", ended.stdout, ended.stderr);
        }
        codes.push(ended.code);
    }
    assert_eq!(codes, [Some(1), Some(0), Some(0)]);
    assert!(
        place.read("report.xml").starts_with("<?xml") && place.read("report.md").starts_with("## redeliver on `mine`")
    );
    assert_eq!(place.redeliver("lint --targets conformance.yaml").code, Some(0));
}

#[test]
fn the_workflow_of_the_guide_gives_the_action_inputs_that_it_has() {
    let (_, workflow) = blocks(&page("GUIDE.md")).into_iter().find(|(_, text)| text.contains("runs-on:")).unwrap();
    let workflow: serde_yaml::Value = serde_yaml::from_str(&workflow).unwrap();
    let steps = &workflow["jobs"]["contract"]["steps"];
    let ours = steps.as_sequence().unwrap().iter().find(|step| step["uses"].as_str().unwrap().contains("redeliver"));
    let ours = ours.unwrap();
    let folder = ours["uses"].as_str().unwrap().split_once('@').unwrap().0.strip_prefix("OWNER/redeliver/").unwrap();
    let action = std::fs::read_to_string(Path::new(FOLDER).parent().unwrap().join(folder).join("action.yml")).unwrap();
    let action: serde_yaml::Value = serde_yaml::from_str(&action).unwrap();
    for name in ours["with"].as_mapping().unwrap().keys() {
        assert!(action["inputs"].get(name).is_some(), "the action has no input {name:?}");
    }
}

/// Words of a command as a shell reads them, as far as the pages go: blanks, and single or double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => quote = Some(c),
            None if c == ' ' => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn commands_of_the_pages_have_commands_and_options_that_exist() {
    let mut count = 0;
    for name in ["README.md", "GUIDE.md", "targets/README.md"] {
        let page = page(name).replace("\\\n", " ");
        for line in page.lines().map(|line| line.trim_start_matches("$ ")).filter(|line| line.starts_with("redeliver "))
        {
            let command = line.split(" #").next().unwrap().split(['|', '>', '&', ';']).next().unwrap();
            let parsed = Cli::try_parse_from(words(command));
            assert!(parsed.is_ok(), "{name}: `{command}`: {}", parsed.unwrap_err());
            count += 1;
        }
    }
    assert!(count >= 5, "only {count} commands found");
}
