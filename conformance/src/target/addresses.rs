//! Where the services of a target answer.

use indexmap::IndexMap;
use redeliver_model::Service;

use super::Endpoint;

/// Where the services of a target answer: mostly all at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    main: Endpoint,
    others: IndexMap<Service, Endpoint>,
}

impl Addresses {
    /// All at one address but for these.
    pub fn new(main: Endpoint, others: IndexMap<Service, Endpoint>) -> Self {
        Self { main, others }
    }

    /// Where most of them answer, and the control API if there is one.
    pub fn main(&self) -> &Endpoint {
        &self.main
    }

    /// Where this service answers.
    pub fn of(&self, service: Service) -> &Endpoint {
        self.others.get(&service).unwrap_or(&self.main)
    }

    /// Each address once, the main one first.
    pub fn iter(&self) -> impl Iterator<Item = &Endpoint> {
        std::iter::once(&self.main).chain(self.others.values().filter(|endpoint| **endpoint != self.main))
    }
}

impl From<Endpoint> for Addresses {
    fn from(main: Endpoint) -> Self {
        Self::new(main, IndexMap::new())
    }
}
