//! Where deliveries wait to be carried out.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;
use http::{Request, Response};
use redeliver_core::Timestamp;
use redeliver_core::sns::{Attempted, DeliveryId, Destination, Post};
use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::courier;
use super::functions::{Functions, name};
use super::receivers::{Receiver, Receivers};
use crate::engine::Engine;

/// Where deliveries wait to be carried out.
#[derive(Default)]
pub(crate) struct Desk {
    engine: Weak<Engine>,
    inside: Mutex<Inside>,
    /// Tells the courier that there is something new.
    pub(super) changed: Notify,
}

#[derive(Default)]
struct Inside {
    receivers: Receivers,
    functions: Functions,
    waiting: VecDeque<(DeliveryId, Arc<Post>)>,
    /// Attempts in the air, with the time until which each may be answered.
    in_the_air: BTreeMap<DeliveryId, Timestamp>,
    /// How many worlds there were before this one: what comes of a delivery concerns its own world alone.
    worlds: u64,
    /// Whether somebody has to let time pass until channels write their objects.
    has_objects: bool,
    /// Whether the courier is at work.
    is_running: bool,
    #[cfg(feature = "server")]
    client: Option<super::Client>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inside { receivers, functions, waiting, is_running, .. } = &*self.inside();
        formatter
            .debug_struct("Desk")
            .field("receivers", receivers)
            .field("functions", functions)
            .field("waiting", &waiting.len())
            .field("is_running", is_running)
            .finish_non_exhaustive()
    }
}

/// Who carries out a delivery.
#[derive(Debug, Clone)]
pub(super) enum Carrier {
    /// A receiver in this process.
    Receiver(Receiver),
    /// Real HTTP.
    #[cfg(feature = "server")]
    Client(super::Client),
}

impl Desk {
    /// The desk of an engine.
    pub(crate) fn new(engine: Weak<Engine>, functions: Functions) -> Self {
        let inside = Inside { functions, ..Inside::default() };
        Self { engine, inside: Mutex::new(inside), changed: Notify::new() }
    }

    /// Puts a receiver at an address.
    pub(crate) fn receive(&self, address: &str, receiver: Receiver) {
        self.inside().receivers.insert(address, receiver);
    }

    /// Takes the receiver away from an address.
    pub(crate) fn forget(&self, address: &str) {
        self.inside().receivers.remove(address);
    }

    /// Takes all receivers away.
    pub(crate) fn forget_all(&self) {
        let receivers = std::mem::take(&mut self.inside().receivers);
        // What they hold may have something to say to this desk.
        drop(receivers);
    }

    /// Lets deliveries out over real HTTP.
    #[cfg(feature = "server")]
    pub(crate) fn open(&self, client: super::Client) {
        self.inside().client = Some(client);
    }

    /// Takes a delivery, unless there is nobody to carry it out.
    #[must_use]
    pub(crate) fn take(&self, delivery: DeliveryId, post: &Arc<Post>) -> bool {
        let mut inside = self.inside();
        let is_taken = inside.carrier(post).is_some();
        if is_taken {
            inside.waiting.push_back((delivery, Arc::clone(post)));
        }
        is_taken
    }

    /// Forgets the deliveries that wait: their world is no more.
    #[cfg(feature = "server")]
    pub(crate) fn clear(&self) {
        let mut inside = self.inside();
        inside.waiting.clear();
        inside.in_the_air.clear();
        inside.worlds += 1;
    }

    /// Sees to it that a courier is at work if there is something for it to do, be it only to let time pass.
    pub(crate) fn attend(&self, has_objects: bool) {
        let mut inside = self.inside();
        let waited = std::mem::replace(&mut inside.has_objects, has_objects);
        if inside.waiting.is_empty() && !has_objects {
            if waited {
                // The courier may go home.
                self.changed.notify_one();
            }
            return;
        }
        if inside.is_running {
            // Who only lets time pass learns from the pace that there is something to wait for.
            if !inside.waiting.is_empty() {
                self.changed.notify_one();
            }
        } else if let (Some(engine), Ok(runtime)) = (self.engine.upgrade(), Handle::try_current()) {
            inside.is_running = true;
            runtime.spawn(courier::run(engine, self.guard()));
        }
    }

