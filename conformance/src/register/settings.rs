//! Seed and profile of registered cases, from the environment: the command line is libtest's.

use clap::ValueEnum;

use crate::target::{Options, Profile};

/// Reads `REDELIVER_SEED` and `REDELIVER_PROFILE`; the text of the error says what is wrong with them.
pub(super) fn options() -> Result<Options, String> {
    options_from(|variable| std::env::var(variable).ok())
}

fn options_from(value: impl Fn(&str) -> Option<String>) -> Result<Options, String> {
    let set = |variable: &str| value(variable).filter(|value| !value.is_empty());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn options_with(seed: &str, profile: &str) -> Result<Options, String> {
        options_from(|variable| match variable {
            "REDELIVER_SEED" => Some(seed.to_owned()),
            "REDELIVER_PROFILE" => Some(profile.to_owned()),
            _ => None,
        })
    }

    #[test]
    fn seed_and_profile_come_from_the_environment() {
        assert_eq!(options_with("", ""), Ok(Options::default()));
        let lifelike = Options { seed: 7, profile: Profile::Lifelike, ..Options::default() };
        assert_eq!(options_with("7", "lifelike"), Ok(lifelike));
    }

    #[test]
    fn wrong_settings_are_named() {
        let seed = "`REDELIVER_SEED` is `x`, which is no whole number".to_owned();
        assert_eq!(options_with("x", ""), Err(seed));
        assert_eq!(options_with("", "wild"), Err("`REDELIVER_PROFILE` is wrong: invalid variant: wild".to_owned()));
    }
}
