//! A project's copy in the cache, with what it needs.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::command::run;
use crate::runtime::{Line, Runtime, command, versions};

/// From nothing, over a slow network.
const INSTALL_LIMIT: Duration = Duration::from_mins(10);

/// Written when everything is in place: with which versions, and from which locks.
const INSTALLED: &str = ".installed";
const BUILT: &str = ".built";

/// Folder in the copy for files that are no part of the project.
pub(crate) const BESIDE: &str = "beside";

/// A project in `conformance/clients`.
pub(crate) struct Project<'a> {
    source: PathBuf,
    /// A folder whose files stand in the copy's folder [`BESIDE`], where they find what the project has installed.
    beside: Option<PathBuf>,
    folder: PathBuf,
    runtime: &'a Runtime,
}

impl<'a> Project<'a> {
    pub(crate) fn new(name: &str, runtime: &'a Runtime) -> Self {
        let cache = std::env::var_os("REDELIVER_CLIENTS_CACHE")
            .map_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients"), PathBuf::from);
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join(name);
        Self { source, beside: None, folder: cache.join(format!("{name}{}", runtime.variant())), runtime }
    }

    /// Lets these files, too, use what the project installs.
    pub(crate) fn beside(mut self, files: &Path) -> Self {
        self.beside = Some(files.to_owned());
        self
    }

    /// Brings the copy up to date, and gives its folder. Whoever else wants it waits: threads as well as processes.
    pub(crate) fn prepare(&self) -> Result<PathBuf, String> {
        let told = |error: std::io::Error| format!("`{}` can't be prepared: {error}", self.folder.display());
        fs::create_dir_all(&self.folder).map_err(told)?;
        let lock = File::create(self.folder.join(".lock")).map_err(told)?;
        lock.lock().map_err(told)?;
        let installed = self.installed()?;
        let is_current = fs::read_to_string(self.folder.join(INSTALLED)).is_ok_and(|text| text == installed);
        if !is_current {
            clear(&self.folder).map_err(told)?;
        }
        let changed = copy_changed(&self.source, &self.folder).map_err(told)?;
        if !is_current {
            self.run_all(self.runtime.install())?;
            fs::write(self.folder.join(INSTALLED), installed).map_err(told)?;
        }
        let built = self.folder.join(BUILT);
        if changed || !built.exists() {
            let _ = fs::remove_file(&built);
            self.run_all(self.runtime.build())?;
            fs::write(built, "").map_err(told)?;
        }
        if let Some(files) = &self.beside {
            let copy = self.folder.join(BESIDE);
            fs::create_dir_all(&copy).and_then(|()| copy_changed(files, &copy)).map_err(told)?;
        }
        Ok(self.folder.clone())
    }

    /// All that what is installed depends on.
    fn installed(&self) -> Result<String, String> {
        let mut text = versions(self.runtime)?;
        for name in self.runtime.locks() {
            let path = self.source.join(name);
            text += &fs::read_to_string(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
        }
        Ok(text)
    }

    fn run_all(&self, lines: Vec<Line>) -> Result<(), String> {
        for line in lines {
            let hint = "set REDELIVER_CLIENTS=off to leave the clients out";
            run(command(&self.folder, &line[0]).args(&line[1..]), INSTALL_LIMIT)
                .map_err(|error| format!("{error}\n{hint}"))?;
        }
        Ok(())
    }
}

/// Removes everything but the lock.
fn clear(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            fs::remove_dir_all(path)?;
        } else if !path.ends_with(".lock") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Copies the files that differ, and says whether there were any.
fn copy_changed(from: &Path, to: &Path) -> std::io::Result<bool> {
    let mut changed = false;
    for entry in fs::read_dir(from)? {
        let source = entry?.path();
        let Some(name) = source.file_name().filter(|_| source.is_file()) else { continue };
        let (text, target) = (fs::read(&source)?, to.join(name));
        if fs::read(&target).ok().as_ref() != Some(&text) {
            fs::write(target, text)?;
            changed = true;
        }
    }
    Ok(changed)
}
