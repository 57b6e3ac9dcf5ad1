//! What all connections of a server share.

use std::sync::Arc;

use redeliver_chaos::plan::Place;

use super::between::Between;
use super::body::Room;
use super::history::History;
use super::{Auth, Bounds, Settings};
use crate::caller::Home;
use crate::engine::Engine;
use crate::proxy::Upstream;
use crate::webhook::Client;

/// What all connections of a server share.
#[derive(Debug)]
pub(crate) struct Shared {
    /// The world.
    pub(crate) engine: Arc<Engine>,
    /// Whom requests are taken to come from where they do not say.
    pub(crate) home: Arc<Home>,
    /// What was asked.
    pub(crate) history: History,
    /// Faults.
    pub(crate) between: Between,
    /// Who answers in place of the world.
    pub(crate) upstream: Option<Upstream>,
    /// Where the server answers.
    pub(crate) url: String,
    /// Whether the control API answers.
    pub(crate) control: bool,
    /// Names by which the control API may be asked besides loopback names and addresses.
    pub(crate) control_hosts: Vec<String>,
    pub(super) auth: Auth,
    pub(super) bounds: Bounds,
    pub(super) room: Room,
    pub(super) secure: bool,
}

impl Shared {
    pub(super) fn new(engine: Arc<Engine>, home: Arc<Home>, url: String, settings: Settings) -> Self {
        let begin = engine.clock.now();
        engine.desk.open(Client::new(&settings.webhook_hosts));
        if let Some(bucket) = settings.channel_bucket {
            engine.store.open(bucket);
        }
        let room = Room::new(settings.bounds.bodies_bytes);
        let place = if settings.upstream.is_some() { Place::Proxy } else { Place::Serve };
        let between = Between::new(place, &engine, settings.faults);
        Self {
            engine,
            home,
            history: History::new(settings.history_bytes, begin),
            between,
            upstream: settings.upstream,
            url,
            control: settings.control,
            control_hosts: settings.control_hosts,
            auth: settings.auth,
            bounds: settings.bounds,
            room,
            secure: settings.tls.is_some(),
        }
    }
}
