//! Answers that are streams of events, and how faults end them: by the lengths of frames, whatever is in them.
//! <https://smithy.io/2.0/aws/amazon-eventstream.html>

use bytes::{Bytes, BytesMut};

/// How a stream of events ends before its time. Among the extensions of the response, for whoever passes its body on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// After so many frames, of which the first is none of an event.
    pub frames: u64,
    /// Whether it breaks off in the middle of the next frame. Otherwise it ends as streams do when their time is over.
    pub is_torn: bool,
}

/// Passes the bytes of a stream on, up to where it is cut.
#[derive(Debug)]
pub struct Cutter {
    cut: Cut,
    /// The beginning of a frame, as long as its length is not known.
    head: BytesMut,
    /// What is left of a frame.
    rest: usize,
    is_over: bool,
}

/// What is passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passed {
    /// These bytes, which may be none, and more.
    On(Bytes),
    /// These bytes, and then the stream ends.
    Ended(Bytes),
    /// These bytes, and then the connection breaks.
    Torn(Bytes),
}

/// Bytes that say how long a frame is.
const LENGTH: usize = 4;

impl Cutter {
    /// Nothing has passed yet.
    pub fn new(cut: Cut) -> Self {
        Self { cut, head: BytesMut::new(), rest: 0, is_over: false }
    }

    /// What becomes of the next bytes.
    pub fn pass(&mut self, mut bytes: Bytes) -> Passed {
        let mut passed = BytesMut::new();
        while !bytes.is_empty() && !self.is_over {
            if self.rest == 0 {
                if self.cut.frames == 0 && !self.cut.is_torn {
                    self.is_over = true;
                    break;
                }
                let missing = (LENGTH - self.head.len()).min(bytes.len());
                self.head.extend_from_slice(&bytes.split_to(missing));
                let Ok(length) = <[u8; LENGTH]>::try_from(self.head.as_ref()) else { break };
                passed.extend_from_slice(&self.head.split());
                let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
                self.rest = length.saturating_sub(LENGTH).max(1);
                if self.cut.frames == 0 {
                    self.rest = (self.rest / 2).max(1);
                }
            }
            let some = bytes.split_to(self.rest.min(bytes.len()));
            self.rest -= some.len();
            passed.extend_from_slice(&some);
            if self.rest == 0 {
                self.is_over = self.cut.frames == 0;
                self.cut.frames = self.cut.frames.saturating_sub(1);
            }
        }
        match (self.is_over || self.is_at_its_end(), self.cut.is_torn) {
            (false, _) => Passed::On(passed.freeze()),
            (true, false) => Passed::Ended(passed.freeze()),
            (true, true) => Passed::Torn(passed.freeze()),
        }
    }

    /// Whether the last frame that passes has passed.
    fn is_at_its_end(&self) -> bool {
        self.cut.frames == 0 && self.rest == 0 && self.head.is_empty() && !self.cut.is_torn
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{Cut, Cutter, Passed};

    /// Three frames of 16 bytes, whose bytes are their numbers.
    fn stream() -> Bytes {
        (1..=3).flat_map(|number| [vec![0, 0, 0, 16], vec![number; 12]].concat()).collect()
    }

    /// What passes of a stream that comes in pieces of this length, and how it ends.
    fn passed(cut: Cut, piece: usize) -> (Vec<u8>, Option<bool>) {
        let mut cutter = Cutter::new(cut);
        let mut all = Vec::new();
        for bytes in stream().chunks(piece) {
            let (bytes, end) = match cutter.pass(Bytes::copy_from_slice(bytes)) {
                Passed::On(bytes) => (bytes, None),
                Passed::Ended(bytes) => (bytes, Some(false)),
                Passed::Torn(bytes) => (bytes, Some(true)),
            };
            all.extend(bytes);
            if end.is_some() {
                return (all, end);
            }
        }
        (all, None)
    }

    #[test]
    fn streams_end_between_frames_or_within_one_however_they_come() {
        for piece in [1, 3, 16, 17, 48] {
            for (frames, is_torn, length) in
                [(1, false, 16), (2, false, 32), (1, true, 26), (0, true, 10), (2, true, 42)]
            {
                let expected = (stream()[..length].to_vec(), Some(is_torn));
                assert_eq!(passed(Cut { frames, is_torn }, piece), expected, "{frames} {is_torn} {piece}");
            }
            assert_eq!(passed(Cut { frames: 4, is_torn: true }, piece), (stream().to_vec(), None));
        }
    }
}
