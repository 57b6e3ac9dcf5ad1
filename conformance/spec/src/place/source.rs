//! A text together with the places of its keys.

use std::sync::Arc;

use super::{Place, Places};

/// A YAML file with the places of its keys and values.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path as it is shown to people.
    pub path: String,
    /// The text.
    pub text: Arc<str>,
    /// Its index; empty when the text is no YAML.
    pub places: Places,
}

impl Source {
    /// What to show for the value at this JSON pointer: its key with its value where both are on one line, else its key; an
    /// element of a list from its start to the end of the line. When nothing is there, the nearest thing around it.
    pub fn place(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer, Places::whole)
    }

    /// The key at this JSON pointer, or the element of a list.
    pub fn key(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer, Places::key)
    }

    /// The value at this JSON pointer, clipped to its first line.
    pub fn value(&self, pointer: &str) -> Option<Place> {
        self.nearest(pointer, Places::value)
    }

    fn nearest(&self, pointer: &str, look: impl Fn(&Places, &str) -> Option<Place>) -> Option<Place> {
        let mut pointer = pointer;
        loop {
            if let Some(place) = look(&self.places, pointer) {
                return Some(place);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }
}
