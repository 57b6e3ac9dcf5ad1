//! A file and its cases.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::Reading;
use crate::problem::Findings;
use crate::raw::RawFile;
use crate::{Level, Source, SpecFile, schema};

/// The version of the format that this crate reads.
const VERSION: &str = "1.0";

/// Reads a file; without problems there is a [`SpecFile`].
pub(crate) fn read_file(source: &Arc<Source>, file: &Value) -> Result<SpecFile, Findings> {
    let mut findings = Findings::default();
    // Another version may mean anything: nothing else in the file can be judged.
    if let Some(Value::String(version)) = file.get("spec")
        && version != VERSION
    {
        findings
            .value("/spec", format!("version `{version}` of the format is not known"), format!("write `\"{VERSION}\"`"))
            .label("unknown version");
        return Err(findings);
    }
    check_path(&source.path, &mut findings);
    schema::check(file, &mut findings);
    let broken = findings.pointers().map(str::to_owned).collect();
    let mut reading = Reading { source, broken, findings };
    let raw = reading.head::<RawFile>(file, "", "cases");
    let level = match (&raw, file.get("level")) {
        (Some(raw), _) => raw.level,
        (None, level) => level.and_then(Value::as_str).and_then(|word| word.parse().ok()),
    };
    let parent = Parent { level: level.unwrap_or(Level::Must), raw: raw.as_ref() };
    let mut cases = Vec::new();
    for (index, case) in file.get("cases").and_then(Value::as_array).into_iter().flatten().enumerate() {
        cases.extend(reading.case(case, &format!("/cases/{index}"), &parent));
    }
    check_names(file, &mut reading.findings);
    match raw {
        Some(raw) if reading.findings.pointers().next().is_none() => Ok(SpecFile {
            path: source.path.clone(),
            source: Arc::clone(&source.text),
            about: raw.about.0,
            guarantee: raw.guarantee,
            cases,
            file: Arc::clone(source),
        }),
        _ => Err(reading.findings),
    }
}

/// What cases take from their file.
pub(super) struct Parent<'a> {
    pub(super) level: Level,
    /// Absent when the file's own keys are broken.
    pub(super) raw: Option<&'a RawFile>,
}

impl Reading<'_> {
    /// The keys of a map without the list below `list`, whose entries are read one by one; `None` where the schema is broken.
    pub(super) fn head<T: serde::de::DeserializeOwned>(
        &mut self,
        value: &Value,
        pointer: &str,
        list: &str,
    ) -> Option<T> {
        let entries = format!("{pointer}/{list}/");
        let below = format!("{pointer}/");
        let hit = |found: &str| found == pointer || (found.starts_with(&below) && !found.starts_with(&entries));
        if self.broken.iter().any(|found| hit(found)) {
            return None;
        }
        let mut head = value.clone();
        head[list] = json!([]);
        self.typed(head, pointer)
    }

    /// Deserialises what follows the schema. That it still fails would be a mistake of the schema; it is told all the same.
    pub(super) fn typed<T: serde::de::DeserializeOwned>(&mut self, value: Value, pointer: &str) -> Option<T> {
        match serde_path_to_error::deserialize::<_, T>(value) {
            Ok(typed) => Some(typed),
            Err(error) => {
                let message = format!("cannot be read at `{}`: {}", error.path(), error.inner());
                self.findings.whole(pointer, message, "compare it with the format's page, specs/README.md");
                None
            }
        }
    }

    /// Whether the schema is broken at or below this pointer.
    pub(super) fn is_broken(&self, pointer: &str) -> bool {
        let below =
            |found: &str| found.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.broken.iter().any(|found| below(found))
    }
}

/// A file's name is the behaviour, in lower-hyphen.
fn check_path(path: &str, findings: &mut Findings) {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_suffix(".yaml").unwrap_or_default();
    let words = || stem.split('-');
    let good = words()
        .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
    if !good {
        let remedy =
            "name it after the behaviour in lower-hyphen with the extension `.yaml`: `visibility-timeout.yaml`";
        findings.key("/spec", format!("`{name}` is no name for a spec file"), remedy).label("in this file");
    }
}

/// A name stands once in a file.
fn check_names(file: &Value, findings: &mut Findings) {
    let mut first: IndexMap<&str, usize> = IndexMap::new();
    for (index, case) in file.get("cases").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let Some(name) = case.get("name").and_then(Value::as_str) else { continue };
        match first.get(name) {
            None => drop(first.insert(name, index)),
            Some(earlier) => {
                let also = format!("/cases/{earlier}/name");
                findings
                    .whole(
                        &format!("/cases/{index}/name"),
                        format!("two cases have the name `{name}`"),
                        "say what differs: the name is the case's id and stands once in a file",
                    )
                    .label("again")
                    .also(&also, "first");
            }
        }
    }
}

/// The id of a case: path without extension, and name.
pub(super) fn id(path: &str, name: &str) -> String {
    format!("{}::{name}", path.strip_suffix(".yaml").unwrap_or(path))
}
