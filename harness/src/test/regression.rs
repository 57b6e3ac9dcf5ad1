//! The file that replays a failure first next time.

use std::path::{Path, PathBuf};

use super::Problem;
use redeliver_chaos::Schedule;
use redeliver_chaos::failpoints::{BEFORE_RENAME, hit};

/// Folder of the files, beside the `Cargo.toml` of the consumer.
const FOLDER: &str = "redeliver-regressions";

/// Where the file of a test is.
pub(super) fn path(manifest: &Path, test: &str) -> PathBuf {
    let safe = |letter: char| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
    let name: String = test.replace("::", ".").chars().map(safe).collect();
    manifest.join(FOLDER).join(format!("{name}.json"))
}

/// The end of such a path, which begins beside the `Cargo.toml`.
pub(super) fn beside(file: &Path) -> &Path {
    let folder = file.ancestors().nth(2);
    folder.and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(file)
}

/// Reads a schedule.
pub(super) fn read(file: &Path) -> Result<Schedule, Problem> {
    let problem = |problem: String| Problem::Schedule { file: file.to_owned(), problem };
    let text = std::fs::read_to_string(file).map_err(|error| problem(error.to_string()))?;
    Schedule::parse(&text).map_err(|error| problem(error.to_string()))
}

/// Writes a schedule, whole or not at all; gives why it could not be written.
pub(super) fn write(file: &Path, schedule: &Schedule) -> Result<(), String> {
    let folder = file.parent().expect("the file is in the folder of regressions");
    let beside = file.with_added_extension("new");
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&beside, schedule.to_text()));
    written.map_err(|error| error.to_string())?;
    if hit(BEFORE_RENAME) {
        return Err("a fail point ended it before the file had its name".to_owned());
    }
    std::fs::rename(&beside, file).map_err(|error| error.to_string())
}
