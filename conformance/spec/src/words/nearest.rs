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

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn offers_the_likeliest_word_or_none() {
        let known = ["ReceiveMessage", "SendMessage", "SendMessageBatch"];
        assert_eq!(nearest("SendMesage", known), Some("SendMessage"));
        assert_eq!(nearest("sendmessagebatch", known), Some("SendMessageBatch"));
        assert_eq!(nearest("PutRecord", known), None);
    }
}
