//! The control API of a served world, below `/_redeliver/`: clock, state, history, effects, faults. Its document is `openapi.json`.
//!
//! - `route`: [`answer`], from requests to what answers them; start here
//! - `access`: who may ask
//! - `clock`, `state`, `streams`, `outbox`, `circumstances`, `effects`, `chaos`, `about`: one topic each
//! - `problem`: errors
//! - `reply`: JSON responses

mod about;
mod access;
mod chaos;
mod circumstances;
mod clock;
mod effects;
mod outbox;
mod problem;
mod reply;
mod route;
mod state;
mod streams;

pub(crate) use route::{answer, is_asked};
