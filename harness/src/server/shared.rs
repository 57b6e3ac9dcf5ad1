//! What all connections of a server share.

use std::sync::Arc;

use redeliver_chaos::plan::Place;

use super::between::Between;
use super::body::Room;
use super::history::History;
use super::{Auth, Bounds, Settings};
use crate::caller::Home;
use crate::engine::Engine;

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
        let room = Room::new(settings.bounds.bodies_bytes);
        let between = Between::new(Place::Serve, &engine.clock, settings.faults);
        Self {
            engine,
            home,
            history: History::new(settings.history_bytes, begin),
            between,
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
