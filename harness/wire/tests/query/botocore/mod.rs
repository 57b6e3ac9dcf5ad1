//! A client of the query protocol as botocore is one, written from botocore's models and rules alone: it shares nothing with the codec, so it
//! finds what the codec and the generated tables have wrong.
//! <https://github.com/boto/botocore/blob/1.31.79/botocore/serialize.py>, <https://github.com/boto/botocore/blob/1.31.79/botocore/parsers.py>
//!
//! - `model`: the JSON of a model
//! - `form`: a structure as a form
//! - `reader`: XML as a structure

mod form;
mod model;
mod reader;

pub(crate) use form::form;
pub(crate) use model::Model;
pub(crate) use reader::{Node, read};
