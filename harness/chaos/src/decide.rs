//! Which faults a plan means: what fits, and the how-manieth of its kind it is.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::plan::{Chance, PlannedRule, PlannedSite, When};
use crate::{Call, Delivery, Site, TableCall};

/// What of a call a rule could hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) key: Option<String>,
    pub(crate) group: Option<String>,
}

/// What a fault could happen to: a call, a delivery, or a call to a table of leases.
#[derive(Debug)]
pub(crate) struct Occasion<'a> {
    /// `sqs:SendMessage`.
    pub(crate) name: String,
    service: &'a str,
    operation: &'a str,
    resource: Option<String>,
    /// Queues, topics, streams and shards by their names.
    queues: Vec<&'a str>,
    consumer: &'a str,
    attempt: u32,
}

impl<'a> Occasion<'a> {
    /// A call.
    pub(crate) fn of_call(call: &'a Call) -> Self {
        Self {
            name: call.name(),
            service: call.operation.service.prefix(),
            operation: call.operation.name,
            resource: match (call.queue(), call.shard()) {
                (Some(stream), Some(shard)) => Some(format!("{stream}/{shard}")),
                (queue, _) => queue.map(str::to_owned),
            },
            queues: call.queue().into_iter().chain(call.shard()).collect(),
            consumer: &call.consumer,
            attempt: call.attempt,
        }
    }

    /// A delivery.
    pub(crate) fn of_delivery(delivery: &'a Delivery<'_>) -> Self {
        let operation = delivery.moment.as_str();
        Self {
            name: format!("sns:{operation}"),
            service: "sns",
            operation,
            resource: Some(delivery.resource()),
            queues: vec![delivery.receiver(), delivery.topic.rsplit(':').next().unwrap_or_default()],
            consumer: "",
            attempt: 1,
        }
    }

    /// A call to a table of leases.
    pub(crate) fn of_table(call: &'a TableCall<'_>) -> Self {
        let operation = call.operation.as_str();
        Self {
            name: format!("leases:{operation}"),
            service: "leases",
            operation,
            resource: Some(call.shard.to_owned()),
            queues: vec![call.shard],
            consumer: call.worker,
            attempt: 1,
        }
    }
}

/// Rule, call, resource and key: sites that differ in their number only.
type Kind = (&'static str, String, Option<String>, Option<String>);

/// The places of one occasion, by rule: a rule that a plan has twice meets each of them once.
pub(crate) type Met = BTreeMap<&'static str, Vec<(Place, Site)>>;

/// How often what was met.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// Places at which a rule could act.
    sites: BTreeMap<Kind, u32>,
    /// Those that fit what a rule of the plan says, by its number.
    fitting: BTreeMap<usize, u32>,
    /// Those that fit a place that the plan names, by the numbers of rule and place.
    named: BTreeMap<(usize, usize), u32>,
}

impl Counters {
    /// The names of these places for a rule.
    pub(crate) fn sites(&mut self, rule: &'static str, at: &Occasion<'_>, places: Vec<Place>) -> Vec<(Place, Site)> {
        let named = |place: Place| {
            let site = self.next(rule, at, &place);
            (place, site)
        };
        places.into_iter().map(named).collect()
    }

    /// The name of the only place for a rule, unless it was met just now.
    pub(crate) fn site(&mut self, met: &mut Met, rule: &'static str, at: &Occasion<'_>, place: &Place) -> Site {
        let sites = met.entry(rule).or_insert_with(|| self.sites(rule, at, vec![place.clone()]));
        sites[0].1.clone()
    }

    /// The name of the next place of this kind.
    fn next(&mut self, rule: &'static str, at: &Occasion<'_>, place: &Place) -> Site {
        let (name, resource) = (at.name.clone(), at.resource.clone());
        let nth = self.sites.entry((rule, name.clone(), resource.clone(), place.key.clone())).or_default();
        *nth += 1;
        Site { call: name, resource, key: place.key.clone(), nth: *nth }
    }

    /// Whether a rule of the plan means this place.
    pub(crate) fn passes(
        &mut self,
        index: usize,
        planned: &PlannedRule,
        at: &Occasion<'_>,
        place: &Place,
        now: Duration,
    ) -> bool {
        if !fits(&planned.when, at, place, now) {
            return false;
        }
        self.is_counted(index, &planned.when)
            && match &planned.chance {
                Chance::Probability(_) => true,
                Chance::Sites(sites) => self.is_named(index, sites, at, place),
            }
    }

    /// Whether a rule of the plan means this moment of a consumer.
    pub(crate) fn passes_moment(&mut self, index: usize, when: &When, consumer: &str, now: Duration) -> bool {
        is_meant(when, consumer, now) && self.is_counted(index, when)
    }

    /// Counts what fits; whether its number is one that is meant.
    fn is_counted(&mut self, index: usize, when: &When) -> bool {
        let nth = self.fitting.entry(index).or_default();
        *nth += 1;
        (when.nth.is_empty() || when.nth.contains(nth))
            && when.every.is_none_or(|every| nth.is_multiple_of(every.max(1)))
    }

    fn is_named(&mut self, index: usize, sites: &[PlannedSite], at: &Occasion<'_>, place: &Place) -> bool {
        let mut is_named = false;
        for (number, site) in sites.iter().enumerate() {
            let same = |wanted: &Option<String>, found: Option<&str>| {
                wanted.as_deref().is_none_or(|wanted| found == Some(wanted))
            };
            let at_resource = same(&site.resource, at.resource.as_deref())
                || at.queues.iter().any(|queue| same(&site.resource, Some(queue)));
            let key = same(&site.key, place.key.as_deref()) || same(&site.key, place.group.as_deref());
            if same(&site.call, Some(&at.name)) && at_resource && key {
                let nth = self.named.entry((index, number)).or_default();
                *nth += 1;
                is_named |= *nth == site.nth;
            }
        }
        is_named
    }
}

/// Whether a consumer is meant at this time.
fn is_meant(when: &When, consumer: &str, now: Duration) -> bool {
    when.consumer.as_ref().is_none_or(|pattern| pattern.matches(consumer))
        && when.between.is_none_or(|(from, to)| (from..to).contains(&now))
}

fn fits(when: &When, at: &Occasion<'_>, place: &Place, now: Duration) -> bool {
    is_meant(when, at.consumer, now)
        && when.service.as_deref().is_none_or(|service| service == at.service)
        && (when.operations.is_empty() || when.operations.iter().any(|name| name == at.operation))
        && when.queue.as_ref().is_none_or(|pattern| at.queues.iter().any(|queue| pattern.matches(queue)))
        && when.key.as_ref().is_none_or(|pattern| place.key.as_deref().is_some_and(|key| pattern.matches(key)))
        && when.group.as_ref().is_none_or(|pattern| place.group.as_deref().is_some_and(|group| pattern.matches(group)))
        && when.attempt.is_none_or(|attempt| attempt == at.attempt)
}
