//! One HTTP request to one HTTP response, and its steps for those who look in between.

use std::sync::Arc;

use http::Response;
use http::request::Parts;
use redeliver_core::{Command, Request};
use redeliver_wire::{Dialect, Error, Metadata, Received};

use crate::caller::Home;
use crate::engine::Engine;
use crate::events::{self, Answered};
use crate::guard::guarded;
use crate::webhook::certificate;

/// Answers a request; whatever goes wrong is a response too. The body of a stream stands in the extensions.
pub(crate) async fn respond(engine: &Arc<Engine>, home: &Home, head: &Parts, body: &[u8]) -> Response<Vec<u8>> {
    if let Some(certificate) = certificate(head) {
        return certificate.map(Into::into);
    }
    let request_id = engine.request_id();
    let Received { dialect, command, .. } = receive(head, body);
    let outcome = call(engine, home, head, command).await;
    encode(dialect, outcome, &request_id)
}

/// Reads a request.
pub(crate) fn receive(head: &Parts, body: &[u8]) -> Received {
    guarded(|| redeliver_wire::receive(head, body)).unwrap_or_else(|error| Received {
        dialect: Dialect::Unrecognized,
        operation: None,
        command: Err(error),
    })
}

/// Carries out what was read.
pub(crate) async fn call(
    engine: &Arc<Engine>,
    home: &Home,
    head: &Parts,
    command: Result<Command, Error>,
) -> Result<Answered, Error> {
    let command = command?;
    let metadata = Metadata::of(head);
    let caller = home.caller(head, &metadata);
    engine.call(Request { caller, command, trace: metadata.trace }).await
}

/// The response for an outcome.
pub(crate) fn encode(dialect: Dialect, outcome: Result<Answered, Error>, request_id: &str) -> Response<Vec<u8>> {
    let outcome = match outcome {
        Ok(Answered { events: Some(events), .. }) => match events::begin(dialect, events, request_id) {
            Ok(response) => return response,
            Err(error) => Err(error),
        },
        outcome => outcome.map(|answered| answered.reply),
    };
    guarded(|| redeliver_wire::encode(dialect, outcome, request_id))
        .unwrap_or_else(|error| redeliver_wire::encode(dialect, Err(error), request_id))
}
