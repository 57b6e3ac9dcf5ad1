//! Effects that a consumer appends to a file, read while it runs.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

use redeliver_check::{What, probe};

/// A file with effects as JSON lines, and how far it was read.
#[derive(Debug)]
pub struct Appended {
    path: PathBuf,
    /// Bytes that were read.
    read: u64,
    /// Lines that were read.
    lines: usize,
}

impl Appended {
    /// An empty file of this name.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn new(path: PathBuf) -> Result<Self, String> {
        File::create(&path).map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?;
        Ok(Self { path, read: 0, lines: 0 })
    }

    /// Effects whose lines have come to their end since the last time. A line without its end is left for later; it stays there when the
    /// consumer was killed while it wrote.
    ///
    /// # Errors
    ///
    /// Names the line that is no effect.
    pub fn since(&mut self) -> Result<Vec<What>, String> {
        let text = self.unread().map_err(|error| format!("`{}` cannot be read: {error}", self.path.display()))?;
        let Some(end) = text.iter().rposition(|byte| *byte == b'\n') else { return Ok(Vec::new()) };
        self.read += end as u64 + 1;
        let mut effects = Vec::new();
        for line in text[..end].split(|byte| *byte == b'\n') {
            self.lines += 1;
            if !line.trim_ascii().is_empty() {
                let told = probe::read(line).map_err(|problem| {
                    let (number, line) = (self.lines, String::from_utf8_lossy(line));
                    format!("line {number} of the effects, `{line}`: {problem}")
                })?;
                effects.extend(told);
            }
        }
        Ok(effects)
    }

    fn unread(&self) -> std::io::Result<Vec<u8>> {
        let mut file = File::open(&self.path)?;
        let mut text = Vec::new();
        // Asked for first: nearly always there is nothing new.
        if file.metadata()?.len() > self.read {
            file.seek(SeekFrom::Start(self.read))?;
            file.read_to_end(&mut text)?;
        }
        Ok(text)
    }
}

/// Effects as the text that the HTTP probe takes.
pub fn told(effects: &[What]) -> String {
    let lines = effects.iter().filter_map(|what| {
        let What::Effect { key, value, message } = what else { return None };
        Some(serde_json::json!({ "key": key, "value": value, "message": message }).to_string() + "\n")
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use redeliver_check::{What, probe};
    use serde_json::json;

    use super::{Appended, told};

    fn effect(key: &str, value: serde_json::Value, message: Option<&str>) -> What {
        What::Effect { key: key.into(), value, message: message.map(str::to_owned) }
    }

    #[test]
    fn lines_are_effects_as_soon_as_they_are_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("effects.jsonl");
        let mut appended = Appended::new(path.clone()).unwrap();
        let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
        assert_eq!(appended.since().unwrap(), []);
        file.write_all(b"{\"key\":7,\"value\":5}\n\n{\"key\":\"a\",").unwrap();
        assert_eq!(appended.since().unwrap(), [effect("7", json!(5), None)]);
        assert_eq!(appended.since().unwrap(), []);
        file.write_all(b"\"message\":\"m\"}\n{\"key\":\"cut").unwrap();
        assert_eq!(appended.since().unwrap(), [effect("a", json!(null), Some("m"))]);
        file.write_all(b"\"}\nhello\n").unwrap();
        let problem = appended.since().unwrap_err();
        assert!(problem.starts_with("line 5 of the effects, `hello`: effect 1 is none: "), "{problem}");
    }

    #[test]
    fn effects_are_told_as_the_probe_reads_them() {
        let effects = [effect("7", json!(5), None), effect("a", json!(null), Some("m"))];
        assert_eq!(probe::read(told(&effects).as_bytes()).unwrap(), effects);
    }
}
