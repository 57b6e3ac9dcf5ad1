//! `DescribeAccountSettings` and `UpdateAccountSettings`: the minimum of throughput that an account has committed itself to pay in a region.

use std::collections::BTreeMap;
use std::sync::Arc;

use redeliver_model::kinesis::{
    DescribeAccountSettingsOutput, MinimumThroughputBillingCommitmentInputStatus as Wanted,
    MinimumThroughputBillingCommitmentOutput, MinimumThroughputBillingCommitmentOutputStatus as Shown,
    UpdateAccountSettingsInput, UpdateAccountSettingsOutput,
};

use super::context::Context;
use super::{ControlFault, Error, Kinesis};
use crate::{Caller, Timestamp};

/// How long a commitment lasts at least. <https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html>
const LEAST_MS: u64 = 24 * 3_600_000;

/// A commitment of an account in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Commitment {
    started_at: Timestamp,
    /// When it was, or will be, over.
    ends_at: Option<Timestamp>,
}

impl Commitment {
    fn earliest_end(self) -> Timestamp {
        Timestamp(self.started_at.as_millis() + LEAST_MS)
    }

    fn is_on(self, now: Timestamp) -> bool {
        self.ends_at.is_none_or(|end| end > now)
    }

    fn to_model(self, now: Timestamp) -> MinimumThroughputBillingCommitmentOutput {
        let status = match self.ends_at {
            None => Shown::Enabled,
            Some(end) if end > now => Shown::EnabledUntilEarliestAllowedEnd,
            Some(_) => Shown::Disabled,
        };
        let is_on = self.is_on(now);
        MinimumThroughputBillingCommitmentOutput {
            earliest_allowed_end_at: is_on.then(|| self.earliest_end()),
            ended_at: self.ends_at.filter(|_| !is_on),
            started_at: Some(self.started_at),
            status: Some(status),
        }
    }
}

/// The commitments of all accounts and regions.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Commitments(BTreeMap<(Arc<str>, Arc<str>), Commitment>);

impl Commitments {
    /// Whether an account has committed itself in a region.
    pub(in crate::kinesis) fn is_on(&self, account: &Arc<str>, region: &Arc<str>, now: Timestamp) -> bool {
        self.0.get(&(Arc::clone(account), Arc::clone(region))).is_some_and(|commitment| commitment.is_on(now))
    }
}

impl Kinesis {
    /// The commitment of the caller's account and region.
    pub(in crate::kinesis) fn describe_account_settings(&self, cx: &Context<'_>) -> DescribeAccountSettingsOutput {
        DescribeAccountSettingsOutput { minimum_throughput_billing_commitment: Some(self.commitment(cx)) }
    }

    /// Begins a commitment, or ends it as soon as that is allowed.
    pub(in crate::kinesis) fn update_account_settings(
        &mut self,
        cx: &mut Context<'_>,
        input: &UpdateAccountSettingsInput,
    ) -> Result<UpdateAccountSettingsOutput, Error> {
        let wanted = input.minimum_throughput_billing_commitment.as_ref().and_then(|wanted| wanted.status.as_ref());
        let wanted = wanted.ok_or(Error::Missing { member: "minimumThroughputBillingCommitment" })?;
        let Caller { account, region, .. } = cx.caller;
        let key = (Arc::clone(account), Arc::clone(region));
        let there = self.commitments.0.get(&key).copied().filter(|commitment| commitment.is_on(cx.now));
        let commitment = match (wanted, there) {
            (Wanted::Enabled, Some(there)) => Commitment { ends_at: None, ..there },
            (Wanted::Enabled, None) => Commitment { started_at: cx.now, ends_at: None },
            (Wanted::Disabled, Some(there)) => Commitment { ends_at: Some(there.earliest_end().max(cx.now)), ..there },
            (Wanted::Disabled, None) => {
                let reason = "MinimumThroughputBillingCommitment is not enabled.";
                return Err(ControlFault::Commitment { reason }.into());
            }
            (Wanted::Other(other), _) => {
                let member = "minimumThroughputBillingCommitment.status";
                return Err(Error::Unknown { member, value: other.to_string() });
            }
        };
        self.commitments.0.insert(key, commitment);
        Ok(UpdateAccountSettingsOutput { minimum_throughput_billing_commitment: Some(self.commitment(cx)) })
    }

    fn commitment(&self, cx: &Context<'_>) -> MinimumThroughputBillingCommitmentOutput {
        let Caller { account, region, .. } = cx.caller;
        let commitment = self.commitments.0.get(&(Arc::clone(account), Arc::clone(region)));
        let never = MinimumThroughputBillingCommitmentOutput {
            status: Some(Shown::Disabled),
            ..MinimumThroughputBillingCommitmentOutput::default()
        };
        commitment.map_or(never, |commitment| commitment.to_model(cx.now))
    }
}
