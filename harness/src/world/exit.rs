//! How a worker may end.

use std::fmt::Debug;

/// What a worker's future, or the body of a test, comes to.
pub trait Exit {
    /// Why it ended, when that was a mistake.
    fn mistake(self) -> Option<String>;
}

impl Exit for () {
    fn mistake(self) -> Option<String> {
        None
    }
}

impl<T: Exit, E: Debug> Exit for Result<T, E> {
    fn mistake(self) -> Option<String> {
        match self {
            Ok(exit) => exit.mistake(),
            Err(error) => Some(format!("{error:?}")),
        }
    }
}

/// Names what a function gives: the only way to name the type of a block that never ends.
#[doc(hidden)]
pub trait Gives {
    /// What it gives.
    type Given;
}

impl<T> Gives for fn() -> T {
    type Given = T;
}

impl Exit for <fn() -> ! as Gives>::Given {
    fn mistake(self) -> Option<String> {
        self
    }
}
