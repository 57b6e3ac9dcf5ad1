//! The folder of a recording: `recording.json`, and a file for each case below the folders that its id names.

use std::fs;
use std::path::{Path, PathBuf};

use super::transcript::version;
use super::{About, RecordingProblem, Transcript};

/// The file that says what a recording is.
const ABOUT: &str = "recording.json";
/// The ending of the files of cases.
const ENDING: &str = "jsonl";

/// A recording that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// When, where, which versions.
    pub about: About,
    /// Transcripts by the ids of their cases.
    pub transcripts: Vec<Transcript>,
}

impl Folder {
    /// Reads all of a folder.
    pub fn read(path: &Path) -> Result<Self, RecordingProblem> {
        let none = |reason: &str| RecordingProblem::None { path: path.to_owned(), reason: reason.to_owned() };
        if !path.is_dir() {
            return Err(none("there is no such folder; `redeliver record --out DIR` makes one"));
        }
        let file = path.join(ABOUT);
        if !file.exists() {
            return Err(none("it has no `recording.json`; `redeliver record --out DIR` writes one"));
        }
        let text = fs::read_to_string(&file).map_err(RecordingProblem::unreadable(&file))?;
        let malformed = |line, reason: String| RecordingProblem::Malformed {
            path: file.clone(),
            line,
            reason: reason + "; record it again",
        };
        version(&text, &file).map_err(|problem| problem.unwrap_or_else(|reason| malformed(1, reason)))?;
        let about: About =
            serde_json::from_str(&text).map_err(|error| malformed(error.line().max(1), error.to_string()))?;
        let mut transcripts = Vec::new();
        for file in files(path)? {
            let text = fs::read_to_string(&file).map_err(RecordingProblem::unreadable(&file))?;
            transcripts.push(Transcript::read(&text, &file)?);
        }
        if transcripts.is_empty() {
            return Err(none("it has no case; record some"));
        }
        transcripts.sort_by(|one, other| one.case.cmp(&other.case));
        Ok(Self { about, transcripts })
    }

    /// The transcript of this case.
    pub fn find(&self, id: &str) -> Option<&Transcript> {
        let at = self.transcripts.binary_search_by(|transcript| transcript.case.as_str().cmp(id)).ok()?;
        self.transcripts.get(at)
    }

    /// Refuses a folder in which something else is.
    pub fn check_place(path: &Path) -> Result<(), RecordingProblem> {
        if !path.exists() || path.join(ABOUT).exists() {
            return Ok(());
        }
        let mut entries = fs::read_dir(path).map_err(RecordingProblem::unreadable(path))?;
        if entries.next().is_some() { Err(RecordingProblem::Foreign(path.to_owned())) } else { Ok(()) }
    }

    /// Writes all of it; an earlier recording in this place is gone then.
    pub fn write(&self, path: &Path) -> Result<(), RecordingProblem> {
        Self::check_place(path)?;
        if path.exists() {
            for file in files(path)? {
                fs::remove_file(&file).map_err(RecordingProblem::unwritable(&file))?;
            }
        }
        for transcript in &self.transcripts {
            let file = path.join(file_of(&transcript.case));
            let folder = file.parent().unwrap_or(path);
            fs::create_dir_all(folder).map_err(RecordingProblem::unwritable(folder))?;
            fs::write(&file, transcript.write()).map_err(RecordingProblem::unwritable(&file))?;
        }
        let file = path.join(ABOUT);
        let about = serde_json::to_string_pretty(&self.about)
            .map_err(|error| RecordingProblem::unwritable(&file)(error.into()))?
            + "\n";
        fs::write(&file, about).map_err(RecordingProblem::unwritable(&file))
    }
}

/// Where a case's transcript stands.
fn file_of(id: &str) -> PathBuf {
    let mut path = PathBuf::from(id.replace("::", "/"));
    path.as_mut_os_string().push(".");
    path.as_mut_os_string().push(ENDING);
    path
}

/// The files of all cases.
fn files(folder: &Path) -> Result<Vec<PathBuf>, RecordingProblem> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(RecordingProblem::unreadable(folder))? {
        let path = entry.map_err(RecordingProblem::unreadable(folder))?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == ENDING) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
