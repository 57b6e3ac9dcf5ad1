//! Texts one behind the other, so that none is allocated and freed on its own.

use std::collections::VecDeque;

/// Bytes of a piece of memory, unless a text needs more.
const PIECE: usize = 256 * 1024;

/// Texts in the order in which they came; the oldest go first.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Each is filled before the next is begun.
    pieces: VecDeque<Vec<u8>>,
    /// The number of the first piece: they are counted from the beginning.
    first: u64,
    /// Empty; the memory of a piece that is not needed any more.
    spare: Vec<u8>,
}

/// Where a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    piece: u64,
    start: usize,
    len: usize,
}

impl Span {
    /// Bytes of the text.
    pub(super) fn len(self) -> usize {
        self.len
    }
}

impl Texts {
    /// Keeps a text.
    pub(super) fn keep(&mut self, text: &[u8]) -> Span {
        if self.pieces.back().is_none_or(|piece| piece.capacity() - piece.len() < text.len()) {
            let mut piece = std::mem::take(&mut self.spare);
            piece.reserve(PIECE.max(text.len()));
            self.pieces.push_back(piece);
        }
        let number = self.first + self.pieces.len() as u64 - 1;
        let piece = self.pieces.back_mut().expect("it was just made where there was none");
        let start = piece.len();
        piece.extend_from_slice(text);
        Span { piece: number, start, len: text.len() }
    }

    /// A text that is kept; empty when it was forgotten.
    pub(super) fn get(&self, span: Span) -> &[u8] {
        let index = span.piece.checked_sub(self.first).and_then(|index| usize::try_from(index).ok());
        let piece = index.and_then(|index| self.pieces.get(index));
        piece.and_then(|piece| piece.get(span.start..span.start + span.len)).unwrap_or_default()
    }

    /// Forgets what is in older pieces than this text.
    pub(super) fn forget_before(&mut self, span: Span) {
        while self.first < span.piece
            && let Some(mut piece) = self.pieces.pop_front()
        {
            self.first += 1;
            // A piece for one long text is not worth keeping.
            if piece.capacity() <= PIECE {
                piece.clear();
                self.spare = piece;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PIECE, Texts};

    #[test]
    fn texts_are_there_until_their_piece_is_forgotten() {
        let mut texts = Texts::default();
        let long = "x".repeat(PIECE - 1);
        let spans = [b"a".as_slice(), long.as_bytes(), b"b", b""].map(|text| texts.keep(text));
        let kept = |texts: &Texts| spans.map(|span| texts.get(span).len());
        assert_eq!(kept(&texts), [1, PIECE - 1, 1, 0]);
        texts.forget_before(spans[1]);
        assert_eq!(kept(&texts), [1, PIECE - 1, 1, 0], "they are in one piece");
        texts.forget_before(spans[2]);
        assert_eq!(kept(&texts), [0, 0, 1, 0]);
        let longer = "y".repeat(3 * PIECE);
        let span = texts.keep(longer.as_bytes());
        assert_eq!((texts.get(span), texts.get(spans[2])), (longer.as_bytes(), b"b".as_slice()));
    }
}
