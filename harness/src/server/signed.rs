//! Requests in this process whose signatures are checked.

use bytes::Bytes;
use http::{Request, Response};

use super::{Keys, auth};
use crate::Harness;
use crate::pipeline::{call, encode, receive};
use crate::streamed::whole;

impl Harness {
    /// Answers a raw HTTP request as a server with [`Auth::Verify`](super::Auth::Verify) does, at the time of this world's clock.
    pub async fn respond_verified(&self, request: Request<Bytes>, keys: &Keys) -> Response<Bytes> {
        let (engine, home) = self.parts();
        let (head, body) = request.into_parts();
        let request_id = engine.request_id();
        let received = receive(&head, &body);
        let now = i64::try_from(self.clock().now().as_secs()).unwrap_or(i64::MAX);
        let outcome = match auth::admit(keys, now, &head, &body, &received) {
            Ok(()) => call(&engine, &home, &head, received.command).await,
            Err(denied) => Err(denied),
        };
        whole(encode(received.dialect, outcome, &request_id)).await
    }
}
