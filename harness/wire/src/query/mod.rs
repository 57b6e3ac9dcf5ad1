//! AWS query: parameters of a URL or form in, XML (or a JSON of its own) out.
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>
//!
//! SQS speaks it beside JSON since before there was JSON, SNS speaks nothing else. Both look at the same tables of shapes, whose
//! members know their names in this protocol.
//!
//! - `detect`: whether a request speaks it, for which service and operation
//! - `parameters`: [`Parameters`]: what stands in a URL or form, by name
//! - `decode`: [`decode`]: parameters as a structure
//! - `form`: [`form`], [`beside`]: a structure as parameters
//! - `reply`: [`reply`], [`Reply`]: answers as structures
//! - `scalar`: texts as numbers, bytes, times
//! - `xml`: writes elements
//! - `body`: [`success`], and errors: the body in the format that was asked for
//! - `answer`: results and errors as XML
//! - `plain`: results and errors as JSON
//! - `told`: what errors say here that they say in other words elsewhere

mod answer;
mod body;
mod decode;
mod detect;
mod form;
mod parameters;
mod plain;
mod reply;
mod scalar;
mod told;
mod xml;

pub use body::success;
pub use decode::decode;
pub use form::{beside, form};
pub use parameters::Parameters;
pub use reply::{Reply, reply};

pub(crate) use body::failure;
pub(crate) use detect::detect;
pub(crate) use told::text;
