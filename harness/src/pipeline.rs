//! One HTTP request to one HTTP response.

use std::sync::Arc;

use http::Response;
use http::request::Parts;
use redeliver_core::{Reply, Request};
use redeliver_wire::{Dialect, Error, Metadata, Received, encode, receive};

use crate::caller::Home;
use crate::engine::Engine;
use crate::guard::guarded;

/// Answers a request; whatever goes wrong is a response too.
pub(crate) async fn respond(engine: &Arc<Engine>, home: &Home, head: &Parts, body: &[u8]) -> Response<Vec<u8>> {
    let request_id = engine.request_id();
    let received = guarded(|| receive(head, body)).unwrap_or_else(|error| Received {
        dialect: Dialect::Unrecognized,
        operation: None,
        command: Err(error),
    });
    let Received { dialect, command, .. } = received;
    let outcome: Result<Reply, Error> = match command {
        Ok(command) => {
            let metadata = Metadata::of(head);
            let caller = home.caller(head, &metadata);
            engine.call(Request { caller, command, trace: metadata.trace }).await
        }
        Err(error) => Err(error),
    };
    guarded(|| encode(dialect, outcome, &request_id)).unwrap_or_else(|error| encode(dialect, Err(error), &request_id))
}
