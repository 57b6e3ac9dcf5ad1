//! What this process started and must end when it stops at once, past every drop.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How something is ended.
type End = Box<dyn FnOnce() + Send>;

// Of the process, as its end is: the second Ctrl-C knows no target.
static LEFT: Mutex<BTreeMap<u64, End>> = Mutex::new(BTreeMap::new());

/// What was started is noted as long as this lives.
#[derive(Debug)]
pub(crate) struct Noted(u64);

/// Notes how something is ended, until the note is dropped.
pub(crate) fn note(end: impl FnOnce() + Send + 'static) -> Noted {
    let mut left = left();
    let number = left.last_key_value().map_or(0, |(number, _)| number + 1);
    left.insert(number, Box::new(end));
    Noted(number)
}

impl Drop for Noted {
    fn drop(&mut self) {
        left().remove(&self.0);
    }
}

/// Ends everything that was started and is still there.
pub fn end_all() {
    let all = std::mem::take(&mut *left());
    for end in all.into_values() {
        end();
    }
}

fn left() -> MutexGuard<'static, BTreeMap<u64, End>> {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}
