//! Faults under the unmodified SDK, on the reference in virtual time.

mod faults;
mod given;
