//! The endpoints of a case.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redeliver::Harness;
use redeliver_spec::HookAnswer;
use tokio::time::Instant;

use super::inbox::Inbox;
use super::listener::Listener;

/// The endpoints of a case, by name.
#[derive(Debug, Default)]
pub(in crate::exec) struct Endpoints {
    /// The target, when it is in this process.
    harness: Option<Harness>,
    open: Mutex<BTreeMap<String, Endpoint>>,
}

#[derive(Debug)]
struct Endpoint {
    address: String,
    inbox: Arc<Inbox>,
    /// Closes with it.
    _listener: Option<Listener>,
}

impl Endpoints {
    /// None yet; they will be within the process of the target, when it is in this one.
    pub(in crate::exec) fn new(harness: Option<Harness>) -> Self {
        Self { harness, open: Mutex::default() }
    }

    /// Opens an endpoint, or changes the answers of the one of this name; gives its address.
    pub(in crate::exec) async fn open(
        &self,
        unique: &str,
        name: &str,
        answers: &[HookAnswer],
    ) -> std::io::Result<String> {
        if let Some(endpoint) = self.all().get(name) {
            endpoint.inbox.answer_with(answers);
            return Ok(endpoint.address.clone());
        }
        let inbox = Arc::new(Inbox::new(answers));
        let (address, listener) = if let Some(harness) = &self.harness {
            // A name that nobody can have: <https://www.rfc-editor.org/rfc/rfc6761#section-6.2>.
            let address = format!("http://{unique}.test/{name}");
            let inbox = Arc::clone(&inbox);
            harness.receive_at(&address, move |request| {
                let inbox = Arc::clone(&inbox);
                async move { inbox.take(request).await }
            });
            (address, None)
        } else {
            let listener = Listener::open(Arc::clone(&inbox)).await?;
            (format!("http://{}/{name}", listener.address()), Some(listener))
        };
        let endpoint = Endpoint { address: address.clone(), inbox, _listener: listener };
        self.all().insert(name.to_owned(), endpoint);
        Ok(address)
    }

    /// What came to the endpoint of this name; `None` when there is none.
    pub(in crate::exec) fn inbox(&self, name: &str) -> Option<Arc<Inbox>> {
        self.all().get(name).map(|endpoint| Arc::clone(&endpoint.inbox))
    }

    /// Whether there is any.
    pub(in crate::exec) fn are_there(&self) -> bool {
        !self.all().is_empty()
    }

    /// How many requests wait for their answer, and when the first of them gets it.
    pub(in crate::exec) fn held(&self) -> (usize, Option<Instant>) {
        let all = self.all();
        let held = all.values().map(|endpoint| endpoint.inbox.held());
        held.fold((0, None), |(sum, first), (count, next)| (sum + count, first.into_iter().chain(next).min()))
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Endpoint>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
