//! Queues by key, URL and ARN; names of queues that were deleted.

use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::queue::{QueueId, QueueKey};
use super::{Error, Sqs};
use crate::{Caller, Timestamp};

/// The queues of one account and region, in the order of their names.
pub(super) type Names = BTreeMap<Arc<str>, QueueId>;

/// All queues, by account, region and name: accounts and regions see nothing of each other.
#[derive(Debug, Default)]
pub(super) struct Registry {
    /// What calls and deliveries look queues up in: a step or two, however many there are.
    index: HashTable<(QueueKey, QueueId)>,
    /// What lists are made of.
    accounts: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Names>>,
    /// When queues were deleted whose names may still be barred.
    deleted: BTreeMap<QueueKey, Timestamp>,
}

impl Registry {
    /// The queue of this account, region and name.
    pub(super) fn get(&self, account: &str, region: &str, name: &str) -> Option<QueueId> {
        let is_it =
            |(key, _): &(QueueKey, QueueId)| *key.name == *name && *key.account == *account && *key.region == *region;
        self.index.find(hash(account, region, name), is_it).map(|&(_, id)| id)
    }

    /// The queues of this account and region, if there have ever been any.
    pub(super) fn names(&self, account: &str, region: &str) -> Option<&Names> {
        self.accounts.get(account)?.get(region)
    }

    /// Adds a queue.
    pub(super) fn insert(&mut self, key: &QueueKey, id: QueueId) {
        if let Ok(earlier) = self.index.find_entry(hash_of(key), |(other, _)| other == key) {
            earlier.remove();
        }
        self.index.insert_unique(hash_of(key), (key.clone(), id), |(key, _)| hash_of(key));
        let regions = self.accounts.entry(Arc::clone(&key.account)).or_default();
        regions.entry(Arc::clone(&key.region)).or_default().insert(Arc::clone(&key.name), id);
    }

    /// Takes a queue out, unless another one has its name by now.
    pub(super) fn remove(&mut self, key: &QueueKey, id: QueueId) {
        let names = self.accounts.get_mut(&key.account).and_then(|regions| regions.get_mut(&key.region));
        if let Some(names) = names
            && names.get(&key.name) == Some(&id)
        {
            names.remove(&key.name);
            let entry = self.index.find_entry(hash_of(key), |(other, _)| other == key);
            entry.expect("queues in lists are in the index").remove();
        }
    }

    /// Notes that the queue of this name was deleted, and forgets names that are no longer barred.
    pub(super) fn note_deletion(&mut self, now: Timestamp, key: QueueKey, cooldown_ms: u64) {
        self.deleted.retain(|_, at| is_within(now, *at, cooldown_ms));
        self.deleted.insert(key, now);
    }

    /// Whether the queue of this name was deleted less than `cooldown_ms` ago.
    pub(super) fn is_barred(&self, now: Timestamp, key: &QueueKey, cooldown_ms: u64) -> bool {
        self.deleted.get(key).is_some_and(|at| is_within(now, *at, cooldown_ms))
    }

    /// Notes that the name is in use again.
    pub(super) fn forget_deletion(&mut self, key: &QueueKey) {
        self.deleted.remove(key);
    }

    /// Whether the queue of this name was deleted, though requests may still see it.
    pub(super) fn is_deleted(&self, key: &QueueKey) -> bool {
        self.deleted.contains_key(key)
    }
}

fn hash_of(key: &QueueKey) -> u64 {
    hash(&key.account, &key.region, &key.name)
}

fn hash(account: &str, region: &str, name: &str) -> u64 {
    FxBuildHasher.hash_one((name, account, region))
}

fn is_within(now: Timestamp, earlier: Timestamp, milliseconds: u64) -> bool {
    earlier.as_millis().saturating_add(milliseconds) > now.as_millis()
}

impl Sqs {
    /// The queue of this URL. AWS also takes the path of a URL, and the bare name of a queue of the caller's account. Which host the URL
    /// names does not matter; the region is the caller's.
    pub(super) fn find_by_url(&self, caller: &Caller, url: Option<&str>) -> Result<QueueId, Error> {
        let url = url.filter(|url| !url.is_empty()).ok_or(Error::MissingParameter { parameter: "QueueUrl" })?;
        let place = Place::parse(url).ok_or_else(|| Error::InvalidAddress { url: url.to_owned() })?;
        let account = place.account.unwrap_or(&caller.account);
        self.registry.get(account, &caller.region, place.name).ok_or(Error::QueueDoesNotExist)
    }

