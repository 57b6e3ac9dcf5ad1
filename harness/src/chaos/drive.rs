//! Carries out what an exchange says.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use redeliver_chaos::{Break, Chaos, Do, Event, Exchange};

use super::SharedChaos;

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

/// One request of `consumer`'s client to its answer; `send` takes requests to the backend, `look` sees what each step did.
pub(crate) async fn drive<E, F>(
    chaos: &SharedChaos,
    consumer: &str,
    request: Request<Bytes>,
    send: impl Fn(Request<Bytes>) -> F,
    mut look: impl FnMut(&mut Chaos),
) -> Result<Response<Bytes>, Unanswered<E>>
where
    F: Future<Output = Result<Response<Bytes>, E>>,
{
    let mut exchange = Exchange::new(request, consumer);
    let mut event = Event::Start;
    loop {
        let now = chaos.passed();
        let next = {
            let mut chaos = chaos.lock();
            let next = exchange.step(&mut chaos, now, event);
            look(&mut chaos);
            next
        };
        event = match next {
            Do::Forward(request) => Event::Reply(send(request).await.map_err(Unanswered::Backend)?),
            Do::Extra(request) => {
                // Whatever it answers: chaos has done what it could.
                let _ = send(request).await;
                Event::Done
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
