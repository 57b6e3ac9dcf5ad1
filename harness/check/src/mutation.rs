//! Checkers with a fault on purpose, so that tests prove that a fault would be noticed.

/// Whether this mutation of a checker is switched on; never outside this crate's tests.
#[cfg(not(test))]
pub(crate) const fn mutated(_name: &str) -> bool {
    false
}

#[cfg(test)]
pub(crate) use switch::{asked, mutated, with_mutation};

#[cfg(test)]
mod switch {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeSet;

    thread_local! {
        static ACTIVE: Cell<Option<&'static str>> = const { Cell::new(None) };
        static ASKED: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
    }

    pub(crate) fn mutated(name: &'static str) -> bool {
        ASKED.with_borrow_mut(|asked| asked.insert(name));
        ACTIVE.get() == Some(name)
    }

    /// Does the work with one mutation switched on.
    pub(crate) fn with_mutation<T>(name: &'static str, work: impl FnOnce() -> T) -> T {
        ACTIVE.set(Some(name));
        let result = work();
        ACTIVE.set(None);
        result
    }

    /// All mutations that checkers on this thread have asked for.
    pub(crate) fn asked() -> BTreeSet<&'static str> {
        ASKED.with_borrow(Clone::clone)
    }
}
