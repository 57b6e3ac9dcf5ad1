//! Where the programs of targets are.

use std::path::{Path, PathBuf};

/// The folder into which `conformance/targets/install` installs.
pub(super) fn cache() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("REDELIVER_TARGETS_CACHE").filter(|named| !named.is_empty()) {
        return Some(named.into());
    }
    Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/redeliver/targets"))
}

/// The path of a program, or its name where the search path is to say: `${redeliver}` is this very program; a bare name is looked up in the
/// cache of targets first, where versions are pinned.
pub(super) fn locate(program: &str) -> PathBuf {
    if program == "${redeliver}" {
        return std::env::current_exe().unwrap_or_else(|_| "redeliver".into());
    }
    if program.contains('/') {
        return program.into();
    }
    let installed = cache().map(|cache| cache.join("bin").join(program)).filter(|path| path.exists());
    installed.unwrap_or_else(|| program.into())
}

/// The folder in which a located program really is, links followed.
pub(super) fn folder_of(located: &Path) -> Option<PathBuf> {
    let found = if located.components().count() > 1 {
        located.to_owned()
    } else {
        std::env::split_paths(&std::env::var_os("PATH")?)
            .map(|folder| folder.join(located))
            .find(|path| path.exists())?
    };
    Some(found.canonicalize().ok()?.parent()?.to_owned())
}
