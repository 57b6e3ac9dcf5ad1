//! The tree keeps the laws that it is built on; each test is one law, its message says how to mend a breach.

#![expect(clippy::unwrap_used, reason = "this whole file is a test, its walk included")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Longest hand-written file and function, in lines.
const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// Our crates, each with those of ours that it may depend on.
const DEPENDENCIES: [(&str, &[&str]); 12] = [
    ("redeliver-model", &[]),
    ("redeliver-model-codegen", &[]),
    ("redeliver-core", &["redeliver-model"]),
    ("redeliver-wire", &["redeliver-model", "redeliver-core"]),
    ("redeliver-check", &["redeliver-model", "redeliver-core"]),
    ("redeliver-chaos", &["redeliver-model", "redeliver-core", "redeliver-wire"]),
    ("redeliver-macros", &[]),
    (
        "redeliver",
        &[
            "redeliver-model",
            "redeliver-core",
            "redeliver-wire",
            "redeliver-chaos",
            "redeliver-check",
            "redeliver-macros",
        ],
    ),
    ("redeliver-fixture-consumers", &["redeliver"]),
    ("redeliver-spec", &["redeliver-model", "redeliver-chaos"]),
    ("redeliver-specs", &[]),
    (
        "redeliver-conformance",
        &[
            "redeliver",
            "redeliver-model",
            "redeliver-core",
            "redeliver-wire",
            "redeliver-chaos",
            "redeliver-check",
            "redeliver-spec",
            "redeliver-specs",
        ],
    ),
];

/// The generator may be a development dependency of what it generates: that is how freshness is proved.
const GENERATOR: &str = "redeliver-model-codegen";

/// Crates that build and test without the AWS SDK.
const WITHOUT_SDK: [&str; 7] = [
    "redeliver-model",
    "redeliver-model-codegen",
    "redeliver-core",
    "redeliver-wire",
    "redeliver-check",
    "redeliver-chaos",
    "redeliver-spec",
];

/// What stands at the top, besides dotfiles, licences, the lock file and build output.
const TOP_LEVEL: [&str; 6] = ["Cargo.toml", "README.md", "conformance", "fixtures", "harness", "specs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the conformance folder is below the root").to_owned()
}

/// Every hand-written Rust file with its path below the root and its text.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir()
                && !name.starts_with('.')
                && !["target", "generated", "node_modules"].contains(&name.as_str())
            {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let shown = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                found.push((shown, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 50, "only {} Rust files found: the walk is broken", found.len());
    found
}

/// Fails with all breaches of a law at once.
fn keep(law: &str, breaches: &[String]) {
    let mut text = String::new();
    for breach in breaches {
        let _ = writeln!(text, "  {breach}");
    }
    assert!(breaches.is_empty(), "{law}:\n{text}");
}

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// (package, dependency, whether it is a development dependency) for each edge in the manifests.
fn edges() -> Vec<(String, String, bool)> {
    let metadata = metadata();
    let mut edges = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        for dependency in package["dependencies"].as_array().unwrap() {
            let text = |value: &serde_json::Value| value["name"].as_str().unwrap().to_owned();
            edges.push((text(package), text(dependency), dependency["kind"] == "dev"));
        }
    }
    edges
}

#[test]
fn dependencies_run_one_way() {
    let mut breaches = Vec::new();
    for (package, dependency, development) in edges() {
        let ours = DEPENDENCIES.iter().any(|(name, _)| *name == dependency);
        let allowed = DEPENDENCIES
            .iter()
            .find(|(name, _)| *name == package)
            .unwrap_or_else(|| panic!("{package} is a new crate: give it a row in DEPENDENCIES"))
            .1;
        let generator = development && dependency == GENERATOR;
        if ours && !generator && !allowed.contains(&dependency.as_str()) {
            breaches.push(format!("{package} depends on {dependency}"));
        }
    }
    keep("dependencies between our crates run one way, see DEPENDENCIES", &breaches);
}

#[test]
fn the_light_crates_do_without_the_sdk() {
    let breaches: Vec<_> = edges()
        .into_iter()
        .filter(|(package, dependency, _)| WITHOUT_SDK.contains(&package.as_str()) && dependency.starts_with("aws-"))
        .map(|(package, dependency, _)| format!("{package} depends on {dependency}"))
        .collect();
    keep("these crates build without the AWS SDK", &breaches);
}

