//! The table of leases in the hands of a worker: what keeps the workers of a stream apart, and their place.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use redeliver_chaos::{Fate, TableCall, TableOperation, Turned};
use redeliver_check::{CheckpointEnd, LeaseState, What};

use super::lease::{Lease, LeaseError, SHARD_END};
use super::lease_table::Table;
use super::life::Life;
use super::run::Run;

/// A table of leases, as consumers of streams keep one in a database: which worker reads which shard, and how far it is. Every call takes a
/// round trip, may fail, and is written down in the history. It outlives its workers. Clones are the same table.
#[derive(Debug, Clone)]
pub struct Leases {
    run: Arc<Run>,
    life: Arc<Life>,
}

/// Who takes a lease where a fault says that somebody does. It does nothing with it.
const THIEF: &str = "another worker";

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
        self.call(None, |table, now_ms| Ok(table.list(now_ms))).await
    }

    /// Takes the lease of a shard that is free, or that this worker had in an earlier life.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Taken`], [`LeaseError::Unavailable`].
    pub async fn take(&self, shard: &str) -> Result<Lease, LeaseError> {
        let owner = &self.life.worker.name;
        let taken = self.call(Some((TableOperation::Take, shard)), |table, now_ms| {
            let row = table.row(shard);
            if !row.is_free(now_ms) && row.owner.as_ref() != Some(owner) {
                return Err(LeaseError::Taken);
            }
            row.take(owner, now_ms);
            self.tell(shard, row.epoch, LeaseState::Taken);
            Ok(row.lease(shard, now_ms))
        });
        taken.await
    }

    /// Takes a lease from its owner, who learns it from the table, if nobody has taken it since it was listed: for workers that have less
    /// than their share.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn steal(&self, lease: &Lease) -> Result<Lease, LeaseError> {
        let owner = &self.life.worker.name;
        let stolen = self.call(Some((TableOperation::Take, &lease.shard)), |table, now_ms| {
            let row = table.held(lease)?;
            row.take(owner, now_ms);
            self.tell(&lease.shard, row.epoch, LeaseState::Taken);
            Ok(row.lease(&lease.shard, now_ms))
        });
        stolen.await
    }

    /// Keeps a lease for longer.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn renew(&self, lease: &Lease) -> Result<(), LeaseError> {
        let renewed = self.call(Some((TableOperation::Renew, &lease.shard)), |table, now_ms| {
            table.held(lease)?.renewed_at_ms = now_ms;
            self.tell(&lease.shard, lease.epoch, LeaseState::Renewed);
            Ok(())
        });
        self.heed(lease, renewed.await)
    }

    /// Notes how far the owner of a lease is: after the record with this sequence number.
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

    /// Notes that the shard of a lease was read to its end; see [`SHARD_END`].
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn checkpoint_end(&self, lease: &Lease) -> Result<(), LeaseError> {
        self.write(lease, SHARD_END, None).await
    }

    async fn write(&self, lease: &Lease, sequence: &str, done: Option<u64>) -> Result<(), LeaseError> {
        let mut is_decided = false;
        let written = self.call(Some((TableOperation::Checkpoint, &lease.shard)), |table, now_ms| {
            is_decided = true;
            let held = table.held(lease);
            // It is noted here, where it is decided: on its way back another worker may take the lease.
            let outcome = if held.is_ok() { CheckpointEnd::Accepted } else { CheckpointEnd::Refused };
            self.tell_checkpoint(lease, sequence, outcome);
            let row = held?;
            row.checkpoint = Some(sequence.to_owned());
            row.sub_sequence = done;
            row.renewed_at_ms = now_ms;
            Ok(())
        });
        let written = written.await;
        if !is_decided {
            self.tell_checkpoint(lease, sequence, CheckpointEnd::Refused);
        }
        self.heed(lease, written)
    }

    /// Gives a lease back, so that others need not wait.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`], [`LeaseError::Unavailable`].
    pub async fn release(&self, lease: &Lease) -> Result<(), LeaseError> {
        let released = self.call(None, |table, _| {
            table.held(lease)?.owner = None;
            self.tell(&lease.shard, lease.epoch, LeaseState::Lost);
            Ok(())
        });
        self.heed(lease, released.await)
    }

    fn tell_checkpoint(&self, lease: &Lease, sequence: &str, outcome: CheckpointEnd) {
        let checkpoint = What::checkpoint(&lease.shard, sequence, lease.epoch, outcome);
        self.run.log.add(self.life.worker.process, checkpoint);
    }

    fn tell(&self, shard: &str, epoch: u64, state: LeaseState) {
        let worker = &self.life.worker;
        self.run.log.add(worker.process, What::lease(shard, &worker.name, epoch, state));
    }

    /// Notes that a worker learned that a lease is no longer its own.
    fn heed(&self, lease: &Lease, answer: Result<(), LeaseError>) -> Result<(), LeaseError> {
        if answer == Err(LeaseError::Lost) {
            self.tell(&lease.shard, lease.epoch, LeaseState::Lost);
        }
        answer
    }

    /// One call: there, its effect, and back.
    async fn call<T>(
        &self,
        asked: Option<(TableOperation, &str)>,
        effect: impl FnOnce(&mut Table, u64) -> Result<T, LeaseError>,
    ) -> Result<T, LeaseError> {
        let half = self.run.setup.round_trip / 2;
        let worker = &self.life.worker.name;
        let turned = match asked {
            // The test's own calls are spared.
            Some((operation, shard)) if self.life.worker.process > 0 => {
                self.run.faults.at_table(&TableCall { operation, shard, worker })
            }
            _ => Turned::default(),
        };
        self.travel(turned.late + half).await;
        if turned.fate == Fate::Fails {
            self.travel(half).await;
            return Err(LeaseError::Unavailable);
        }
        let done = {
            let (mut table, now_ms) = (self.run.leases(), self.run.log.now_ms());
            if let (Fate::Stolen, Some((_, shard))) = (turned.fate, asked) {
                self.steals(&mut table, shard, now_ms);
            }
            effect(&mut table, now_ms)
        };
        self.travel(half).await;
        if turned.fate == Fate::ReplyLost { Err(LeaseError::Unavailable) } else { done }
    }

    /// Another worker takes a lease.
    fn steals(&self, table: &mut Table, shard: &str, now_ms: u64) {
        let row = table.row(shard);
        row.take(THIEF, now_ms);
        self.run.log.add(0, What::lease(shard, THIEF, row.epoch, LeaseState::Taken));
    }

    /// What a dead process had spawned may still run, but its network is gone.
    async fn travel(&self, time: Duration) {
        if self.life.is_over() || !self.run.may_call() {
            pending::<()>().await;
        }
        self.run.clock().advance(time).await;
    }
}
