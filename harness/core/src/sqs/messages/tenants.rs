//! The tenants of a fair queue: message groups on a standard queue, and which of them are noisy.

use std::collections::BTreeSet;

use super::lane::Lane;
use super::names::{Named, Names};
use super::slab::Slab;
use super::stored::Store;
use crate::Timestamp;

/// Messages of its own in flight from which on a tenant can be noisy.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html>
const NOISY_IN_FLIGHT: u64 = 30;
/// A noisy tenant holds more than one in so many of all messages in flight.
const NOISY_SHARE: u64 = 10;
/// Seconds without anything in flight after which a tenant is no longer noisy.
const NOISY_IDLE_SECS: u64 = 300;

/// One tenant.
#[derive(Debug)]
pub(super) struct Tenant {
    name: Box<str>,
    messages: u64,
    in_flight: u64,
    idle_since: Option<Timestamp>,
    /// Visible messages over all shards.
    pub(super) visible: u64,
    /// Whether others go first.
    pub(super) noisy: bool,
    /// Visible messages by shard.
    pub(super) lanes: Vec<Lane>,
}

impl Named for Tenant {
    fn name(&self) -> &str {
        &self.name
    }
}

/// All tenants of a queue that have messages.
#[derive(Debug)]
pub(super) struct Tenants {
    all: Slab<Tenant>,
    names: Names,
    noisy: BTreeSet<u32>,
}

impl Tenants {
    /// No tenants.
    pub(super) fn new() -> Self {
        Self { all: Slab::new(), names: Names::default(), noisy: BTreeSet::new() }
    }

    /// A tenant that has messages.
    pub(super) fn at(&self, group: u32) -> &Tenant {
        self.all.at(group)
    }

    /// Name of a tenant.
    pub(super) fn name(&self, group: u32) -> &str {
        &self.at(group).name
    }

    /// A tenant that has messages, to be changed.
    pub(super) fn at_mut(&mut self, group: u32) -> &mut Tenant {
        self.all.at_mut(group)
    }

    /// Counts a message of the tenant of this name in.
    pub(super) fn join(&mut self, name: Box<str>, shards: usize) -> u32 {
        let group = self.names.find(&self.all, &name).unwrap_or_else(|| {
            let group = self.all.insert(Tenant {
                name,
                messages: 0,
                in_flight: 0,
                idle_since: None,
                visible: 0,
                noisy: false,
                lanes: (0..shards).map(|_| Lane::new()).collect(),
            });
            self.names.insert(&self.all, group);
            group
        });
        self.all.at_mut(group).messages += 1;
        group
    }

    /// Counts a message out; a tenant without messages is forgotten, its noise with it.
    pub(super) fn leave(&mut self, group: u32) {
        let tenant = self.all.at_mut(group);
        tenant.messages -= 1;
        if tenant.messages == 0 {
            self.noisy.remove(&group);
            self.names.remove(&tenant.name, group);
            self.all.remove(group);
        }
    }

    /// Counts a message into flight; true when this makes the tenant noisy.
    pub(super) fn took_off(&mut self, group: u32, in_flight: u64) -> bool {
        let tenant = self.all.at_mut(group);
        tenant.in_flight += 1;
        tenant.idle_since = None;
        let becomes = !tenant.noisy
            && tenant.visible > 0
            && tenant.in_flight >= NOISY_IN_FLIGHT
            && tenant.in_flight * NOISY_SHARE > in_flight;
        if becomes {
            tenant.noisy = true;
            self.noisy.insert(group);
        }
        becomes
    }

    /// Counts a message out of flight.
    pub(super) fn landed(&mut self, group: u32, now: Timestamp) {
        let tenant = self.all.at_mut(group);
        tenant.in_flight -= 1;
        if tenant.in_flight == 0 {
            tenant.idle_since = Some(now);
        }
    }

    /// Ends the noisy state.
    pub(super) fn quieten(&mut self, group: u32) {
        self.all.at_mut(group).noisy = false;
        self.noisy.remove(&group);
    }

    /// Noisy tenants that had nothing in flight for long enough.
    pub(super) fn no_longer_noisy(&self, now: Timestamp) -> Vec<u32> {
        // Costs nothing while nobody is noisy: an empty vector does not allocate.
        let idle =
            |group: &&u32| self.at(**group).idle_since.is_some_and(|since| since.plus_secs(NOISY_IDLE_SECS) <= now);
        self.noisy.iter().filter(idle).copied().collect()
    }

    /// The first message on a shard of the noisy tenant that has the fewest in flight.
    pub(super) fn calmest_noisy(&self, store: &Store, shard: usize) -> Option<u32> {
        let firsts = self.noisy.iter().filter_map(|&group| {
            let tenant = self.at(group);
            tenant.lanes[shard].first(store).map(|(position, place)| (tenant.in_flight, position, place))
        });
        firsts.min().map(|(_, _, place)| place)
    }
}

#[cfg(test)]
mod tests {
    use crate::sqs::messages::sample::Sample;

    /// A queue with 40 messages of a noisy tenant, 30 of them in flight until 1,000,000, and one message of a quiet tenant.
    fn with_a_noisy_tenant() -> Sample {
        let mut queue = Sample::standard();
        for _ in 0..40 {
            queue.send(0, "noisy", Some("noisy"), 0);
        }
        assert_eq!(queue.receive(0, 30, 1_000_000).len(), 30);
        queue.send(1, "quiet", Some("quiet"), 0);
        queue
    }

    #[test]
    fn quiet_tenants_and_messages_without_a_group_go_first() {
        let mut queue = with_a_noisy_tenant();
        queue.send(2, "alone", None, 0);
        assert_eq!(queue.bodies(2, 4, 1), ["quiet", "alone", "noisy", "noisy"]);
    }

    #[test]
    fn tenant_with_less_than_a_tenth_of_what_is_in_flight_is_not_noisy() {
        let mut queue = Sample::standard();
        for _ in 0..300 {
            queue.send(0, "alone", None, 0);
        }
        assert_eq!(queue.receive(0, 300, 1_000_000).len(), 300);
        for _ in 0..31 {
            queue.send(1, "busy", Some("busy"), 0);
        }
        assert_eq!(queue.receive(1, 30, 1_000_000).len(), 30);
        queue.send(2, "quiet", Some("quiet"), 0);
        assert_eq!(queue.bodies(2, 1, 1), ["busy"], "30 of 330");
    }

    #[test]
    fn noise_ends_with_the_backlog() {
        let mut queue = with_a_noisy_tenant();
        assert_eq!(queue.receive(2, 11, 1_000_000).len(), 11);
        queue.send(3, "noisy", Some("noisy"), 0);
        queue.send(4, "quiet", Some("quiet"), 0);
        assert_eq!(queue.bodies(4, 1, 1), ["noisy"]);
    }

    #[test]
    fn noise_ends_after_five_minutes_without_messages_in_flight() {
        let queue_after = |at: u64| {
            let mut queue = Sample::standard();
            for _ in 0..31 {
                queue.send(0, "noisy", Some("noisy"), 0);
            }
            // In flight until 1: from then on the tenant is idle. No `pass`, for the messages would expire.
            queue.receive(0, 30, 1);
            queue.messages.advance(crate::Timestamp(1), 1_000_000, |_| {});
            queue.send(2, "quiet", Some("quiet"), 0);
            let now = crate::Timestamp(at);
            queue.messages.advance(now, 1_000_000, |_| {});
            let place = queue.messages.first_visible(now).unwrap();
            queue.messages.at(place).body.text().into_owned()
        };
        assert_eq!([300_000, 300_001].map(queue_after), ["quiet", "noisy"]);
    }
}
