//! Carries out what an exchange says.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use redeliver_chaos::{Break, Do, Event, Exchange, Told, Unsigned};
use redeliver_wire::{Dialect, detect};

use super::SharedChaos;
use crate::signing::{Refused, explain};

/// When a client gives up on an answer that never comes: long after any timeout that is usual.
const SILENCE: Duration = Duration::from_mins(1);

/// Why a caller gets no answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unanswered<E> {
    /// The backend gave none.
    Backend(E),
    /// A fault.
    Broken(Break),
}

/// One request of `consumer`'s client to its answer; `send` takes requests to the backend; `told` is told of
/// the faults that fired, if it wants to be.
pub(crate) async fn drive<E, F>(
    chaos: &SharedChaos,
    consumer: &str,
    request: Request<Bytes>,
    send: impl Fn(Request<Bytes>) -> F,
    told: Option<&(dyn Fn(Told) + Sync)>,
) -> Result<Response<Bytes>, Unanswered<E>>
where
    F: Future<Output = Result<Response<Bytes>, E>>,
{
    let mut exchange = Exchange::new(request, consumer);
    let mut event = Event::Start;
    let mut is_effective = false;
    loop {
        let now = chaos.passed();
        let (next, fired) = {
            let mut chaos = chaos.lock();
            let next = exchange.step(&mut chaos, now, event);
            (next, told.map(|_| chaos.take_told()).unwrap_or_default())
        };
        // Without the lock: who is told may wait for a world that asks for its faults.
        if let Some(told) = told {
            fired.into_iter().for_each(told);
        }
        event = match next {
            Do::Forward(request) => {
                let void = void(&request);
                let response = answered(void, is_effective, send(request).await.map_err(Unanswered::Backend)?);
                if response.extensions().get::<Refused>().is_some() {
                    return Ok(response);
                }
                is_effective |= response.status().is_success();
                Event::Reply(response)
            }
            Do::Extra(request) => {
                let void = void(&request);
                // Whatever it answers: chaos has done what it could. But when nobody is let in, the fault did not happen.
                let response = send(request).await.map(|response| answered(void, is_effective, response));
                match response {
                    Ok(response) if response.extensions().get::<Refused>().is_some() => return Ok(response),
                    _ => Event::Done,
                }
            }
            Do::Wait(time) => {
                chaos.clock.advance(time).await;
                Event::Done
            }
            Do::Answer(response) => return Ok(response),
            Do::Break(broken) => {
                if broken == Break::Silent {
                    chaos.clock.advance(SILENCE).await;
                }
                return Err(Unanswered::Broken(broken));
            }
        };
    }
}

/// The protocol of a request whose signature is void.
fn void(request: &Request<Bytes>) -> Option<Dialect> {
    request.extensions().get::<Unsigned>()?;
    let mut head = Request::new(());
    *head.method_mut() = request.method().clone();
    *head.uri_mut() = request.uri().clone();
    *head.headers_mut() = request.headers().clone();
    Some(detect(&head.into_parts().0, request.body()).dialect)
}

fn answered(void: Option<Dialect>, is_effective: bool, response: Response<Bytes>) -> Response<Bytes> {
    match void {
        Some(dialect) => explain(dialect, response, is_effective),
        None => response,
    }
}
