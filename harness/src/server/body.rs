//! Bodies within their bounds.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::Bounds;
use super::refusal::Refusal;

/// Memory for bodies is counted in pieces of this many bytes.
const PIECE: usize = 4 << 10;

/// The memory that is set aside for bodies.
#[derive(Debug, Clone)]
pub(super) struct Room(Arc<Semaphore>);

/// A body, and its part of the memory that is set aside for bodies.
#[derive(Debug)]
pub(super) struct Held {
    /// The bytes.
    pub(super) bytes: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// Room for this many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new((bytes / PIECE).min(Semaphore::MAX_PERMITS))))
    }

    /// Reads a body. What came of it counts, not what was announced: who sends slowly holds little.
    pub(super) async fn read(&self, body: Incoming, bounds: &Bounds) -> Result<Held, Refusal> {
        if body.size_hint().lower() > bounds.body_bytes as u64 {
            return Err(discard(body, bounds).await);
        }
        match timeout(bounds.body_within, self.collect(body, bounds.body_bytes)).await {
            Ok(Ok(held)) => Ok(held),
            Ok(Err((Refusal::TooLarge { .. }, rest))) => Err(discard(rest, bounds).await),
            Ok(Err((refusal, _))) => Err(refusal),
            Err(_) => Err(Refusal::TooSlow),
        }
    }

    async fn collect(&self, mut body: Incoming, most: usize) -> Result<Held, (Refusal, Incoming)> {
        let mut first = Bytes::new();
        let mut whole = BytesMut::new();
        let mut room: Option<OwnedSemaphorePermit> = None;
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else { return Err((Refusal::Broken, body)) };
            let Ok(data) = frame.into_data() else { continue };
            let length = first.len() + whole.len() + data.len();
            if length > most {
                return Err((Refusal::TooLarge { limit: most }, body));
            }
            if !self.widen(&mut room, length) {
                return Err((Refusal::Busy, body));
            }
            // Most bodies come in one piece, which needs no copy.
            if first.is_empty() && whole.is_empty() {
                first = data;
            } else {
                if whole.is_empty() {
                    whole.extend_from_slice(&std::mem::take(&mut first));
                }
                whole.extend_from_slice(&data);
            }
        }
        let bytes = if whole.is_empty() { first } else { whole.freeze() };
        Ok(Held { bytes, _room: room })
    }

    /// Takes as much room as `length` bytes need; false when there is not enough. A body below a piece needs none.
    fn widen(&self, room: &mut Option<OwnedSemaphorePermit>, length: usize) -> bool {
        let held = room.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let missing = (length / PIECE).saturating_sub(held);
        if missing == 0 {
            return true;
        }
        let Ok(more) = u32::try_from(missing) else { return false };
        let Ok(taken) = Arc::clone(&self.0).try_acquire_many_owned(more) else { return false };
        match room {
            Some(room) => room.merge(taken),
            None => *room = Some(taken),
        }
        true
    }
}

/// Reads on without keeping anything, so that a client that sends all before it reads gets to read the answer.
async fn discard(mut body: Incoming, bounds: &Bounds) -> Refusal {
    let drain = async { while let Some(Ok(_)) = body.frame().await {} };
    // A client that is not done by then finds the connection closed.
    let _ = timeout(bounds.body_within, drain).await;
    Refusal::TooLarge { limit: bounds.body_bytes }
}
