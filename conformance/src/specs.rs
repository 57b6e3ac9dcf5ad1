//! Where the specs of a run come from.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redeliver_spec::{Problem, Problems, Source, Suite};

/// Self-tests of loader and runner stand beside the specs in a folder of this name; they are no specs.
const SELF_TESTS: &str = "format";

/// A source of spec files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Specs {
    origin: Origin,
    /// Only files whose path starts with this.
    prefix: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Embedded,
    Paths(Vec<PathBuf>),
}

/// Why there is no suite.
#[derive(Debug, thiserror::Error)]
pub enum SpecsProblem {
    /// A file or folder can't be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder holds no spec file.
    #[error("there is no spec file in `{}`: a spec's name ends with `.yaml`", path.display())]
    None {
        /// The folder.
        path: PathBuf,
    },
    /// Files have mistakes.
    #[error("{0}")]
    Invalid(Problems),
}

/// A file to be loaded.
struct File {
    /// Path below the root of its suite, with forward slashes.
    path: String,
    /// Path as people know it.
    shown: String,
    text: String,
}

/// All specs of this project.
pub fn all() -> Specs {
    Specs { origin: Origin::Embedded, prefix: "" }
}

/// The specs of SQS.
pub fn sqs() -> Specs {
    Specs { origin: Origin::Embedded, prefix: "sqs/" }
}

/// The specs of SNS.
pub fn sns() -> Specs {
    Specs { origin: Origin::Embedded, prefix: "sns/" }
}

/// The specs of Kinesis.
pub fn kinesis() -> Specs {
    Specs { origin: Origin::Embedded, prefix: "kinesis/" }
}

/// The specs of what crosses services.
pub fn flows() -> Specs {
    Specs { origin: Origin::Embedded, prefix: "flows/" }
}

/// Specs of your own, in a folder: ids are paths below it.
pub fn folder(path: impl Into<PathBuf>) -> Specs {
    paths([path])
}

/// Specs of your own, in files and folders.
pub fn paths(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Specs {
    Specs { origin: Origin::Paths(paths.into_iter().map(Into::into).collect()), prefix: "" }
}

impl Specs {
    /// Reads and lints all files.
    pub fn load(&self) -> Result<Suite, SpecsProblem> {
        self.load_where(|_| true)
    }

    /// Reads and lints only the file with this case. A suite without cases when there is no such file.
    pub fn load_file_of(&self, id: &str) -> Result<Suite, SpecsProblem> {
        let wanted = format!("{}.yaml", crate::select::file_of(id));
        self.load_where(|path| path == wanted)
    }

    fn load_where(&self, wanted: impl Fn(&str) -> bool) -> Result<Suite, SpecsProblem> {
        let mut files = match &self.origin {
            Origin::Embedded => embedded(),
            Origin::Paths(paths) => read(paths)?,
        };
        files.retain(|file| file.path.starts_with(self.prefix) && wanted(&file.path));
        let shown: BTreeMap<_, _> = files.iter().map(|file| (file.path.clone(), file.shown.clone())).collect();
        match redeliver_spec::load(files.into_iter().map(|file| (file.path, file.text))) {
            Ok(mut suite) => {
                show_paths(&mut suite, &shown);
                Ok(suite)
            }
            Err(problems) => Err(SpecsProblem::Invalid(show_problem_paths(&problems, &shown))),
        }
    }
}

/// Shows each file by the path that a reader can open, instead of the one below its root that makes ids.
fn show_paths(suite: &mut Suite, shown: &BTreeMap<String, String>) {
    for file in &mut suite.files {
        let source = show_path(&file.file, shown);
        for case in &mut file.cases {
            case.file = Arc::clone(&source);
        }
        file.file = source;
    }
}

fn show_problem_paths(problems: &Problems, shown: &BTreeMap<String, String>) -> Problems {
    let moved = problems.iter().cloned().map(|problem| Problem { file: show_path(&problem.file, shown), ..problem });
    Problems::of(moved.collect()).expect("there is one problem for each that there was")
}

fn show_path(source: &Arc<Source>, shown: &BTreeMap<String, String>) -> Arc<Source> {
    let path = shown.get(&source.path).unwrap_or(&source.path).clone();
    Arc::new(Source { path, ..Source::clone(source) })
}

fn embedded() -> Vec<File> {
    let file = |(path, text): (&str, &str)| File {
        path: path.to_owned(),
        shown: format!("specs/{path}"),
        text: text.to_owned(),
    };
    redeliver_specs::files().map(file).collect()
}

/// Reads files, and those of folders.
fn read(paths: &[PathBuf]) -> Result<Vec<File>, SpecsProblem> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            walk(path, path, &mut files)?;
            if files.len() == before {
                return Err(SpecsProblem::None { path: path.clone() });
            }
        } else {
            let root = path.parent().unwrap_or(Path::new(""));
            files.push(File::read(root, path)?);
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> Result<(), SpecsProblem> {
    let unreadable = |source| SpecsProblem::Unreadable { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            if path != root.join(SELF_TESTS) {
                walk(root, &path, files)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(File::read(root, &path)?);
        }
    }
    Ok(())
}

impl File {
    fn read(root: &Path, path: &Path) -> Result<Self, SpecsProblem> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| SpecsProblem::Unreadable { path: path.to_owned(), source })?;
        let below = path.strip_prefix(root).unwrap_or(path);
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Ok(Self { path: parts.join("/"), shown: path.display().to_string(), text })
    }
}
