//! Errors of the API model.

use redeliver_model::Service;

use crate::Answer;

/// An error that SQS's model lists, with its code and status; one that the model does not list is the caller's.
pub(super) fn modelled(shape: &'static str, message: &'static str) -> Answer {
    let known = Service::Sqs.model().error(shape);
    let (code, status) = known.map_or((shape, 400), |known| (known.code, known.status));
    Answer::Error { shape, code, status, message, shared: false }
}
