//! The query protocol: by a client that knows only botocore's models, by tables of what AWS was seen to say, and by junk.

#[path = "../made/mod.rs"]
mod made;

mod answers;
mod botocore;
mod junk;
mod requests;
mod round_trip;
