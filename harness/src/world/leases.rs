//! The table of leases: what keeps workers of a stream apart, and their place.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use super::lease::{Lease, LeaseError, SHARD_END};
use super::life::Life;
use super::run::Run;

/// A table of leases, as consumers of streams keep one in a database: which worker reads which shard, and how far it is. Every call takes a
/// round trip, may fail, and is written down in the history. It outlives its workers. Clones are the same table.
#[derive(Debug, Clone)]
pub struct Leases {
    run: Arc<Run>,
    life: Arc<Life>,
}

/// After so long without being renewed a lease is free, as the Kinesis Client Library has it by default.
/// <https://github.com/awslabs/amazon-kinesis-client/blob/master/docs/kcl-configurations.md>
const EXPIRES_MS: u64 = 10_000;

/// Leases by shard.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: BTreeMap<String, Row>,
}

#[derive(Debug, Default)]
struct Row {
    owner: Option<String>,
    epoch: u64,
    renewed_at_ms: u64,
    checkpoint: Option<String>,
    sub_sequence: Option<u64>,
}

impl Row {
    fn is_free(&self, now_ms: u64) -> bool {
        self.owner.is_none() || now_ms >= self.renewed_at_ms + EXPIRES_MS
    }

    fn lease(&self, shard: &str, now_ms: u64) -> Lease {
        Lease {
            shard: shard.to_owned(),
            owner: self.owner.clone(),
            epoch: self.epoch,
            checkpoint: self.checkpoint.clone(),
            sub_sequence: self.sub_sequence,
            is_free: self.is_free(now_ms),
        }
    }

    fn take(&mut self, owner: &str, now_ms: u64) {
        self.owner = Some(owner.to_owned());
        self.epoch += 1;
        self.renewed_at_ms = now_ms;
    }
}

impl Table {
    /// The row of a lease that nobody has taken since.
    fn held(&mut self, lease: &Lease) -> Result<&mut Row, LeaseError> {
        let row = self.rows.get_mut(&lease.shard).filter(|row| row.epoch == lease.epoch);
        row.ok_or(LeaseError::Lost)
    }

    /// What was written for each shard.
    pub(crate) fn checkpoints(&self) -> BTreeMap<String, String> {
        let written = |(shard, row): (&String, &Row)| Some((shard.clone(), row.checkpoint.clone()?));
        self.rows.iter().filter_map(written).collect()
    }
}

impl Leases {
    pub(crate) fn new(run: Arc<Run>, life: Arc<Life>) -> Self {
        Self { run, life }
    }

    /// All leases by shard. A shard that nobody has taken yet has none.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Unavailable`].
    pub async fn list(&self) -> Result<Vec<Lease>, LeaseError> {
        self.call(|table, now_ms| Ok(table.rows.iter().map(|(shard, row)| row.lease(shard, now_ms)).collect())).await
    }

    /// Takes the lease of a shard that is free, or that this worker had in an earlier life.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Taken`], [`LeaseError::Unavailable`].
    pub async fn take(&self, shard: &str) -> Result<Lease, LeaseError> {
        let owner = &self.life.worker.name;
        self.call(|table, now_ms| {
            let row = table.rows.entry(shard.to_owned()).or_default();
            if !row.is_free(now_ms) && row.owner.as_ref() != Some(owner) {
                return Err(LeaseError::Taken);
            }
            row.take(owner, now_ms);
            Ok(row.lease(shard, now_ms))
        })
        .await
    }

    /// Takes a lease from its owner, who learns it from the table, if nobody has taken it since it was listed: for workers that have less
    /// than their share.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn steal(&self, lease: &Lease) -> Result<Lease, LeaseError> {
        let owner = &self.life.worker.name;
        self.call(|table, now_ms| {
            let row = table.held(lease)?;
            row.take(owner, now_ms);
            Ok(row.lease(&lease.shard, now_ms))
        })
        .await
    }

    /// Keeps a lease for longer.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn renew(&self, lease: &Lease) -> Result<(), LeaseError> {
        self.call(|table, now_ms| {
            table.held(lease)?.renewed_at_ms = now_ms;
            Ok(())
        })
        .await
    }

    /// Notes how far the owner of a lease is: after the record with this sequence number, or at [`SHARD_END`].
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn checkpoint(&self, lease: &Lease, sequence: &str) -> Result<(), LeaseError> {
        self.write(lease, sequence, None).await
    }

    /// The same within a record that holds several: `done` of them are.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn checkpoint_within(&self, lease: &Lease, sequence: &str, done: u64) -> Result<(), LeaseError> {
        self.write(lease, sequence, Some(done)).await
    }

    /// Notes that the shard of a lease was read to its end.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn checkpoint_end(&self, lease: &Lease) -> Result<(), LeaseError> {
        self.write(lease, SHARD_END, None).await
    }

    async fn write(&self, lease: &Lease, sequence: &str, done: Option<u64>) -> Result<(), LeaseError> {
        self.call(|table, now_ms| {
            let row = table.held(lease)?;
            row.checkpoint = Some(sequence.to_owned());
            row.sub_sequence = done;
            row.renewed_at_ms = now_ms;
            Ok(())
        })
        .await
    }

    /// Gives a lease back, so that others need not wait.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn release(&self, lease: &Lease) -> Result<(), LeaseError> {
        self.call(|table, _| {
            table.held(lease)?.owner = None;
            Ok(())
        })
        .await
    }

    /// One call: there, its effect, and back.
    async fn call<T>(&self, effect: impl FnOnce(&mut Table, u64) -> Result<T, LeaseError>) -> Result<T, LeaseError> {
        let half = self.run.setup.round_trip / 2;
        self.travel(half).await;
        let done = effect(&mut self.run.leases(), self.run.log.now_ms());
        self.travel(half).await;
        done
    }

    /// What a dead process had spawned may still run, but its network is gone.
    async fn travel(&self, time: Duration) {
        if self.life.is_over() || self.run.is_exhausted() {
            pending().await
        }
        self.run.clock().advance(time).await;
    }
}
