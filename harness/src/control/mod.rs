//! The control API of a served world, below `/_redeliver/`: clock, state, history. Its document is `openapi.json`.
//!
//! - `route`: [`answer`], from requests to what answers them; start here
//! - `access`: who may ask
//! - `clock`, `state`, `about`: one topic each
//! - `problem`: errors
//! - `reply`: JSON responses

mod about;
mod access;
mod clock;
mod problem;
mod reply;
mod route;
mod state;

pub(crate) use route::{answer, is_asked};
