//! In builds without the feature `containers`: no container can be started.

use std::path::Path;

use super::ready::Watched;
use super::words::Words;
use super::{Container, TargetProblem};
use crate::exec::Cancel;

/// A container that serves a target; here there is none.
#[derive(Debug)]
pub(super) enum Contained {}

impl Contained {
    /// Fails.
    pub(super) fn start(
        declared: &Container,
        _words: &Words,
        _ports: &[(u16, u16)],
        _folder: Option<&Path>,
        _cancel: &Cancel,
    ) -> Result<Self, TargetProblem> {
        let text = format!(
            "cannot start `{}`: this `redeliver` was built without the feature `containers`; build it with default features",
            declared.image
        );
        Err(TargetProblem::Unreachable(text))
    }

    pub(super) fn block_on<T: Send>(&self, _work: impl Future<Output = T> + Send) -> T {
        match *self {}
    }

    pub(super) fn has_ended(&self) -> Option<String> {
        match *self {}
    }
}

impl Watched for Contained {
    fn name(&self) -> &str {
        match *self {}
    }

    async fn ended(&self) -> Option<String> {
        match *self {}
    }

    async fn log(&self) -> String {
        match *self {}
    }
}
