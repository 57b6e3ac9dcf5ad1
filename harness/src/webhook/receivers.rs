//! Receivers in this process.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

/// What a receiver's answer is awaited as.
pub(super) type Answer = Pin<Box<dyn Future<Output = Response<Bytes>> + Send>>;

/// A webhook or a function in this process.
#[derive(Clone)]
pub(crate) struct Receiver(Arc<dyn Fn(Request<Bytes>) -> Answer + Send + Sync>);

impl fmt::Debug for Receiver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Receiver")
    }
}

impl Receiver {
    /// A receiver that `answer` is.
    pub(crate) fn new<F, A>(answer: F) -> Self
    where
        F: Fn(Request<Bytes>) -> A + Send + Sync + 'static,
        A: Future<Output = Response<Bytes>> + Send + 'static,
    {
        Self(Arc::new(move |request| Box::pin(answer(request))))
    }

    pub(super) fn answer(&self, request: Request<Bytes>) -> Answer {
        (self.0)(request)
    }
}

/// Receivers by the address at which they are, or below which.
#[derive(Debug, Default)]
pub(super) struct Receivers(Vec<(String, Receiver)>);

impl Receivers {
    /// Puts a receiver at an address, in place of the one that is there.
    pub(super) fn insert(&mut self, address: &str, receiver: Receiver) {
        let address = address.trim_end_matches('/');
        self.0.retain(|(other, _)| other != address);
        self.0.push((address.to_owned(), receiver));
    }

    /// Takes the receiver away from an address.
    pub(super) fn remove(&mut self, address: &str) {
        let address = address.trim_end_matches('/');
        self.0.retain(|(other, _)| other != address);
    }

    /// The receiver at this address, or the one with the longest address above it.
    pub(super) fn find(&self, address: &str) -> Option<&Receiver> {
        let is_here = |at: &str| {
            address.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        };
        let here = self.0.iter().filter(|(at, _)| is_here(at));
        here.max_by_key(|(at, _)| at.len()).map(|(_, receiver)| receiver)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{Request, Response};

    use super::{Receiver, Receivers};

    #[tokio::test]
    async fn longest_address_above_receives() {
        let mut receivers = Receivers::default();
        for (address, status) in
            [("http://shop.test", 201), ("http://shop.test/orders/", 202), ("http://shop.test/a", 203)]
        {
            let answer = move |_| async move { Response::builder().status(status).body(Bytes::new()).unwrap() };
            receivers.insert(address, Receiver::new(answer));
        }
        let mut seen = Vec::new();
        for address in [
            "http://shop.test/orders?x=1",
            "http://shop.test/orders/7",
            "http://shop.test/orderly",
            "http://shop.test",
            "http://shop.test.evil",
        ] {
            seen.push(match receivers.find(address) {
                Some(receiver) => receiver.answer(Request::new(Bytes::new())).await.status().as_u16(),
                None => 0,
            });
        }
        assert_eq!(seen, [202, 202, 201, 201, 0]);
        receivers.remove("http://shop.test/");
        assert!(receivers.find("http://shop.test").is_none());
    }
}
