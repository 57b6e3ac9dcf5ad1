//! What consumers did to the outside world.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use redeliver_check::What;
use serde_json::Value;

use super::life::{self, Life};
use super::log::Log;

/// What consumers did to the outside world, by business key: payments, mails, rows. It lives outside of the consumers and survives
/// their crashes. Clones are the same probe.
#[derive(Debug, Clone)]
pub struct Effects {
    done: Arc<Mutex<BTreeMap<String, Vec<Value>>>>,
    log: Arc<Log>,
    /// Whose they are; of the test itself none.
    life: Option<Arc<Life>>,
}

impl Effects {
    pub(crate) fn new(log: Arc<Log>) -> Self {
        Self { done: Arc::default(), log, life: None }
    }

    /// The same probe in the hands of one life: what it spawned can't record any more when it is over.
    pub(crate) fn of_life(&self, life: &Arc<Life>) -> Self {
        Self { life: Some(Arc::clone(life)), ..self.clone() }
    }

    /// Notes that something was done for `key`, and what. What a worker does while it is being killed is not noted: a killed process
    /// does nothing more.
    pub fn record(&self, key: impl Into<String>, value: impl Into<Value>) {
        let (key, value) = (key.into(), value.into());
        if self.note(What::Effect { key: key.clone(), value: value.clone(), message: None }) {
            self.done.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().push(value);
        }
    }

    /// Notes what whoever acts has done; false when nobody does, since it is being killed.
    pub(crate) fn note(&self, what: What) -> bool {
        let own = self.life.as_ref().map(|life| (!life.is_over()).then_some(life.worker.process));
        let process = own.unwrap_or_else(life::acting);
        if let Some(process) = process {
            self.log.add(process, what);
        }
        process.is_some()
    }

    /// All effects by business key, each in the order in which they were recorded.
    pub fn snapshot(&self) -> BTreeMap<String, Vec<Value>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Effects of this business key.
    pub fn of(&self, key: &str) -> Vec<Value> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned().unwrap_or_default()
    }
}
