//! Bodies of responses that come piece by piece. They stand in the extensions of the response, so that all that looks at responses on their
//! way can do so without waiting for the end.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt, unfold};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response};
use http_body::Frame;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, StreamBody};
use redeliver_chaos::{Cut, Cutter, Passed};
use redeliver_wire::event_stream;
use tokio::task::yield_now;

/// A body that comes piece by piece.
pub(crate) type Body = BoxBody<Bytes, io::Error>;

/// A body in the extensions of its response.
#[derive(Debug, Clone)]
pub(crate) struct Streamed(Arc<Mutex<Option<Body>>>);

impl Streamed {
    /// Puts a body into the extensions of its response.
    pub(crate) fn put<B>(response: &mut Response<B>, body: Body) {
        response.extensions_mut().insert(Self(Arc::new(Mutex::new(Some(body)))));
    }

    /// Takes the body out of a response, if it has one; it ends where a fault cuts it.
    pub(crate) fn take<B>(response: &mut Response<B>) -> Option<Body> {
        let cut = response.extensions_mut().remove::<Cut>();
        let streamed = response.extensions_mut().remove::<Self>()?;
        let body = streamed.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        Some(match cut {
            Some(cut) => cut_off(body, cut),
            None => body,
        })
    }
}

/// Whether a body is a stream of events.
pub(crate) fn is_stream(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with(event_stream::CONTENT_TYPE))
}

/// Any body as one that comes piece by piece.
pub(crate) fn boxed<B>(body: B) -> Body
where
    B: http_body::Body<Data = Bytes> + Send + Sync + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    body.map_err(io::Error::other).boxed()
}

/// The response with its whole body, at the end of the stream where it is one.
pub(crate) async fn whole(mut response: Response<Vec<u8>>) -> Response<Bytes> {
    match Streamed::take(&mut response) {
        None => response.map(Bytes::from),
        Some(mut body) => {
            let mut all = Vec::new();
            // A stream that breaks off has what came before.
            while let Some(Ok(frame)) = body.frame().await {
                all.extend(frame.into_data().unwrap_or_default());
            }
            response.map(|_| all.into())
        }
    }
}

/// What of a stream is still to come.
enum Rest {
    Passes(Body, Cutter),
    Breaks,
    Nothing,
}

fn cut_off(body: Body, cut: Cut) -> Body {
    let pieces = unfold(Rest::Passes(body, Cutter::new(cut)), |rest| async move {
        let (mut body, mut cutter) = match rest {
            Rest::Passes(body, cutter) => (body, cutter),
            Rest::Breaks => {
                // What came before is sent first.
                yield_now().await;
                return Some((Err(torn()), Rest::Nothing));
            }
            Rest::Nothing => return None,
        };
        let bytes = match body.frame().await? {
            Ok(frame) => frame.into_data().unwrap_or_default(),
            Err(error) => return Some((Err(error), Rest::Nothing)),
        };
        // Whatever is left of the body is dropped with it: the backend learns that nobody listens.
        let (bytes, rest) = match cutter.pass(bytes) {
            Passed::On(bytes) => (bytes, Rest::Passes(body, cutter)),
            Passed::Ended(bytes) => (bytes, Rest::Nothing),
            Passed::Torn(bytes) => (bytes, Rest::Breaks),
        };
        Some((Ok(Frame::data(bytes)), rest))
    });
    let pieces: Pin<Box<dyn Stream<Item = Result<Frame<Bytes>, io::Error>> + Send + Sync>> = Box::pin(pieces.fuse());
    BoxBody::new(StreamBody::new(pieces))
}

fn torn() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "the connection was reset in the middle of the stream")
}
