//! Names of topics.

use super::Error;

/// <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>
const CHARACTERS_MAX: usize = 256;
const FIFO: &str = ".fifo";

/// Checks a name: letters, digits, `_` and `-`, and the ending `.fifo` for FIFO topics alone. Recorded on AWS.
///
/// # Errors
///
/// When the name has another form.
pub(super) fn check(name: &str, fifo: bool) -> Result<(), Error> {
    let stem = name.strip_suffix(FIFO);
    let plain = stem.unwrap_or(name);
    let is_plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    let good =
        !plain.is_empty() && name.len() <= CHARACTERS_MAX && plain.chars().all(is_plain) && stem.is_some() == fifo;
    if good { Ok(()) } else { Err(Error::Parameter { parameter: "Topic Name" }) }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn names_are_plain_and_tell_fifo_by_their_end() {
        let is_good = |name: &str, fifo| check(name, fifo).is_ok();
        assert!(is_good("a-B_9", false) && is_good(&"a".repeat(256), false) && is_good("a.fifo", true));
        for (name, fifo) in [("", false), (".fifo", true), ("a.fifo", false), ("a", true), ("a.b", false), ("ä", false)]
        {
            assert!(!is_good(name, fifo), "{name} {fifo}");
        }
        assert!(!is_good(&"a".repeat(257), false));
    }
}
