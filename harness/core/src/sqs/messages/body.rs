//! The text of a message: its own, or one that many queues got.

use std::borrow::Cow;
use std::sync::Arc;

/// The text of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// Its own.
    Own(Box<str>),
    /// One that many queues got, each with a word of its own in it.
    Filled(Box<Filled>),
}

/// A text with holes, and what is in all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    pieces: Arc<[Box<str>]>,
    word: Arc<str>,
}

impl Body {
    /// These pieces with this word between them. Nothing is copied until somebody reads it.
    pub(crate) fn filled(pieces: Arc<[Box<str>]>, word: Arc<str>) -> Self {
        Self::Filled(Box::new(Filled { pieces, word }))
    }

    /// The whole text.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Own(text) => Cow::Borrowed(text),
            Self::Filled(filled) => Cow::Owned(filled.pieces.join(&*filled.word)),
        }
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Own(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Body;

    #[test]
    fn body_takes_no_more_than_a_text() {
        assert_eq!(size_of::<Body>(), size_of::<Box<str>>());
    }

    #[test]
    fn word_stands_in_every_hole() {
        let pieces = ["a ", " b ", ""].map(Box::from);
        assert_eq!(Body::filled(pieces.into(), "word".into()).text(), "a word b word");
        assert_eq!(Body::from("own".to_owned()).text(), "own");
    }
}
