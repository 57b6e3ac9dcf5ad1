//! Loads a plan from text.

use super::read::Reader;
use super::yaml::{Problems, Text, parse};
use super::{Known, Place, Plan};

impl Plan {
    /// Reads a plan. `path` is how the file is called in messages; with a place, rules that cannot act there are refused.
    ///
    /// Everything that is wrong is told at once, each with its place in the text and what to do about it.
    pub fn load(path: &str, text: &str, known: &[Known], place: Option<Place>) -> Result<Self, Problems> {
        let text = Text::new(path, text);
        let mut problems = Vec::new();
        let Some(root) = parse(&text, &mut problems) else { return Err(Problems::all(problems)) };
        let mut reader = Reader { text: &text, known, place, problems };
        let plan = reader.document(&root);
        if reader.problems.is_empty() { Ok(plan) } else { Err(Problems::all(reader.problems)) }
    }
}
