//! Seed and profile of registered cases, from the environment: the command line is libtest's.

use clap::ValueEnum;

use crate::target::{Options, Profile};

/// Reads `REDELIVER_SEED` and `REDELIVER_PROFILE`; the text of the error says what is wrong with them.
pub(super) fn options() -> Result<Options, String> {
    let set = |variable: &str| std::env::var(variable).ok().filter(|value| !value.is_empty());
    let seed = match set("REDELIVER_SEED") {
        None => 0,
        Some(text) => text.parse().map_err(|_| format!("`REDELIVER_SEED` is `{text}`, which is no whole number"))?,
    };
    let profile = match set("REDELIVER_PROFILE") {
        None => Profile::default(),
        Some(text) => {
            Profile::from_str(&text, true).map_err(|problem| format!("`REDELIVER_PROFILE` is wrong: {problem}"))?
        }
    };
    Ok(Options { seed, profile, ..Options::default() })
}
