//! Loads spec files: everything that is wrong with any of them is told at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::problem::{Problem, Problems};
use crate::{Suite, read};

/// The folder below a suite's root with the self-tests of loader and runner, which are no part of the suite.
const SELF_TESTS: &str = "format";

/// Loads and lints spec files, given by path below the suite's root and text.
///
/// ```
/// let text = r#"
/// spec: "1.0"
/// about: A queue that was created can be found by its name.
/// guarantee: queue-lifecycle
/// cases:
///   - name: queue-is-found-by-name
///     evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html" }
///     steps:
///       - call: sqs:CreateQueue
///         with: { QueueName: "${unique}" }
///         save: { url: /QueueUrl }
///       - call: sqs:GetQueueUrl
///         with: { QueueName: "${unique}" }
///         ok: { QueueUrl: "${url}" }
/// "#;
/// let suite = redeliver_spec::load([("sqs/queues/find.yaml", text)])?;
/// let ids: Vec<_> = suite.cases().map(|case| case.id.as_str()).collect();
/// assert_eq!(ids, ["sqs/queues/find::queue-is-found-by-name"]);
/// # Ok::<(), redeliver_spec::Problems>(())
/// ```
pub fn load<P: Into<String>, T: Into<Arc<str>>>(files: impl IntoIterator<Item = (P, T)>) -> Result<Suite, Problems> {
    let mut loaded = IndexMap::new();
    let mut problems = Vec::new();
    for (path, text) in files {
        let path = path.into();
        let (source, value, found) = read::read_text(&path, &text.into());
        problems.extend(found);
        let Some(value) = value else { continue };
        match read::read_file(&source, &value) {
            Err(findings) => problems.extend(findings.into_problems(&source)),
            Ok(file) if loaded.contains_key(&path) => {
                let place = file.place("/spec").unwrap_or(file.cases[0].place);
                problems.push(Problem::new(source, place, "this file was given twice").remedy("give it once"));
            }
            Ok(file) => drop(loaded.insert(path, file)),
        }
    }
    if let Some(problems) = Problems::of(problems) {
        return Err(problems);
    }
    loaded.sort_unstable_keys();
    Ok(Suite { files: loaded.into_values().collect() })
}

/// Why a folder of specs could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file or folder that cannot be read.
    #[error("cannot read `{}`: {error}", path.display())]
    Read {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Files with problems; their text is the drawing of all of them.
    #[error(transparent)]
    Problems(#[from] Problems),
}

/// Loads and lints every `.yaml` file below a folder, except for its folder `format`, which holds the self-tests of the format.
/// Paths are shown below the folder.
pub fn load_dir(root: &Path) -> Result<Suite, LoadError> {
    let mut files = Vec::new();
    collect(root, "", &mut files)?;
    files.sort();
    Ok(load(files)?)
}

fn collect(folder: &Path, shown: &str, files: &mut Vec<(String, String)>) -> Result<(), LoadError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| LoadError::Read { path, error }
    };
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let outside = name.starts_with('.') || (shown.is_empty() && name == SELF_TESTS);
            if !outside {
                collect(&path, &format!("{shown}{name}/"), files)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            let text = fs::read_to_string(&path).map_err(failed(&path))?;
            files.push((format!("{shown}{name}"), text));
        }
    }
    Ok(())
}
