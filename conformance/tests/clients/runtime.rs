//! What a language needs, and how its projects are installed, built and run.

use std::path::Path;
use std::process::{Command, Stdio};

/// A language with its package manager.
pub(crate) enum Runtime {
    /// A virtual environment with all that a file with versions and hashes names.
    Python {
        requirements: &'static str,
    },
    Node,
    Java,
    Go,
}

/// A program with arguments.
pub(crate) type Line = Vec<String>;

fn line(words: &[&str]) -> Line {
    words.iter().map(|&word| word.to_owned()).collect()
}

impl Runtime {
    /// Calls that succeed where all programs are there; what they print tells the versions.
    fn probes(&self) -> Vec<Line> {
        match self {
            Self::Python { .. } => {
                vec![
                    line(&["python3", "-c", "import ensurepip, sys, venv; print(sys.version)"]),
                    line(&["bash", "--version"]),
                ]
            }
            Self::Node => vec![line(&["node", "--version"]), line(&["npm", "--version"])],
            Self::Java => {
                vec![line(&["mvn", "--version"]), line(&["javac", "--version"]), line(&["java", "--version"])]
            }
            Self::Go => vec![line(&["go", "version"])],
        }
    }

    /// Files that name what is installed, by version.
    pub(crate) fn locks(&self) -> Vec<&'static str> {
        match self {
            Self::Python { requirements } => vec![requirements],
            Self::Node => vec!["package.json", "package-lock.json"],
            Self::Java => vec!["pom.xml"],
            Self::Go => vec!["go.mod", "go.sum"],
        }
    }

    /// Name of the copy's folder besides the project's: what is installed differs.
    pub(crate) fn variant(&self) -> &'static str {
        match self {
            Self::Python { requirements } => requirements,
            Self::Node | Self::Java | Self::Go => "",
        }
    }

    /// Fetches what the locks name, in the copy's folder.
    pub(crate) fn install(&self) -> Vec<Line> {
        match self {
            Self::Python { requirements } => vec![
                line(&["python3", "-m", "venv", "--clear", "venv"]),
                // Compiling what is never imported takes longer than fetching it.
                line(&[
                    "venv/bin/python",
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-compile",
                    "--only-binary",
                    ":all:",
                    "--require-hashes",
                    "--requirement",
                    requirements,
                ]),
            ],
            Self::Node => {
                vec![line(&["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"])]
            }
            Self::Java => vec![line(&[
                "mvn",
                "--batch-mode",
                "--quiet",
                "dependency:copy-dependencies",
                "-DoutputDirectory=libraries",
            ])],
            Self::Go => vec![line(&["go", "mod", "download"])],
        }
    }

    /// Makes a program of the sources, where there is something to make.
    pub(crate) fn build(&self) -> Vec<Line> {
        match self {
            Self::Python { .. } | Self::Node => Vec::new(),
            Self::Java => {
                vec![line(&["sh", "-c", "javac --release 17 -encoding UTF-8 -cp 'libraries/*' -d classes *.java"])]
            }
            Self::Go => vec![line(&["go", "build", "-mod=readonly", "-o", "flow", "."])],
        }
    }
}

/// A command in a project's folder, in which the programs of its virtual environment come first.
pub(crate) fn command(folder: &Path, program: &str) -> Command {
    let own = folder.join("venv/bin");
    let found = own.join(program);
    let mut command = if found.exists() { Command::new(found) } else { Command::new(program) };
    command.current_dir(folder);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"AWS_")) {
        command.env_remove(name);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&path)));
    // Fetching another toolchain is not what a test does.
    command.envs(path.ok().map(|path| ("PATH", path))).env("GOTOOLCHAIN", "local");
    command
}

/// What the programs say of their versions, or which of them is missing.
pub(crate) fn versions(runtime: &Runtime) -> Result<String, String> {
    let mut told = String::new();
    for probe in runtime.probes() {
        let output = Command::new(&probe[0]).args(&probe[1..]).stdin(Stdio::null()).output();
        match output {
            Ok(output) if output.status.success() => told += &String::from_utf8_lossy(&output.stdout),
            Ok(output) => {
                let reason = String::from_utf8_lossy(&output.stderr);
                return Err(format!("`{}` does not work: {}", probe.join(" "), reason.trim()));
            }
            Err(error) => return Err(format!("`{}` is missing: {error}", probe[0])),
        }
    }
    Ok(told)
}

/// Why clients of this runtime can't be run here.
pub(crate) fn missing(runtime: &Runtime) -> Option<String> {
    versions(runtime).err()
}
