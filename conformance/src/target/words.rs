//! The words in the texts of a manifest that stand for what is known only when a target is started.

use std::collections::BTreeMap;
use std::fmt::Display;

/// Values of words such as `${port}`.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(BTreeMap<String, String>);

impl Words {
    /// Says what a word stands for.
    pub(super) fn put(&mut self, word: impl Into<String>, value: &(impl Display + ?Sized)) {
        self.0.insert(word.into(), value.to_string());
    }

    /// The text with all words replaced that are known.
    pub(super) fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (word, value)| text.replace(&format!("${{{word}}}"), value))
    }
}

/// The words that stand in a text.
pub(super) fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| rest.split_once('}').map(|(word, _)| word))
}

/// The names of the further ports that these texts use: `sns` of `${port:sns}`.
pub(super) fn port_names<'a>(texts: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    texts.into_iter().flat_map(words_in).filter_map(|word| word.strip_prefix("port:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_filled() {
        let text = "--port=${port} --sns=${port:sns} $HOME ${unknown} ${broken";
        assert_eq!(words_in(text).collect::<Vec<_>>(), ["port", "port:sns", "unknown"]);
        assert_eq!(port_names([text, "${port:sqs}"]).collect::<Vec<_>>(), ["sns", "sqs"]);
        let mut words = Words::default();
        words.put("port", &4566);
        words.put("port:sns", &9292);
        assert_eq!(words.fill(text), "--port=4566 --sns=9292 $HOME ${unknown} ${broken");
    }
}
