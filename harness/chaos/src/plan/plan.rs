//! What a plan says.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Parameters, Pattern};

/// What may happen in a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The seed that is used when the caller gives none.
    pub seed: Option<u64>,
    /// What the plan is for, one sentence.
    pub about: String,
    /// How the business key of a message is found.
    pub business_key: KeySource,
    /// Whether each seed switches on a random part of the rules only.
    pub swarm: Swarm,
    /// The rules in order. A preset's rules stand where the preset was named, before the plan's own.
    pub rules: Vec<PlannedRule>,
}

/// How the business key of a message is found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySource {
    /// A message attribute `key`, else a field of a JSON body such as `key` or `id`, else the body.
    #[default]
    Usual,
    /// The message attribute of this name, else as usual.
    Attribute(String),
    /// The value at this JSON pointer of the body, else as usual.
    Pointer(String),
    /// The whole body.
    Body,
}

/// How many of the rules a seed switches on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Swarm {
    /// All.
    #[default]
    Off,
    /// Each with this probability, but never none.
    On(f64),
}

/// One rule of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedRule {
    /// The kind of fault, `lost-reply`.
    pub rule: String,
    /// Where it may act.
    pub when: When,
    /// How often it acts there.
    pub chance: Chance,
    /// The probability that the rule is switched on in a run at all, beside [`Plan::swarm`]. Drawn once per seed: a fault
    /// that is rare over runs and frequent within one finds what a fault that is rare everywhere does not.
    pub active: f64,
    /// What the rule's parameters are, with defaults filled in.
    pub parameters: Parameters,
    /// Which preset it comes from.
    pub preset: Option<Preset>,
}

/// How often a rule acts where it may.
#[derive(Debug, Clone, PartialEq)]
pub enum Chance {
    /// With this probability, each time.
    Probability(f64),
    /// At these sites and nowhere else.
    Sites(Vec<PlannedSite>),
}

/// A logical place of a fault, as plans write it; what is not said fits anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedSite {
    /// `sqs:SendMessage`.
    pub call: Option<String>,
    /// The queue's name.
    pub resource: Option<String>,
    /// The business key, or the message group.
    pub key: Option<String>,
    /// The how-manieth call that fits, from 1.
    pub nth: u32,
}

/// Where a rule may act; what is not said fits anything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct When {
    /// `sqs`.
    pub service: Option<String>,
    /// API names, `SendMessage`.
    pub operations: Vec<String>,
    /// Names of queues.
    pub queue: Option<Pattern>,
    /// Business keys.
    pub key: Option<Pattern>,
    /// Message groups.
    pub group: Option<Pattern>,
    /// Which attempt of the SDK at the same call, from 1.
    pub attempt: Option<u32>,
    /// Only the calls of these numbers among those that fit the rest, from 1.
    pub nth: Vec<u32>,
    /// Only every so manieth call that fits the rest.
    pub every: Option<u32>,
    /// Where in a call.
    pub phase: Option<Phase>,
    /// From when to when, since the start of the run.
    pub between: Option<(Duration, Duration)>,
    /// The consumer's name or number.
    pub consumer: Option<Pattern>,
}

/// Where in a call a fault acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The backend never sees the call, or sees another one.
    BeforeEffect,
    /// The backend has carried the call out; the caller does not learn it.
    AfterEffect,
    /// What the caller is told is changed.
    InReply,
    /// The consumer itself: it crashes, stalls, stops.
    Consumer,
}

impl Phase {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::BeforeEffect, Self::AfterEffect, Self::InReply, Self::Consumer];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BeforeEffect => "before-effect",
            Self::AfterEffect => "after-effect",
            Self::InReply => "in-reply",
            Self::Consumer => "consumer",
        }
    }
}

/// A plan that comes with this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preset {
    /// What at-least-once delivery means: duplicates, lost replies, expired leases.
    AtLeastOnce,
    /// What best-effort order means: messages out of order and late.
    StandardOrder,
    /// Rolling deployments: consumers stop and start while messages wait in them.
    Deploy,
    /// Shards split and merge while they are read, and their readers change.
    Reshard,
    /// What is called is at its limits: calls are refused, whole or in part.
    Limits,
    /// The service is away for minutes, then everything comes at once.
    Outage,
    /// All faults that AWS grants, about as rare as they are.
    AwsRealistic,
    /// All faults that AWS grants, often.
    Paranoid,
}
