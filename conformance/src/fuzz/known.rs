//! What a program has made so far.

use std::collections::BTreeMap;

/// What a program has made so far: names of variables by what they are.
#[derive(Debug, Default)]
pub(super) struct Known {
    things: BTreeMap<&'static str, Vec<String>>,
    /// Whether the queue or topic that the program is about keeps an order.
    pub(super) is_fifo: bool,
}

impl Known {
    /// A new variable for a thing of this class.
    pub(super) fn add(&mut self, class: &'static str) -> String {
        let things = self.things.entry(class).or_default();
        let name = format!("{class}{}", things.len() + 1);
        things.push(name.clone());
        name
    }

    /// References to all things of this class.
    pub(super) fn all(&self, class: &str) -> Vec<String> {
        self.things.get(class).into_iter().flatten().map(|name| format!("${{{name}}}")).collect()
    }
}
