//! What registered cases run against.

use crate::target::{Manifest, TargetProblem, find};

/// A target for registered cases.
#[derive(Debug)]
pub struct Choice(pub(super) Chosen);

#[derive(Debug)]
pub(super) enum Chosen {
    /// There is a target.
    Target(Box<Manifest>),
    /// There is none by intention: cases are ignored, for this reason.
    Unset(String),
    /// There is none by mistake.
    Problem(TargetProblem),
}

/// The reference of this project, in process and in virtual time.
pub fn reference() -> Choice {
    named("reference")
}

/// A target by name, path of a manifest, or URL.
pub fn named(name: &str) -> Choice {
    Choice(match find(name) {
        Ok(manifest) => Chosen::Target(Box::new(manifest)),
        Err(problem) => Chosen::Problem(problem),
    })
}

/// The target that this environment variable names: a URL, a name or a path. While it is unset or empty, all cases are ignored.
pub fn endpoint_from_env(variable: &str) -> Choice {
    match std::env::var(variable).unwrap_or_default().trim() {
        "" => Choice(Chosen::Unset(format!("`{variable}` names no target, set it to a URL to run these cases"))),
        value => named(value),
    }
}
