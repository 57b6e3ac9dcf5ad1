//! What SNS delivers, byte for byte.
//!
//! - `notice`: [`Notice`], what is delivered of a published message, and the [`Template`] that it becomes for each subscription
//! - `confirmation`: messages that ask an endpoint to confirm a subscription, or tell it that one ended
//! - `headers`: headers of deliveries over HTTP
//! - `urls`: the addresses that envelopes tell
//! - `document`: JSON as SNS writes it
//! - `time`: times as SNS writes and reads them

mod confirmation;
mod document;
mod headers;
mod notice;
mod time;
mod urls;

pub(crate) use confirmation::{Asking, Confirmation};
pub(crate) use headers::{Kind, PLAIN_TEXT, headers};
pub(crate) use notice::{Notice, Template};
pub(crate) use time::{parse_time, time_text};
pub(crate) use urls::Urls;