    /// The queue of this ARN, which was found at `known` before: as long as no queue was deleted it is there still.
    pub(super) fn find_again(&self, arn: &str, known: Option<QueueId>) -> Option<QueueId> {
        known.filter(|_| self.registry.deleted.is_empty()).or_else(|| self.find_by_arn(arn))
    }

    /// The queue of this ARN, if there is one.
    pub(super) fn find_by_arn(&self, arn: &str) -> Option<QueueId> {
        let mut parts = arn.splitn(6, ':');
        let is_queue = parts.next() == Some("arn") && parts.next().is_some() && parts.next() == Some("sqs");
        let [region, account, name] = [parts.next()?, parts.next()?, parts.next()?];
        self.registry.get(account, region, name).filter(|_| is_queue)
    }
}

/// What a queue's URL says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The owner; `None` in a bare name.
    pub(super) account: Option<&'a str>,
    /// The queue's name.
    pub(super) name: &'a str,
}

impl<'a> Place<'a> {
    /// Reads `https://host/account/name`, `/account/name` or `name`. Every call does so, hence from the end: the host is not looked at.
    pub(super) fn parse(url: &'a str) -> Option<Self> {
        let path = url.trim_end_matches('/');
        let Some((before, name)) = rsplit_slash(path) else {
            return (path.len() == url.len()).then_some(Self { account: None, name: path });
        };
        let (before, account) = rsplit_slash(before).unwrap_or(("", before));
        // After a scheme there is a host, which is no account.
        let is_host = before.ends_with(":/");
        (!is_host && !account.is_empty() && !name.is_empty()).then_some(Self { account: Some(account), name })
    }
}

/// What is before and after the last slash.
fn rsplit_slash(text: &str) -> Option<(&str, &str)> {
    let slash = text.bytes().rposition(|byte| byte == b'/')?;
    Some((&text[..slash], &text[slash + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{Place, QueueId, QueueKey, Registry};
    use crate::Timestamp;

    fn key(account: &str, region: &str, name: &str) -> QueueKey {
        QueueKey { account: account.into(), region: region.into(), name: name.into() }
    }

    #[test]
    fn url_path_and_bare_name_lead_to_the_queue() {
        let full = Some(Place { account: Some("123"), name: "q.fifo" });
        for url in ["https://sqs.us-east-1.amazonaws.com/123/q.fifo", "http://localhost:4566/123/q.fifo", "/123/q.fifo"]
        {
            assert_eq!(Place::parse(url), full, "{url}");
        }
        assert_eq!(Place::parse("q.fifo"), Some(Place { account: None, name: "q.fifo" }));
    }

    #[test]
    fn url_without_account_and_name_is_none() {
        for url in ["https://host", "https://host/", "https://host/name", "/name", "/", "//"] {
            assert_eq!(Place::parse(url), None, "{url}");
        }
    }

    #[test]
    fn accounts_and_regions_are_separate() {
        let mut registry = Registry::default();
        registry.insert(&key("1", "eu", "q"), QueueId(0));
        registry.insert(&key("1", "us", "q"), QueueId(1));
        registry.insert(&key("2", "eu", "q"), QueueId(2));
        let found = [("1", "eu"), ("1", "us"), ("2", "eu"), ("2", "us")]
            .map(|(account, region)| registry.get(account, region, "q"));
        assert_eq!(found, [Some(QueueId(0)), Some(QueueId(1)), Some(QueueId(2)), None]);
    }

    #[test]
    fn removal_spares_a_later_queue_of_the_same_name() {
        let mut registry = Registry::default();
        registry.insert(&key("1", "eu", "q"), QueueId(1));
        registry.remove(&key("1", "eu", "q"), QueueId(0));
        assert_eq!(registry.get("1", "eu", "q"), Some(QueueId(1)));
        registry.remove(&key("1", "eu", "q"), QueueId(1));
        assert_eq!(registry.get("1", "eu", "q"), None);
    }

    #[test]
    fn name_is_barred_for_as_long_as_the_cooldown() {
        let mut registry = Registry::default();
        let key = key("1", "eu", "q");
        registry.note_deletion(Timestamp(1_000), key.clone(), 60_000);
        let barred = |now, cooldown| registry.is_barred(Timestamp(now), &key, cooldown);
        assert_eq!([barred(1_000, 60_000), barred(60_999, 60_000), barred(61_000, 60_000)], [true, true, false]);
        assert!(!barred(1_000, 0), "a lifted cooldown bars nothing");
    }
}
