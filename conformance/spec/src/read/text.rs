//! YAML text to a value and the places of its keys.

use std::sync::Arc;

use serde_json::Value;

use crate::problem::Problem;
use crate::{Place, Places, Source};

/// Reads a text. Problems are returned beside the value; without a value the text is no YAML.
pub(crate) fn read_text(path: &str, text: &Arc<str>) -> (Arc<Source>, Option<Value>, Vec<Problem>) {
    let source = |places| Arc::new(Source { path: path.to_owned(), text: Arc::clone(text), places });
    let places = match Places::of(text) {
        Ok(places) => places,
        Err(scan) => {
            let source = source(Places::default());
            let problem =
                Problem::new(Arc::clone(&source), scan.place, format!("cannot be read as YAML: {}", scan.message))
                    .label("reading ends here")
                    .remedy("look at indentation, quotes and brackets up to here");
            return (source, None, vec![problem]);
        }
    };
    let source = source(places);
    let mut problems = duplicates(&source);
    match serde_yaml::from_str::<Value>(text) {
        Ok(value) => (source, Some(value), problems),
        Err(error) => {
            let place = error.location().map_or(Place { line: 1, column: 1, offset: 0, length: 0 }, |at| Place {
                line: at.line(),
                column: at.column(),
                offset: at.index().min(text.len()),
                length: 0,
            });
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or_default();
            let problem = Problem::new(Arc::clone(&source), place, format!("this value is not supported: {what}"))
                .label("here")
                .remedy("use plain maps with text as keys, lists, texts, numbers up to 64 bits and booleans, in one document");
            problems.push(problem);
            (source, None, problems)
        }
    }
}

fn duplicates(source: &Arc<Source>) -> Vec<Problem> {
    let problem = |duplicate: &crate::place::Duplicate| {
        let mut problem =
            Problem::new(Arc::clone(source), duplicate.again, format!("key `{}` stands here twice", duplicate.key))
                .label("again")
                .remedy("keep one of the two: the other would be dropped silently");
        problem.also = Some((duplicate.first, "first".to_owned()));
        problem
    };
    source.places.duplicates().iter().map(problem).collect()
}
