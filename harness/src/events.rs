//! Replies that are streams of events: they come as time passes, and time passes while somebody listens.

use std::io;
use std::pin::Pin;
use std::sync::Arc;

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
use crate::streamed::{Body, Streamed};

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

/// The frames of a stream.
#[derive(Debug)]
struct Frames {
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

    /// The frames as the body of a response. It is fused: the SDK polls bodies after their end.
    fn into_body(self) -> Body {
        let frames = unfold(self, |mut frames| async move {
            let frame = frames.next().await?;
            Some((Ok(Frame::data(frame)), frames))
        });
        let frames: Pin<Box<dyn Stream<Item = Result<Frame<Bytes>, io::Error>> + Send + Sync>> =
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
    Streamed::put(&mut response, frames.into_body());
    Ok(response)
}
