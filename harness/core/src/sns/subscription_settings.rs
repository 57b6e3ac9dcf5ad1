//! The settable attributes of subscriptions, typed.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::delivery::policy::SubscriptionPolicy;
use super::filter_policy::{FilterPolicy, Scope};
use super::settings::boolean;
use super::{Error, Protocol};
use crate::Arn;

const FIFO: &str = ".fifo";

/// Where failed deliveries go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sns) struct Redrive {
    /// The document as it was given.
    text: String,
    /// ARN of the queue.
    pub(in crate::sns) queue: Arc<str>,
}

/// What decides which attributes a subscription can have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind<'a> {
    pub(super) protocol: Protocol,
    pub(super) endpoint: &'a str,
    /// Whether its topic is a FIFO topic.
    pub(super) fifo: bool,
    /// Whether complaints are worded as `Subscribe` does.
    pub(super) creating: bool,
}

/// The settable attributes of a subscription.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::sns) struct SubscriptionSettings {
    /// Whether messages come without an envelope.
    pub(in crate::sns) raw: bool,
    /// Which messages it wants.
    pub(in crate::sns) filter: Option<FilterPolicy>,
    /// What the filter policy looks at; it may be set before the policy.
    scope: Scope,
    /// Where failed deliveries go.
    pub(in crate::sns) redrive: Option<Redrive>,
    /// How deliveries over HTTP are repeated.
    pub(in crate::sns) delivery_policy: Option<SubscriptionPolicy>,
    /// The role that may write to a delivery stream.
    role: Option<String>,
}

impl SubscriptionSettings {
    /// Sets an attribute; the empty text removes it.
    ///
    /// # Errors
    ///
    /// When there is no such attribute, or when it cannot have this value.
    pub(super) fn set(&mut self, name: &str, value: &str, kind: Kind<'_>) -> Result<(), Error> {
        let creating = kind.creating;
        let wrong = |name: &'static str, reason: String| Error::Attribute { name, reason, creating };
        match name {
            // Refused whatever the value: <https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/399>.
            "RawMessageDelivery" if !kind.protocol.takes_raw_messages() => {
                let protocol = kind.protocol.as_str();
                let text = format!("Delivery protocol [{protocol}] does not support raw message delivery.");
                return Err(Error::Complaint { text, creating });
            }
            "RawMessageDelivery" => {
                let invalid = || format!("Invalid value [{value}]. Must be true or false.");
                self.raw = boolean(value).ok_or_else(|| wrong("RawMessageDelivery", invalid()))?;
            }
            "FilterPolicy" if FilterPolicy::is_removal(value) => self.filter = None,
            "FilterPolicy" => self.filter = Some(filter(value, self.scope, creating)?),
            "FilterPolicyScope" => {
                let invalid = || format!("Invalid value [{value}]. Please use either MessageBody or MessageAttributes");
                self.scope = Scope::parse(value).ok_or_else(|| wrong("FilterPolicyScope", invalid()))?;
                if let Some(policy) = &self.filter {
                    self.filter = Some(filter(policy.text(), self.scope, creating)?);
                }
            }
            "RedrivePolicy" => self.redrive = redrive(value, kind).map_err(|reason| wrong("RedrivePolicy", reason))?,
            "DeliveryPolicy" => {
                let policy = SubscriptionPolicy::parse(value);
                self.delivery_policy = policy.map_err(|fault| wrong("DeliveryPolicy", fault.to_string()))?;
            }
            "SubscriptionRoleArn" => self.role = Some(value.to_owned()).filter(|role| !role.is_empty()),
            _ => return Err(Error::UnknownAttribute { name: name.to_owned(), creating }),
        }
        Ok(())
    }

    /// Sets all attributes of a `Subscribe`: the scope first, since policies are read by it.
    pub(super) fn set_all<'a>(
        &mut self,
        attributes: impl Iterator<Item = (&'a str, &'a str)> + Clone,
        kind: Kind<'_>,
    ) -> Result<(), Error> {
        let is_scope = |name: &str| name == "FilterPolicyScope";
        for (name, value) in attributes.clone().filter(|(name, _)| is_scope(name)) {
            self.set(name, value, kind)?;
        }
        for (name, value) in attributes.filter(|(name, _)| !is_scope(name)) {
            self.set(name, value, kind)?;
        }
        Ok(())
    }

    /// Whether it names the role that a delivery stream needs.
    pub(super) fn has_role(&self) -> bool {
        self.role.is_some()
    }

    /// The attributes that are set, as they are shown. The scope is shown with a policy alone. Recorded on AWS.
    pub(super) fn shown(&self) -> impl Iterator<Item = (&'static str, String)> {
        let filter = self.filter.as_ref();
        [
            ("RawMessageDelivery", Some(self.raw.to_string())),
            ("FilterPolicy", filter.map(|policy| policy.text().to_owned())),
            ("FilterPolicyScope", filter.map(|policy| policy.scope().as_str().to_owned())),
            ("RedrivePolicy", self.redrive.as_ref().map(|redrive| redrive.text.clone())),
            ("DeliveryPolicy", self.delivery_policy.as_ref().map(SubscriptionPolicy::to_text)),
            ("SubscriptionRoleArn", self.role.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}

fn filter(text: &str, scope: Scope, creating: bool) -> Result<FilterPolicy, Error> {
    FilterPolicy::parse(text, scope).map_err(|fault| Error::Complaint { text: fault.to_string(), creating })
}

/// Reads a redrive policy. Recorded on AWS.
fn redrive(text: &str, kind: Kind<'_>) -> Result<Option<Redrive>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(complaint) = FilterPolicy::syntax_complaint(text) {
        return Err(complaint);
    }
    let document: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
    let Some(target) = document.get("deadLetterTargetArn").and_then(Value::as_str) else {
        // silent: a document without a target.
        return if document.is_empty() { Ok(None) } else { Err(NO_ARN.to_owned()) };
    };
    if Arn::parse(target).is_none_or(|arn| arn.service != "sqs") {
        return Err(NO_ARN.to_owned());
    }
    let needs_fifo = kind.fifo && kind.endpoint.ends_with(FIFO);
    if needs_fifo && !target.ends_with(FIFO) {
        return Err("must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.".to_owned());
    }
    Ok(Some(Redrive { text: text.to_owned(), queue: target.into() }))
}

const NO_ARN: &str = "deadLetterTargetArn is an invalid arn";
