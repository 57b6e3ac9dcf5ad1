//! Signatures of what SNS delivers, which receivers verify with the certificate that the envelope names.
//!
//! - `canonical`: the texts that are signed
//! - `sign`: signing them
//! - `key`: the key and its certificate

mod canonical;
mod key;
mod sign;

pub(crate) use canonical::{of_confirmation, of_notice};
pub use key::{CERTIFICATE, CERTIFICATE_PATH};
pub(crate) use sign::{Signed, Version, sign};