    /// The next delivery, whose attempt may be answered until `end`, and who carries it out; `None` when it has nobody any more.
    pub(super) fn next(&self, end: Timestamp) -> Option<(DeliveryId, Arc<Post>, Option<Carrier>)> {
        let mut inside = self.inside();
        let (delivery, post) = inside.waiting.pop_front()?;
        let carrier = inside.carrier(&post);
        inside.in_the_air.insert(delivery, end);
        Some((delivery, post, carrier))
    }

    /// An attempt has ended, and what came of it is settled.
    pub(super) fn ended(&self, delivery: DeliveryId) {
        self.inside().in_the_air.remove(&delivery);
    }

    /// How many deliveries wait or are in the air, and when the first of these has been without an answer for too long.
    #[cfg(feature = "server")]
    pub(crate) fn under_way(&self) -> (usize, Option<Timestamp>) {
        let Inside { waiting, in_the_air, .. } = &*self.inside();
        (waiting.len() + in_the_air.len(), in_the_air.values().min().copied())
    }

    /// How many worlds there were before this one.
    pub(super) fn worlds(&self) -> u64 {
        self.inside().worlds
    }

    /// The courier stops, unless something came in the meantime.
    pub(super) fn may_stop(&self) -> bool {
        let mut inside = self.inside();
        inside.is_running = !inside.waiting.is_empty() || inside.has_objects;
        !inside.is_running
    }

    /// Notes that the courier is gone, whatever took it, a runtime that ended above all.
    fn guard(&self) -> Running {
        Running(Some(self.engine.clone()))
    }

    /// Where a delivery goes over HTTP.
    pub(super) fn address(&self, post: &Post) -> String {
        self.inside().address(post)
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn carrier(&self, post: &Post) -> Option<Carrier> {
        let named = post.to.to_string();
        let address = self.address(post);
        if let Some(receiver) = self.receivers.find(&named).or_else(|| self.receivers.find(&address)) {
            return Some(Carrier::Receiver(receiver.clone()));
        }
        #[cfg(feature = "server")]
        if let Some(client) = self.client.as_ref().filter(|client| client.may_reach(&address)) {
            return Some(Carrier::Client(client.clone()));
        }
        None
    }

    /// A function that is nowhere to be invoked has an address without a host, which only a receiver in this process can have.
    fn address(&self, post: &Post) -> String {
        match &post.to {
            Destination::Url(url) => url.clone(),
            Destination::Function(arn) => match self.functions.find(arn) {
                Some(url) => url.to_owned(),
                None => format!("/2015-03-31/functions/{}/invocations", name(arn)),
            },
        }
    }
}

/// Tells the desk that its courier is gone, unless it took its leave.
#[derive(Debug)]
pub(super) struct Running(Option<Weak<Engine>>);

impl Running {
    /// The desk knows already.
    pub(super) fn leave(mut self) {
        self.0 = None;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(engine) = self.0.take().and_then(|engine| engine.upgrade()) {
            let mut inside = engine.desk.inside();
            inside.is_running = false;
            inside.in_the_air.clear();
        }
    }
}

/// The request of a delivery.
pub(super) fn request(post: &Post, address: &str) -> Result<Request<Bytes>, Attempted> {
    let mut request = Request::post(address);
    for (name, value) in &post.headers {
        request = request.header(*name, value);
    }
    let body = Bytes::from(post.body.to_string());
    request.body(body).map_err(|error| Attempted::Failed(format!("`{address}` is no address: {error}")))
}

/// What an answer says.
pub(super) fn attempted(response: &Response<Bytes>) -> Attempted {
    Attempted::Answered(response.status().as_u16())
}
