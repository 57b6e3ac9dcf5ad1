//! Answers of this protocol as values: what a client of it reads.
//!
//! - `read`: [`reply`], [`Reply`]: a whole answer; start here
//! - `element`: a document of XML as a tree
//! - `xml`: elements as a structure
//! - `json`: the JSON of this protocol as a structure

mod element;
mod json;
mod read;
mod xml;

pub use read::{Reply, reply};
