//! What a check finds in one file.

use std::sync::Arc;

use super::Problem;
use crate::{Place, Source};

/// Which part of a node a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    /// Its key.
    Key,
    /// Its value.
    Value,
    /// Both.
    Whole,
}

/// Something wrong at a JSON pointer.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) pointer: String,
    pub(crate) spot: Spot,
    pub(crate) label: String,
    pub(crate) also: Option<(String, String)>,
    pub(crate) message: String,
    pub(crate) remedy: String,
}

impl Finding {
    fn new(spot: Spot, pointer: &str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            spot,
            label: String::new(),
            also: None,
            message: message.into(),
            remedy: remedy.into(),
        }
    }

    /// Writes this at the place.
    pub(crate) fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// Marks the key at another pointer as well.
    pub(crate) fn also(&mut self, pointer: &str, label: impl Into<String>) -> &mut Self {
        self.also = Some((pointer.to_owned(), label.into()));
        self
    }
}

/// What was found in one file.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Something wrong with a key.
    pub(crate) fn key(&mut self, pointer: &str, message: impl Into<String>, remedy: impl Into<String>) -> &mut Finding {
        self.push(Finding::new(Spot::Key, pointer, message, remedy))
    }

    /// Something wrong with a value.
    pub(crate) fn value(
        &mut self,
        pointer: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> &mut Finding {
        self.push(Finding::new(Spot::Value, pointer, message, remedy))
    }

    /// Something wrong with a key and its value.
    pub(crate) fn whole(
        &mut self,
        pointer: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> &mut Finding {
        self.push(Finding::new(Spot::Whole, pointer, message, remedy))
    }

    fn push(&mut self, finding: Finding) -> &mut Finding {
        self.0.push(finding);
        self.0.last_mut().expect("one was pushed just now")
    }

    /// The pointers at which something was found.
    pub(crate) fn pointers(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|finding| finding.pointer.as_str())
    }

    /// Looks up the places.
    pub(crate) fn into_problems(self, file: &Arc<Source>) -> Vec<Problem> {
        // A text in which nothing has a place is empty.
        let start = Place { line: 1, column: 1, offset: 0, length: 0 };
        let place = |spot: Spot, pointer: &str| {
            let found = match spot {
                Spot::Key => file.key(pointer),
                Spot::Value => file.value(pointer),
                Spot::Whole => file.place(pointer),
            };
            found.unwrap_or(start)
        };
        self.0
            .into_iter()
            .map(|finding| Problem {
                file: Arc::clone(file),
                place: place(finding.spot, &finding.pointer),
                label: finding.label,
                also: finding.also.map(|(pointer, label)| (place(Spot::Key, &pointer), label)),
                message: finding.message,
                remedy: Some(finding.remedy),
            })
            .collect()
    }
}
