//! Data protection policies of topics: sensitive data in messages is denied, masked, or told about.
//!
//! AWS finds sensitive data with machine learning besides patterns; here only patterns are looked for, those of [`identifier`] and the
//! policy's own. What a policy names and nobody looks for here is told by [`DataProtection::unseen`].
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-policies.html>
//!
//! - [`DataProtection`]: start here; parse, then [`DataProtection::screen`] each message
//! - [`Passage`], [`Audit`]: what becomes of a message, and what is told about it
//! - [`ProtectionFault`]: why a text is no policy
//! - `statement`: one statement, read and checked
//! - `identifier`: kinds of sensitive data and where they are in a text
//! - `inbound`: messages on their way into a topic; those on their way out are screened by `delivery`
//! - `put`, `get`: `PutDataProtectionPolicy`, `GetDataProtectionPolicy`

mod fault;
mod get;
mod identifier;
mod inbound;
mod policy;
mod put;
mod screen;
mod statement;

pub use fault::ProtectionFault;
pub use policy::DataProtection;
pub use screen::{Audit, Passage};
pub use statement::Direction;
