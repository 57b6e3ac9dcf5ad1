//! From `--chaos` to faults.

use std::io;
use std::path::Path;

use redeliver::server::{Faults, FaultsProblem, Place};

/// Why there are no such faults.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChaosProblem {
    /// The file cannot be read.
    #[error("cannot read `{path}`: {source}{}", remedy(.path, .source))]
    Read { path: String, source: io::Error },
    /// What is in it cannot happen.
    #[error(transparent)]
    Faults(#[from] FaultsProblem),
}

/// The faults of a preset, of a plan in a file, or of a schedule in a JSON file. `fallback` is the seed where neither the caller nor the
/// plan names one.
pub(super) fn faults(wish: &str, seed: Option<u64>, fallback: u64, place: Place) -> Result<Faults, ChaosProblem> {
    let path = Path::new(wish);
    if !path.exists() && is_word(wish) {
        return Ok(Faults::draw(wish, wish, seed, fallback, place)?);
    }
    let text = std::fs::read_to_string(path).map_err(|source| ChaosProblem::Read { path: wish.to_owned(), source })?;
    let is_schedule = path.extension().is_some_and(|extension| extension == "json");
    Ok(if is_schedule { Faults::replay(&text, place)? } else { Faults::draw(wish, &text, seed, fallback, place)? })
}

/// Whether this is how presets are called.
fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn remedy(path: &str, source: &io::Error) -> String {
    if source.kind() != io::ErrorKind::NotFound {
        return String::new();
    }
    format!(": give the path of a plan, or the name of a preset such as `at_least_once` (`{path}` is neither)")
}
