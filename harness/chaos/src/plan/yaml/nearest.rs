//! Did-you-mean for closed lists.

/// How alike two words must be (0 to 1) before one is offered for the other.
const LIKENESS_MIN: f32 = 0.6;

/// A remedy for a word that is in no list: the likeliest word, else all of them.
pub(crate) fn nearest(word: &str, known: &[&str]) -> String {
    let same = known.iter().find(|known| known.eq_ignore_ascii_case(word)).copied();
    match same.or_else(|| similar::get_close_matches(word, known, 1, LIKENESS_MIN).pop()) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if known.is_empty() => "leave it out: nothing can be given here".to_owned(),
        None => format!("use one of {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn offers_the_likeliest_word_or_all() {
        let known = ["lost-reply", "error", "late-effect"];
        assert_eq!(nearest("lost-repl", &known), "did you mean `lost-reply`?");
        assert_eq!(nearest("Error", &known), "did you mean `error`?");
        assert_eq!(nearest("zebra", &known), "use one of lost-reply, error, late-effect");
    }
}
