//! Why bytes are no frame, or a message fits into none.

/// Why bytes are no frame, or a message fits into none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The checksum of the lengths is wrong.
    #[error("checksum of the prelude is `{found:08x}` where its bytes give `{expected:08x}`: the stream is damaged")]
    PreludeChecksum {
        /// What the bytes give.
        expected: u32,
        /// What the frame says.
        found: u32,
    },
    /// The checksum of the whole message is wrong.
    #[error("checksum of the message is `{found:08x}` where its bytes give `{expected:08x}`: the stream is damaged")]
    MessageChecksum {
        /// What the bytes give.
        expected: u32,
        /// What the frame says.
        found: u32,
    },
    /// The lengths contradict each other.
    #[error(
        "a message of `{total}` bytes can not have `{headers}` bytes of headers: 16 bytes are taken by lengths and checksums"
    )]
    Lengths {
        /// Length of the message.
        total: u32,
        /// Length of its headers.
        headers: u32,
    },
    /// A part is longer than the wire format allows.
    #[error("{part} of `{length}` bytes is too long: at most {length_max} bytes are allowed")]
    TooLong {
        /// Which part.
        part: &'static str,
        /// Its length in bytes.
        length: usize,
        /// The largest length in bytes.
        length_max: usize,
    },
    /// The headers do not have the form of headers.
    #[error("the headers are malformed: {reason}")]
    Headers {
        /// What is wrong with them.
        reason: &'static str,
    },
    /// The stream ended within a message.
    #[error("the stream ended `{left}` bytes into a message: it was cut off")]
    CutOff {
        /// Bytes of the message that did arrive.
        left: usize,
    },
}
