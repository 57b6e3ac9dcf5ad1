//! Where objects wait to be written.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redeliver_core::kinesis::StoredObject;
use redeliver_core::sns::Entry;

use super::entry::entry;
use super::folder;

/// So many objects are kept in the outbox; the oldest go first.
const KEPT_MAX: usize = 10_000;

/// Where objects wait to be written. Clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Store(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    folder: Option<PathBuf>,
    #[cfg(feature = "server")]
    bucket: Option<super::Bucket>,
    waiting: VecDeque<Arc<StoredObject>>,
    /// What nobody wrote.
    kept: VecDeque<Entry>,
}

impl Store {
    /// A store that writes into a folder, or one that keeps all.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self(Arc::new(Mutex::new(Inside { folder, ..Inside::default() })))
    }

    /// Writes to a bucket from here on.
    #[cfg(feature = "server")]
    pub(crate) fn open(&self, bucket: super::Bucket) {
        self.inside().bucket = Some(bucket);
    }

    /// Whether objects leave this process, so that somebody has to let time pass until they do.
    pub(crate) fn is_open(&self) -> bool {
        let inside = self.inside();
        #[cfg(feature = "server")]
        if inside.bucket.is_some() {
            return true;
        }
        inside.folder.is_some()
    }

    /// Takes an object, to be written by [`Self::attend`].
    pub(crate) fn take(&self, object: Arc<StoredObject>) {
        self.inside().waiting.push_back(object);
    }

    /// Writes what waits. Not to be called where somebody waits for the world.
    pub(crate) fn attend(&self) {
        loop {
            let (object, folder) = {
                let mut inside = self.inside();
                let Some(object) = inside.waiting.pop_front() else { return };
                (object, inside.folder.clone())
            };
            #[cfg(feature = "server")]
            if self.put(&object) {
                continue;
            }
            let written = folder.map(|folder| folder::write(&folder, &object));
            match written {
                Some(Ok(())) => {}
                Some(Err(error)) => self.keep(&object, Some(format!("it could not be written: {error}"))),
                None => self.keep(&object, None),
            }
        }
    }

    /// Lets an object be put into a bucket where there is one, by a task of its own.
    #[cfg(feature = "server")]
    fn put(&self, object: &Arc<StoredObject>) -> bool {
        let Some(bucket) = self.inside().bucket.clone() else { return false };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return false };
        let (store, object) = (self.clone(), Arc::clone(object));
        runtime.spawn(async move {
            if let Err(failure) = bucket.put(&object).await {
                tracing::warn!(target: "redeliver::kinesis", bucket = object.bucket, key = object.key, "an object was not stored: {failure}");
                store.keep(&object, Some(failure));
            }
        });
        true
    }

    /// What nobody wrote, the oldest first.
    pub(crate) fn kept(&self) -> Vec<Entry> {
        self.inside().kept.iter().cloned().collect()
    }

    /// Forgets what waits and what is kept: their world is no more.
    #[cfg(feature = "server")]
    pub(crate) fn clear(&self) {
        let mut inside = self.inside();
        inside.waiting.clear();
        inside.kept.clear();
    }

    fn keep(&self, object: &StoredObject, failure: Option<String>) {
        let mut inside = self.inside();
        if inside.kept.len() == KEPT_MAX {
            inside.kept.pop_front();
        }
        inside.kept.push_back(entry(object, failure));
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
