//! Whether the server is well, and which it is.

use serde_json::{Value, json};

const NAME: &str = "redeliver";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// It answers, so it is well.
pub(super) fn health() -> Value {
    json!({ "name": NAME, "status": "ok" })
}

/// Which program this is.
pub(super) fn version() -> Value {
    json!({ "name": NAME, "version": VERSION })
}