#[test]
fn the_top_level_is_what_was_agreed() {
    let mut breaches = Vec::new();
    let names: Vec<_> = std::fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
        .collect();
    for name in &names {
        let known = TOP_LEVEL.contains(&name.as_str()) || name.starts_with('.') || name.starts_with("LICENSE");
        if !known && name != "Cargo.lock" && name != "target" {
            breaches.push(format!("{name} does not belong here"));
        }
    }
    for name in TOP_LEVEL.iter().filter(|name| !names.iter().any(|found| found == *name)) {
        breaches.push(format!("{name} is missing"));
    }
    keep("the top level holds exactly what was agreed", &breaches);
}

#[test]
fn files_are_short() {
    let breaches: Vec<_> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES_MAX)
        .map(|(path, lines)| format!("{path} has {lines} lines: split it by noun or verb"))
        .collect();
    keep("a file has at most 500 lines", &breaches);
}

/// Name, first line and length of each function, by the layout that rustfmt gives.
fn functions(text: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<_> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let words =
            trimmed.trim_start_matches("pub ").trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        let words = words.trim_start_matches("const ").trim_start_matches("async ");
        let Some(rest) = words.strip_prefix("fn ") else { continue };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let indent = &line[..line.len() - trimmed.len()];
        let closing = format!("{indent}}}");
        let one_line = line.ends_with('}') || line.ends_with(';');
        let end = if one_line { start } else { (start..lines.len()).find(|&at| lines[at] == closing).unwrap_or(start) };
        found.push((name, start + 1, end - start + 1));
    }
    found
}

#[test]
fn functions_are_short() {
    let mut breaches = Vec::new();
    for (path, text) in sources() {
        for (name, line, length) in functions(&text) {
            if length > FUNCTION_LINES_MAX {
                breaches
                    .push(format!("{path}:{line} {name} has {length} lines: move a part into a function of its own"));
            }
        }
    }
    keep("a function has at most 70 lines", &breaches);
}

#[test]
fn function_lengths_are_measured() {
    let text = "fn short() {}\n\npub(crate) async fn long(\n    a: u8,\n) {\n    if a > 0 {\n    }\n}\n";
    assert_eq!(functions(text), [("short".to_owned(), 1, 1), ("long".to_owned(), 3, 6)]);
}

#[test]
fn doors_hold_no_logic() {
    let mut breaches = Vec::new();
    for (path, text) in sources() {
        let door = path.ends_with("/lib.rs") || path.ends_with("/mod.rs");
        // The compiler wants a macro in `lib.rs`.
        let mut before = "";
        let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        for (number, line) in code.filter(|_| door) {
            let words = line.trim_start();
            if std::mem::replace(&mut before, words).starts_with("#[proc_macro") {
                continue;
            }
            let logic = ["fn ", "pub fn ", "pub(crate) fn ", "impl ", "impl<", "async fn ", "pub async fn "];
            if logic.iter().any(|start| words.starts_with(start)) {
                breaches.push(format!("{path}:{}: {words}", number + 1));
            }
        }
    }
    keep("lib.rs and mod.rs are doors: a map, modules and re-exports", &breaches);
}

#[test]
fn every_module_says_what_it_is() {
    let breaches: Vec<_> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    keep("a file begins with `//!` and its purpose", &breaches);
}

#[test]
fn nothing_is_left_unfinished() {
    // Assembled, so that this file does not hold what it looks for.
    let words = ["todo", "unimplemented", "dbg"].map(|word| format!("{word}!("));
    let mut breaches = Vec::new();
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let ignored = line.trim_start().starts_with(&["#[", "ignore"].concat());
            if ignored || words.iter().any(|word| line.contains(word.as_str())) {
                breaches.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    keep("nothing is left for later", &breaches);
}

#[test]
fn tests_do_not_sleep() {
    let blocking = ["thread", "sleep"].join("::");
    let asynchronous = ["time", "sleep("].join("::");
    let mut breaches = Vec::new();
    for (path, text) in sources() {
        let tests = path.contains("/tests/") || text.contains("#[cfg(test)]\nmod tests {");
        let virtual_time = text.contains("start_paused");
        for (number, line) in text.lines().enumerate() {
            if line.contains(&blocking) || (tests && !virtual_time && line.contains(&asynchronous)) {
                breaches.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    keep("tests advance the clock instead of sleeping", &breaches);
}

#[test]
fn names_are_terms_of_the_field() {
    let vague = ["utils.rs", "util.rs", "helpers.rs", "helper.rs", "common.rs", "misc.rs", "manager.rs"];
    let breaches: Vec<_> = sources()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| vague.iter().any(|name| path.ends_with(&format!("/{name}"))))
        .collect();
    keep("a file is named by its noun or verb", &breaches);
}
