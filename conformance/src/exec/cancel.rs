//! How a run is told to stop.

use std::sync::Arc;

use tokio::sync::watch;

/// Tells running cases to stop and clean up. Clones are one and the same.
#[derive(Debug, Clone)]
pub struct Cancel {
    flag: Arc<watch::Sender<bool>>,
}

impl Cancel {
    /// Not cancelled.
    pub fn new() -> Self {
        Self { flag: Arc::new(watch::Sender::new(false)) }
    }

    /// Cancels, for good.
    pub fn cancel(&self) {
        self.flag.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.flag.borrow()
    }

    /// Waits until it is cancelled, on any runtime.
    pub async fn cancelled(&self) {
        let mut watcher = self.flag.subscribe();
        // The sender lives as long as `self`.
        let _ = watcher.wait_for(|cancelled| *cancelled).await;
    }
}

impl Default for Cancel {
    fn default() -> Self {
        Self::new()
    }
}
