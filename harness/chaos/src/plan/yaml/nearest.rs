//! Did-you-mean for closed lists.

/// How alike two words must be (0 to 1) before one is offered for the other.
const LIKENESS_MIN: f32 = 0.6;

/// The known word that looks most like `word`, if any looks like it.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<_> = known.into_iter().collect();
    if let Some(same) = known.iter().find(|known| known.eq_ignore_ascii_case(word)) {
        return Some(same);
    }
    similar::get_close_matches(word, &known, 1, LIKENESS_MIN).pop()
}

/// A remedy for a word that is in no list: the likeliest word, else all of them.
pub(crate) fn instead(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if known.is_empty() => "leave it out: nothing can be given here".to_owned(),
        None => format!("use one of {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{instead, nearest};

    #[test]
    fn offers_the_likeliest_word_or_none() {
        let known = ["ReceiveMessage", "SendMessage", "SendMessageBatch"];
        assert_eq!(nearest("SendMesage", known), Some("SendMessage"));
        assert_eq!(nearest("sendmessagebatch", known), Some("SendMessageBatch"));
        assert_eq!(nearest("PutRecord", known), None);
    }

    #[test]
    fn a_remedy_is_the_likeliest_word_or_all() {
        let known = ["lost-reply", "error", "late-effect"];
        assert_eq!(instead("lost-repl", &known), "did you mean `lost-reply`?");
        assert_eq!(instead("Error", &known), "did you mean `error`?");
        assert_eq!(instead("zebra", &known), "use one of lost-reply, error, late-effect");
        assert_eq!(instead("zebra", &[]), "leave it out: nothing can be given here");
    }
}
