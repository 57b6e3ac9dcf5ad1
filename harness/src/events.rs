//! Replies that are streams of events: they come as time passes, and time passes while somebody listens.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt, unfold};
use http::Response;
use http_body::Frame;
use http_body_util::StreamBody;
use http_body_util::combinators::BoxBody;
use redeliver_core::{Emitted, Reply, Ticket};
use redeliver_model::{Fields, Service, Typed, Value};
use redeliver_wire::event_stream::{Event, Payload, Writer, response};
use redeliver_wire::{Dialect, Error};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::engine::Engine;

/// The only operation that is answered with a stream.
const OPERATION: &str = "SubscribeToShard";

/// What a call is answered with.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The reply; of one that is a stream, what is in it besides the stream.
    pub(crate) reply: Reply,
    /// The events that follow.
    pub(crate) events: Option<Events>,
}

impl From<Reply> for Answered {
    fn from(reply: Reply) -> Self {
        Self { reply, events: None }
    }
}

/// The events of a stream as they come. Dropping it tells the world that nobody listens any more.
#[derive(Debug)]
pub(crate) struct Events {
    engine: Arc<Engine>,
    ticket: Ticket,
    receiver: UnboundedReceiver<Emitted>,
}

impl Events {
    pub(crate) fn new(engine: Arc<Engine>, ticket: Ticket, receiver: UnboundedReceiver<Emitted>) -> Self {
        Self { engine, ticket, receiver }
    }

    /// The next event; time passes until it comes. `None` when the stream has ended.
    async fn next(&mut self) -> Option<Emitted> {
        let engine = Arc::clone(&self.engine);
        tokio::select! {
            biased;
            emitted = self.receiver.recv() => emitted,
            never = engine.pace.lead(&engine) => match never {},
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.engine.abandon(self.ticket);
    }
}

/// The body of a response that is a stream, piece by piece. It stands in the extensions of the response, so that all that looks at responses
/// on their way can do so without waiting for the end.
#[derive(Debug, Clone)]
pub(crate) struct Streamed(Arc<Mutex<Option<Frames>>>);

impl Streamed {
    /// Takes the body out of a response, if it has one.
    pub(crate) fn take<B>(response: &mut Response<B>) -> Option<Frames> {
        let streamed = response.extensions_mut().remove::<Self>()?;
        streamed.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The frames of a stream.
#[derive(Debug)]
pub(crate) struct Frames {
    first: Option<Vec<u8>>,
    writer: Writer,
    events: Events,
}

impl Frames {
    /// The next frame; `None` for good when the stream has ended.
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first.into());
        }
        if self.writer.is_ended() {
            return None;
        }
        let event = match self.events.next().await {
            Some(Emitted::Event(event)) => {
                Event::Modelled { member: "SubscribeToShardEvent", value: event.into_value() }
            }
            Some(Emitted::Failed(error)) => Event::Error(Error::Service(error).describe()),
            Some(Emitted::End) | None => {
                self.writer.end();
                return None;
            }
        };
        // A frame has room for more than an event may hold.
        self.writer.write(event).ok().flatten().map(Bytes::from)
    }

    /// All frames, when the stream has ended.
    pub(crate) async fn collect(mut self) -> Bytes {
        let mut all = Vec::new();
        while let Some(frame) = self.next().await {
            all.extend(frame);
        }
        all.into()
    }

    /// The frames as the body of a response. It is fused: the SDK polls bodies after their end.
    pub(crate) fn into_body(self) -> BoxBody<Bytes, Infallible> {
        let frames = unfold(self, |mut frames| async move {
            let frame = frames.next().await?;
            Some((Ok(Frame::data(frame)), frames))
        });
        let frames: Pin<Box<dyn Stream<Item = Result<Frame<Bytes>, Infallible>> + Send + Sync>> =
            Box::pin(frames.fuse());
        BoxBody::new(StreamBody::new(frames))
    }
}

/// The response that begins a stream; its body stands in its extensions.
pub(crate) fn begin(dialect: Dialect, events: Events, request_id: &str) -> Result<Response<Vec<u8>>, Error> {
    let internal = |detail: &str| Error::Internal { detail: detail.to_owned() };
    let operation = Service::Kinesis.model().operation(OPERATION).ok_or_else(|| internal("no such operation"))?;
    let payload = Payload::of(dialect).ok_or_else(|| internal("a stream in a protocol without streams"))?;
    let (writer, first) = Writer::open(operation.output, payload, Value::Structure(Fields::new()))
        .map_err(|error| internal(&error.to_string()))?;
    let mut response = response(request_id).map(|()| Vec::new());
    let frames = Frames { first: Some(first), writer, events };
    response.extensions_mut().insert(Streamed(Arc::new(Mutex::new(Some(frames)))));
    Ok(response)
}

/// The response with its whole body, at the end of the stream where it is one.
pub(crate) async fn whole(mut response: Response<Vec<u8>>) -> Response<Bytes> {
    match Streamed::take(&mut response) {
        None => response.map(Bytes::from),
        Some(frames) => {
            let body = frames.collect().await;
            response.map(|_| body)
        }
    }
}
