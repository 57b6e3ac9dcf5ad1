//! Generates `redeliver-model` and the conformance client's calls from the API models in `fixtures/models`.
//!
//! - [`generate`]: every generated file with its text; `main.rs` writes them, a test of the model crate compares them
//! - `source`: the JSON of the API models, as far as it is used
//! - `names`: Rust names for model names
//! - `query`: names in the query protocol
//! - `types`, `enums`, `calls`, `shapes`, `tables`: one kind of generated code each
//! - `client`: the SDK call of each operation

mod calls;
mod client;
mod enums;
mod generate;
mod names;
mod query;
mod shapes;
mod source;
mod tables;
mod types;

pub use generate::{File, generate, root};
