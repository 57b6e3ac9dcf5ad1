//! Files that are written for a program.

use std::fs;

use indexmap::IndexMap;
use tempfile::TempDir;

use super::TargetProblem;
use super::words::Words;

/// Writes the files into a folder that is removed with the returned value, and makes the folder known as `${files}`.
pub(super) fn write(files: &IndexMap<String, String>, words: &mut Words) -> Result<Option<TempDir>, TargetProblem> {
    if files.is_empty() {
        return Ok(None);
    }
    let failed = |error: std::io::Error| {
        TargetProblem::Unreachable(format!("cannot write the files that its manifest asks for: {error}"))
    };
    let folder = TempDir::with_prefix("redeliver-target-").map_err(failed)?;
    words.put("files", &folder.path().display());
    for (name, text) in files {
        fs::write(folder.path().join(name), words.fill(text)).map_err(failed)?;
    }
    Ok(Some(folder))
}
