//! Mobile push: platform applications and the endpoints of devices.
//!
//! - `registry`: applications by account, region, platform and name; `application`, `endpoint`: one of each
//! - `arn`, `name`: how they are named
//! - `attributes`, `endpoint_attributes`: their attributes: from texts and back
//! - `create`, `delete`, `get`, `set`, `list`: operations on applications
//! - `create_endpoint`, `delete_endpoint`, `get_endpoint`, `set_endpoint`, `list_endpoints`: operations on endpoints
//! - `push`: messages to an endpoint, which end in the outbox
//! - `fault`: facts about refused calls, and their codes and texts

mod application;
mod arn;
mod attributes;
mod create;
mod create_endpoint;
mod delete;
mod delete_endpoint;
mod endpoint;
mod endpoint_attributes;
mod fault;
mod get;
mod get_endpoint;
mod list;
mod list_endpoints;
mod name;
mod push;
mod registry;
mod set;
mod set_endpoint;

pub use fault::{AttributeFault, PlatformFault};
pub(crate) use push::key;
pub(crate) use registry::{Home, Platforms};
