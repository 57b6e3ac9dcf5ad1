//! Faults under the unmodified SDK, on the reference in virtual time.

#![expect(clippy::unwrap_used, reason = "all of this is a test")]

mod faults;
mod given;
mod streams;
mod topics;
