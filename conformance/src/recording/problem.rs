//! What is wrong with a recording.

use std::io;
use std::path::{Path, PathBuf};

/// What is wrong with a recording.
#[derive(Debug, thiserror::Error)]
pub enum RecordingProblem {
    /// No such folder, or no recording in it.
    #[error("there is no recording in `{}`: {reason}", path.display())]
    None {
        /// The folder.
        path: PathBuf,
        /// Why, with the remedy.
        reason: String,
    },
    /// A file can't be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file can't be written.
    #[error("cannot write `{}`: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is not what it should be.
    #[error("`{}:{line}`: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, with the remedy.
        reason: String,
    },
    /// A file of another format.
    #[error("`{}` has format {seen}, and this version reads format {known}: record it again", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its format.
        seen: String,
        /// What can be read.
        known: u32,
    },
    /// A folder with something else in it.
    #[error("`{}` holds files and is no recording: name a folder that is empty, or not there yet", .0.display())]
    Foreign(PathBuf),
}

impl RecordingProblem {
    /// For `map_err` of what reads this path.
    pub(super) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Unreadable { path: path.to_owned(), source }
    }

    /// For `map_err` of what writes this path.
    pub(super) fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Unwritable { path: path.to_owned(), source }
    }
}
