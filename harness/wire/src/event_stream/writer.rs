//! The body of a reply that is a stream, event by event.

use std::iter::FusedIterator;

use http::header::CONTENT_TYPE as CONTENT_TYPE_HEADER;
use http::{HeaderValue, Response};
use redeliver_model::{Fields, Kind, Shape, Value};

use super::{FrameError, Message, Payload, encode};
use crate::Description;
use crate::reply::REQUEST_ID;

/// The media type of a reply that is a stream.
pub const CONTENT_TYPE: &str = "application/vnd.amazon.eventstream";

/// Status and headers of a reply that is a stream.
pub fn response(request_id: &str) -> Response<()> {
    let mut response = Response::new(());
    response.headers_mut().insert(CONTENT_TYPE_HEADER, HeaderValue::from_static(CONTENT_TYPE));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// What a stream says next.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// An event of the model, under the name of its member in the stream.
    Modelled {
        /// Name of the member, for example `SubscribeToShardEvent`.
        member: &'static str,
        /// Its structure.
        value: Value,
    },
    /// An error, after which nothing follows.
    Error(Description),
}

/// Writes the body of a reply that is a stream. It is fused: once it has ended it writes nothing more, whatever it is
/// asked.
#[derive(Debug)]
pub struct Writer {
    payload: Payload,
    stream: Option<&'static Shape>,
    ended: bool,
}

impl Writer {
    /// Starts a stream. The first frame, `initial-response`, holds the members of the output beside the stream; it is
    /// to be sent before any other.
    pub fn open(output: &'static Shape, payload: Payload, initial: Value) -> Result<(Self, Vec<u8>), FrameError> {
        let is_stream = |shape: &Shape| matches!(shape.kind, Kind::EventStream { .. });
        let stream = output.members().iter().map(|member| member.shape).find(|shape| is_stream(shape));
        let writer = Self { payload, stream, ended: false };
        let first = writer.event_frame("initial-response", initial)?;
        Ok((writer, first))
    }

    /// The frame of an event; nothing when the stream has ended. An error ends it.
    pub fn write(&mut self, event: Event) -> Result<Option<Vec<u8>>, FrameError> {
        if self.ended {
            return Ok(None);
        }
        match event {
            Event::Modelled { member, value } => self.event_frame(member, value).map(Some),
            Event::Error(description) => {
                self.ended = true;
                self.error_frame(&description).map(Some)
            }
        }
    }

    /// Ends the stream; there is no frame for it.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// Whether nothing more will be written.
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    fn event_frame(&self, name: &str, value: Value) -> Result<Vec<u8>, FrameError> {
        let content_type = self.payload.content_type();
        let headers = [(":message-type", "event"), (":event-type", name), (":content-type", content_type)];
        encode(&Message::new(&headers, self.payload.encode(value)))
    }

    /// Errors of the model have a payload, others only headers.
    fn error_frame(&self, description: &Description) -> Result<Vec<u8>, FrameError> {
        let (shape, text) = (description.shape, description.message.as_deref());
        if self.stream.is_none_or(|stream| stream.member(shape).is_none()) {
            let headers =
                [(":message-type", "error"), (":error-code", shape), (":error-message", text.unwrap_or_default())];
            return encode(&Message::new(&headers, Vec::new()));
        }
        let content_type = self.payload.content_type();
        let headers = [(":message-type", "exception"), (":exception-type", shape), (":content-type", content_type)];
        let mut fields = Fields::new();
        fields.put("message", text.map(str::to_owned));
        encode(&Message::new(&headers, self.payload.encode(Value::Structure(fields))))
    }
}

/// The frames of a stream whose events are known in advance, or come from an iterator. Fused, as clients of AWS poll
/// bodies after their end.
#[derive(Debug)]
pub struct Frames<I> {
    first: Option<Vec<u8>>,
    writer: Writer,
    events: I,
}

impl<I: Iterator<Item = Event>> Frames<I> {
    /// The frames of these events after an `initial-response`.
    pub fn new(output: &'static Shape, payload: Payload, initial: Value, events: I) -> Result<Self, FrameError> {
        let (writer, first) = Writer::open(output, payload, initial)?;
        Ok(Self { first: Some(first), writer, events })
    }
}

impl<I: Iterator<Item = Event>> Iterator for Frames<I> {
    type Item = Result<Vec<u8>, FrameError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some(Ok(first));
        }
        if self.writer.is_ended() {
            return None;
        }
        let Some(event) = self.events.next() else {
            self.writer.end();
            return None;
        };
        let frame = self.writer.write(event);
        if frame.is_err() {
            self.writer.end();
        }
        frame.transpose()
    }
}

impl<I: Iterator<Item = Event>> FusedIterator for Frames<I> {}
