//! YAML files of other kinds than specs, read with the same care: a schema from their types, and every mistake at its place.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::{Findings, Problems};
use crate::read::read_text;
use crate::schema::{Compiled, schema_of};
use crate::{Problem, Source};

/// How files of a kind are written.
#[derive(Debug)]
pub struct Format {
    compiled: Compiled,
}

impl Format {
    /// The format of the files that hold a `T`; `title` is what a file of the kind is called, with its article. Descriptions of the types
    /// become remedies, so they are written as such.
    pub fn of<T: JsonSchema>(title: &str) -> Self {
        Self { compiled: Compiled::new(schema_of::<T>(title)) }
    }

    /// The JSON schema of the format.
    pub fn schema(&self) -> String {
        format!("{:#}\n", self.compiled.schema())
    }

    /// Reads a text and checks it against the schema; `path` is for people.
    pub fn read(&self, path: &str, text: &str) -> Document {
        let (source, value, problems) = read_text(path, &Arc::from(text));
        let mut findings = Findings::default();
        if let Some(value) = &value {
            self.compiled.check(value, &mut findings);
        }
        Document { source, value, problems, findings }
    }
}

/// A file that was read, with what is wrong with it.
#[derive(Debug)]
pub struct Document {
    source: Arc<Source>,
    value: Option<Value>,
    problems: Vec<Problem>,
    findings: Findings,
}

impl Document {
    /// The typed content; `None` where something is wrong.
    pub fn typed<T: DeserializeOwned>(&mut self) -> Option<T> {
        let value = self.value.as_ref().filter(|_| self.problems.is_empty())?;
        if self.findings.pointers().next().is_some() {
            return None;
        }
        match serde_path_to_error::deserialize::<_, T>(value) {
            Ok(typed) => Some(typed),
            Err(error) => {
                let message = format!("cannot be read at `{}`: {}", error.path(), error.inner());
                self.wrong("", message, "compare it with the schema", "here");
                None
            }
        }
    }

    /// Notes that something beyond the schema is wrong at a JSON pointer; `label` is written at the place.
    pub fn wrong(
        &mut self,
        pointer: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
        label: impl Into<String>,
    ) {
        self.findings.whole(pointer, message, remedy).label(label);
    }

    /// Everything that is wrong, if anything is.
    pub fn end(self) -> Result<(), Problems> {
        let mut problems = self.problems;
        problems.extend(self.findings.into_problems(&self.source));
        Problems::of(problems).map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Deserialize;

    use super::Format;

    /// A box.
    #[derive(Debug, PartialEq, Eq, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[schemars(title = "a box")]
    struct Crate {
        /// how many there are
        #[schemars(range(min = 1))]
        apples: u32,
        /// whose it is
        owner: Option<String>,
    }

    #[test]
    fn a_document_is_typed_or_its_mistakes_are_drawn() {
        let format = Format::of::<Crate>("a box");
        let mut sound = format.read("box.yaml", "apples: 3\n");
        assert_eq!(sound.typed(), Some(Crate { apples: 3, owner: None }));
        sound.wrong("/apples", "too many", "take one out", "three");
        let told = [
            sound.end().unwrap_err().to_string(),
            format.read("box.yaml", "apples: 0\nonwer: me\n").end().unwrap_err().to_string(),
            format.read("box.yaml", "apples: [\n").end().unwrap_err().to_string(),
        ];
        insta::assert_snapshot!(told.join("\n"));
    }
}
