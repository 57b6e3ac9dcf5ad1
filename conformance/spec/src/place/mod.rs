//! Where keys and values stand in the YAML text.
//!
//! - `pointer`: JSON pointers, how a key is named
//! - `index`: from each pointer to its [`Place`]s, duplicate keys
//! - `source`: [`Source`], a text together with its index

mod index;
mod pointer;
mod source;

pub use index::{Duplicate, Place, Places, ScanProblem};
pub use pointer::{child, unescape};
pub use source::Source;
