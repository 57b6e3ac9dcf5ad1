//! What a failure leaves behind: the schedule beside the consumer's `Cargo.toml`, a page and a history in its target folder.

use std::fs;
use std::path::{Path, PathBuf};

use redeliver_check::jsonl::{self, Header, Line};

use super::{Failure, regression};
use crate::page::page;

/// Keeps a failure of a test whose schedules are kept in `file`. A failure that cannot be kept is still told.
pub(super) fn keep(failure: &mut Failure, file: &Path) {
    if !failure.schedule.faults.is_empty() {
        match regression::write(file, &failure.schedule) {
            Ok(()) => failure.regression = Some(file.to_owned()),
            Err(error) => failure.files.push(format!("`{}` was not written: {error}", file.display())),
        }
    }
    if let (Some(folder), Some(name)) = (reports(), file.file_stem()) {
        let named = |extension: &str| folder.join(name).with_added_extension(extension);
        let told = history(failure);
        write(failure, &named("history.jsonl"), &told);
        let shown = page(&failure.told());
        write(failure, &named("html"), &shown);
    }
}

fn write(failure: &mut Failure, file: &Path, text: &str) {
    let folder = file.parent().unwrap_or(file);
    failure.files.push(match fs::create_dir_all(folder).and_then(|()| fs::write(file, text)) {
        Ok(()) => file.display().to_string(),
        Err(error) => format!("`{}` was not written: {error}", file.display()),
    });
}

fn history(failure: &Failure) -> String {
    let lines = failure.history.iter().map(|record| Line { case: failure.test.clone(), record: record.clone() });
    jsonl::write(&Header::new("reference", Some(failure.schedule.seed)), &lines.collect::<Vec<_>>())
}

/// `target/redeliver`, from where the test itself was built to: `target/debug/deps`.
fn reports() -> Option<PathBuf> {
    let test = std::env::current_exe().ok()?;
    let deps = test.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "deps"))?;
    Some(deps.parent()?.parent()?.join("redeliver"))
}
