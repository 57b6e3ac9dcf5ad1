//! Signatures of version 4: whose are taken, and whether they are right.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
//!
//! - `keys`: [`Auth`], [`Keys`]: whose signatures are taken
//! - `claim`: what a request says of its signature, in its headers or in its URL
//! - `canonical`: the request as it was signed
//! - `date`: the dates of signatures
//! - `verify`: [`admit`], whether the signature is right
//! - `denial`: why it is not

mod canonical;
mod claim;
mod date;
mod denial;
mod keys;
mod verify;

pub use keys::{Auth, Keys};
pub(super) use verify::admit;
