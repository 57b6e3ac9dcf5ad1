//! The rows of the table of leases.

use std::collections::BTreeMap;

use super::lease::{Lease, LeaseError, SHARD_END};

/// After so long without being renewed a lease is free, as the Kinesis Client Library has it by default.
/// <https://github.com/awslabs/amazon-kinesis-client/blob/master/docs/kcl-configurations.md>
const EXPIRES_MS: u64 = 10_000;

/// Leases by shard.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: BTreeMap<String, Row>,
}

/// One of them.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) owner: Option<String>,
    pub(super) epoch: u64,
    pub(super) renewed_at_ms: u64,
    pub(super) checkpoint: Option<String>,
    pub(super) sub_sequence: Option<u64>,
}

impl Row {
    /// Whether nobody has it, or its owner has not renewed it for long enough.
    pub(super) fn is_free(&self, now_ms: u64) -> bool {
        self.owner.is_none() || now_ms >= self.renewed_at_ms + EXPIRES_MS
    }

    /// As a worker sees it.
    pub(super) fn lease(&self, shard: &str, now_ms: u64) -> Lease {
        Lease {
            shard: shard.to_owned(),
            owner: self.owner.clone(),
            epoch: self.epoch,
            checkpoint: self.checkpoint.clone(),
            sub_sequence: self.sub_sequence,
            is_free: self.is_free(now_ms),
        }
    }

    /// Gives it to another owner.
    pub(super) fn take(&mut self, owner: &str, now_ms: u64) {
        self.owner = Some(owner.to_owned());
        self.epoch += 1;
        self.renewed_at_ms = now_ms;
    }
}

impl Table {
    /// The row of a shard, which is made if it is not there.
    pub(super) fn row(&mut self, shard: &str) -> &mut Row {
        self.rows.entry(shard.to_owned()).or_default()
    }

    /// The row of a lease that nobody has taken since.
    pub(super) fn held(&mut self, lease: &Lease) -> Result<&mut Row, LeaseError> {
        let row = self.rows.get_mut(&lease.shard).filter(|row| row.epoch == lease.epoch);
        row.ok_or(LeaseError::Lost)
    }

    /// All of it.
    pub(super) fn list(&self, now_ms: u64) -> Vec<Lease> {
        self.rows.iter().map(|(shard, row)| row.lease(shard, now_ms)).collect()
    }

    /// Whether a lease was not renewed since then, by whoever has it, though its shard is not at its end: somebody will take it.
    pub(super) fn has_orphan(&self, since_ms: u64) -> bool {
        let is_orphan = |row: &Row| {
            row.owner.is_some() && row.renewed_at_ms < since_ms && row.checkpoint.as_deref() != Some(SHARD_END)
        };
        self.rows.values().any(is_orphan)
    }

    /// What was written for each shard.
    pub(super) fn checkpoints(&self) -> BTreeMap<String, String> {
        let written = |(shard, row): (&String, &Row)| Some((shard.clone(), row.checkpoint.clone()?));
        self.rows.iter().filter_map(written).collect()
    }
}
