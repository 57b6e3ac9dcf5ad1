//! What spec files say, once they are loaded.

use std::sync::Arc;
use std::time::Duration;

use crate::{Feature, Guarantee, Level, Place, Source, Step};

/// All spec files of a run, sorted by path.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The files.
    pub files: Vec<SpecFile>,
}

impl Suite {
    /// All cases in the order of files and of cases in them.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.files.iter().flat_map(|file| &file.cases)
    }
}

/// One spec file: the cases of one behaviour.
#[derive(Debug, Clone)]
pub struct SpecFile {
    /// Path below the suite's root with forward slashes, for example `sqs/messages/visibility.yaml`.
    pub path: String,
    /// The YAML text.
    pub source: Arc<str>,
    /// The behaviour, in one sentence.
    pub about: String,
    /// What the file is about, for reports.
    pub guarantee: Guarantee,
    /// The cases, at least one.
    pub cases: Vec<Case>,
    /// The file with the places of its keys; its cases share it.
    pub file: Arc<Source>,
}

impl SpecFile {
    /// Where the value at this JSON pointer stands, see [`Source::place`].
    pub fn place(&self, pointer: &str) -> Option<Place> {
        self.file.place(pointer)
    }
}

/// One case: steps that must hold in order.
#[derive(Debug, Clone)]
pub struct Case {
    /// `<path without .yaml>::<name>`, unique in a suite and never renamed.
    pub id: String,
    /// The name alone.
    pub name: String,
    /// A sentence where the name does not say enough.
    pub about: Option<String>,
    /// The guarantee of its file.
    pub guarantee: Guarantee,
    /// What a target must declare: the file's features, then the case's, each once.
    pub requires: Vec<Feature>,
    /// How binding it is: its own level or the file's.
    pub level: Level,
    /// Why AWS is believed to behave so.
    pub evidence: Evidence,
    /// The steps, at least one.
    pub steps: Vec<Step>,
    /// JSON pointer of the case in its file, for example `/cases/0`.
    pub pointer: String,
    /// Where the case's name stands.
    pub place: Place,
    /// The file that it stands in.
    pub file: Arc<Source>,
}

impl Case {
    /// The longest time that a real clock would have to wait for this case, as far as the spec tells it.
    ///
    /// Counted are: each `wait`; each `eventually` and each workload's `within`, as if they were used to the end; a `repeat`
    /// as often as it runs; of the branches of a `parallel` only the longest. Not counted are the calls themselves, long
    /// polls (`WaitTimeSeconds`) included.
    pub fn longest_wait(&self) -> Duration {
        self.steps.iter().map(Step::longest_wait).sum()
    }
}

/// Why AWS is believed to behave as a case says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// URL of AWS documentation, or of an AWS-owned repository.
    pub doc: Option<String>,
    /// `YYYY-MM-DD` on which a response of real AWS was recorded.
    pub recorded: Option<String>,
    /// URL of the recording, or of the report that led to the case.
    pub source: Option<String>,
    /// The recording's own name for the test.
    pub test: Option<String>,
    /// The API model that states it.
    pub model: Option<String>,
    /// What the evidence does not say and the case still assumes.
    pub silent: Option<String>,
}
