//! Filter policies of subscriptions: which messages a subscription is sent.
//!
//! A policy is compiled when it is set; a message is prepared once a publish, whatever the number of subscriptions. The language is that
//! of AWS's event ruler (<https://github.com/aws/event-ruler>), whose complaints SNS hands on word for word.
//!
//! - [`FilterPolicy`], [`Scope`]: start here; parse and match
//! - [`Filterable`]: a message, prepared for any number of policies
//! - [`FilterFault`]: why a text is no policy, as AWS words it
//! - `lexer`, `token`, `syntax`: JSON as AWS's parser reads it, with the places that its complaints name
//! - `reader`, `parse`, `expression`, `anything_but`, `numeric`: from tokens to leaves
//! - `leaf`, `pattern`, `wildcard`, `cidr`, `number`: what a leaf asks of a value
//! - `quota`: keys, combinations and wildcards that a policy may have
//! - `value`, `attributes`, `body`: what a message offers
//! - `within`: a policy against a body

mod anything_but;
mod attributes;
mod body;
mod cidr;
mod expression;
mod fault;
mod filterable;
mod leaf;
mod lexer;
mod number;
mod numeric;
mod parse;
mod pattern;
mod policy;
mod quota;
mod reader;
mod syntax;
mod token;
mod value;
mod wildcard;
mod within;

pub use fault::FilterFault;
pub use filterable::Filterable;
pub use policy::{FilterPolicy, Scope};
