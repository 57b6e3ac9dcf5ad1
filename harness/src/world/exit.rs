//! How a worker may end.

use std::convert::Infallible;
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

impl Exit for Infallible {
    fn mistake(self) -> Option<String> {
        match self {}
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
