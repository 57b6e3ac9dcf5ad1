//! One application.

use std::collections::BTreeMap;
use std::ops::Bound;

use indexmap::IndexMap;

use super::attributes::Settings;
use super::endpoint::Endpoint;
use super::name::Platform;
use crate::Uuid;

/// An application on a push service, with the endpoints of its devices.
#[derive(Debug)]
pub(crate) struct Application {
    /// Its ARN.
    pub(super) arn: String,
    /// The push service.
    pub(crate) platform: Platform,
    /// Its attributes.
    pub(super) settings: Settings,
    endpoints: BTreeMap<Uuid, Endpoint>,
    tokens: BTreeMap<String, Uuid>,
}

impl Application {
    /// An application without endpoints.
    pub(super) fn new(arn: String, platform: Platform, settings: Settings) -> Self {
        Self { arn, platform, settings, endpoints: BTreeMap::new(), tokens: BTreeMap::new() }
    }

    /// The attributes that callers see.
    pub(super) fn attributes(&self) -> IndexMap<String, String> {
        self.settings.shown()
    }

    /// Whether messages go out.
    pub(crate) fn is_enabled(&self) -> bool {
        self.settings.enabled
    }

    /// The ARN of an endpoint.
    pub(super) fn endpoint_arn(&self, id: Uuid) -> String {
        // The application's ARN is `..:app/ADM/name`, and those of its endpoints are `..:endpoint/ADM/name/id`.
        format!("{}/{id}", self.arn.replacen(":app/", ":endpoint/", 1))
    }

    /// The endpoint with this token.
    pub(super) fn endpoint_by_token(&self, token: &str) -> Option<(Uuid, &Endpoint)> {
        let id = *self.tokens.get(token)?;
        Some((id, self.endpoints.get(&id)?))
    }

    /// An endpoint.
    pub(super) fn endpoint(&self, id: Uuid) -> Option<&Endpoint> {
        self.endpoints.get(&id)
    }

    /// An endpoint, to be changed; its token is changed by [`Self::insert`].
    pub(super) fn endpoint_mut(&mut self, id: Uuid) -> Option<&mut Endpoint> {
        self.endpoints.get_mut(&id)
    }

    /// Adds an endpoint, or puts another one in its place.
    pub(super) fn insert(&mut self, id: Uuid, endpoint: Endpoint) {
        self.remove(id);
        self.tokens.insert(endpoint.token.clone(), id);
        self.endpoints.insert(id, endpoint);
    }

    /// Takes an endpoint out.
    pub(super) fn remove(&mut self, id: Uuid) {
        if let Some(endpoint) = self.endpoints.remove(&id) {
            self.tokens.remove(&endpoint.token);
        }
    }

    /// The endpoints after one, in the order of their ids.
    pub(super) fn endpoints_after(&self, id: Option<Uuid>) -> impl Iterator<Item = (&Uuid, &Endpoint)> {
        self.endpoints.range((id.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded))
    }
}
