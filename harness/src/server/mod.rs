//! The reference behind a socket, for clients in any language.
//!
//! HTTP/1.1 and HTTP/2 with prior knowledge answer on one port, with or without TLS. Time is real here, but the control API below
//! `/_redeliver/` can put the clock ahead or let it stand still.
//!
//! ```no_run
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use redeliver::Harness;
//! use redeliver::server::{Server, Settings};
//!
//! let server = Server::bind(&Harness::builder().build(), Settings::default()).await?;
//! println!("{}", server.url());
//! server.run(std::future::pending()).await;
//! # Ok(())
//! # }
//! ```
//!
//! - [`Server`]: binds and serves; start here
//! - [`Settings`], [`Bounds`]: where it listens, and what it lets clients do to it
//! - [`Tls`]: certificate and key
//! - [`Auth`], [`Keys`]: whose signatures are taken
//! - [`Faults`], [`FaultsProblem`]: what happens between clients and what is served
//! - [`StartProblem`]: why it could not start
//! - `connection`: one connection
//! - `link`: what the server knows of a connection and tells it
//! - `exchange`: one request and its response
//! - `between`: faults while they come and go
//! - `seen`: calls as their clients see them
//! - `body`: bodies within their bounds
//! - `signed`: requests in this process whose signatures are checked
//! - `refusal`: answers to what is no request of a service
//! - `identity`: `sts:GetCallerIdentity`
//! - `texts`: texts of the history, one behind the other
//! - `history`: what was asked and what happened, as far back as the memory set aside for it reaches

mod auth;
pub(crate) mod between;
mod body;
mod connection;
mod exchange;
mod faults;
pub(crate) mod history;
mod identity;
mod link;
mod problem;
mod refusal;
mod seen;
mod serve;
mod settings;
mod shared;
mod signed;
mod texts;
mod tls;

pub use crate::store::Bucket;
pub use auth::{Auth, Keys};
pub use faults::{Faults, FaultsProblem};
pub use problem::StartProblem;
pub use redeliver_chaos::plan::Place;
pub use serve::Server;
pub use settings::{Bounds, Settings};
pub(crate) use shared::Shared;
pub use tls::Tls;
