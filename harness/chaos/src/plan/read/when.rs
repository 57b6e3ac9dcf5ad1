//! What a rule's `when` and `places` say.

use redeliver_model::Service;

use super::super::yaml::{Node, Shape, instead};
use super::super::{Known, Phase, PlannedSite, When};
use super::Reader;

const WHEN: [&str; 11] =
    ["service", "operation", "queue", "key", "group", "attempt", "nth", "every", "phase", "between", "consumer"];
/// Keys that only calls have.
const OF_CALLS: [&str; 6] = ["service", "operation", "queue", "key", "group", "attempt"];
const SITE: [&str; 4] = ["call", "resource", "key", "nth"];

impl Reader<'_> {
    /// Where a rule may act.
    pub(super) fn when(&mut self, node: &Node, known: &Known) -> When {
        let mut when = When::default();
        for entry in self.map(node, "`when`") {
            let value = &entry.value;
            match entry.key.as_str() {
                key if is_of_consumers(known) && OF_CALLS.contains(&key) => self.no_call(value, known, key),
                "service" => when.service = self.service(value, known),
                "operation" => {
                    for item in Self::one_or_many(value) {
                        when.operations.extend(self.operation(item, known));
                    }
                }
                "queue" => when.queue = self.pattern(value, "`queue`"),
                "key" => when.key = self.pattern(value, "`key`"),
                "group" => when.group = self.pattern(value, "`group`"),
                "consumer" => when.consumer = self.pattern(value, "`consumer`"),
                "attempt" => when.attempt = self.count(value, "`attempt`"),
                "nth" => {
                    for item in Self::one_or_many(value) {
                        when.nth.extend(self.count(item, "`nth`"));
                    }
                }
                "every" => when.every = self.count(value, "`every`"),
                "phase" => when.phase = self.phase(value, known),
                "between" => when.between = self.between(value),
                _ => self.unknown_key(entry, "`when`", &WHEN),
            }
        }
        when
    }

    /// Tells that a rule on consumers cannot look at calls.
    fn no_call(&mut self, node: &Node, known: &Known, key: &str) {
        let message = format!("rule `{}` acts on the consumer, not on calls: it has no `{key}`", known.name);
        self.wrong(node.span, message, "no call", "use `consumer`, `nth`, `every` or `between` in its `when`");
    }

    fn service(&mut self, node: &Node, known: &Known) -> Option<String> {
        let word = self.word(node, "service", &Service::ALL.map(Service::prefix))?;
        if !known.services.is_empty() && !known.services.contains(&word) {
            let message = format!("rule `{}` is not for {word}", known.name);
            let remedy = format!("use it for {}, or another rule", known.services.join(", "));
            self.wrong(node.span, message, "another service", remedy);
            return None;
        }
        Some(word.to_owned())
    }

    /// An operation by its API name, with or without the service before it.
    fn operation(&mut self, node: &Node, known: &Known) -> Option<String> {
        let text = self.text(node, "`operation`")?;
        let (prefix, name) = text.split_once(':').map_or((None, text.as_str()), |(prefix, name)| (Some(prefix), name));
        let services = Service::ALL.iter().filter(|service| prefix.is_none_or(|prefix| prefix == service.prefix()));
        let all: Vec<_> =
            services.flat_map(|service| service.model().operations).map(|operation| operation.name).collect();
        if !all.contains(&name) {
            self.wrong(node.span, format!("unknown operation `{text}`"), "unknown", instead(name, &all));
            return None;
        }
        if !known.operations.is_empty() && !known.operations.contains(&name) {
            let message = format!("rule `{}` does not act on {name}", known.name);
            let remedy = format!("it acts on {}", known.operations.join(", "));
            self.wrong(node.span, message, "another operation", remedy);
            return None;
        }
        Some(name.to_owned())
    }

    fn phase(&mut self, node: &Node, known: &Known) -> Option<Phase> {
        let word = self.word(node, "phase", &Phase::ALL.map(Phase::as_str))?;
        let phase = Phase::ALL.into_iter().find(|phase| phase.as_str() == word)?;
        if !known.phases.contains(&phase) {
            let phases: Vec<_> = known.phases.iter().map(|phase| phase.as_str()).collect();
            let message = format!("rule `{}` does not act {word}", known.name);
            self.wrong(node.span, message, "another phase", format!("it acts {}", phases.join(", ")));
            return None;
        }
        Some(phase)
    }

    fn between(&mut self, node: &Node) -> Option<(std::time::Duration, std::time::Duration)> {
        let Shape::List(items) = &node.shape else {
            self.wrong(node.span, "`between` must be a list of two durations", "here", "write `[10s, 2m]`");
            return None;
        };
        let [from, to] = items.as_slice() else {
            self.wrong(node.span, "`between` must have exactly two durations", "here", "write `[10s, 2m]`");
            return None;
        };
        let (start, end) = (self.moment(from, "`between`"), self.moment(to, "`between`"));
        let (start, end) = start.zip(end)?;
        if start >= end {
            let message = "`between` ends before it starts";
            self.wrong(node.span, message, "an empty window", "write the earlier moment first");
            return None;
        }
        Some((start, end))
    }

    /// Exact places.
    pub(super) fn sites(&mut self, node: &Node, known: &Known) -> Vec<PlannedSite> {
        if is_of_consumers(known) {
            self.no_call(node, known, "places");
            return Vec::new();
        }
        let Shape::List(items) = &node.shape else {
            let remedy = "write `- { call: sqs:SendMessage, key: order-3, nth: 1 }`";
            self.wrong(node.span, "`places` must be a list", "here", remedy);
            return Vec::new();
        };
        items.iter().map(|item| self.site(item, known)).collect()
    }

    fn site(&mut self, node: &Node, known: &Known) -> PlannedSite {
        let mut site = PlannedSite { nth: 1, ..PlannedSite::default() };
        for entry in self.map(node, "a place") {
            let value = &entry.value;
            match entry.key.as_str() {
                "call" => site.call = self.call(value, known),
                "resource" => site.resource = self.text(value, "`resource`"),
                "key" => site.key = self.text(value, "`key`"),
                "nth" => site.nth = self.count(value, "`nth`").unwrap_or(1),
                _ => self.unknown_key(entry, "a place", &SITE),
            }
        }
        site
    }

    fn call(&mut self, node: &Node, known: &Known) -> Option<String> {
        let text = self.text(node, "`call`")?;
        if !text.contains(':') {
            let remedy = format!("write the service before it: `sqs:{text}`");
            self.wrong(node.span, format!("call `{text}` lacks its service"), "here", remedy);
            return None;
        }
        self.operation(node, known).map(|_| text)
    }
}

/// Whether a rule strikes consumers, whatever they call.
fn is_of_consumers(known: &Known) -> bool {
    known.phases == [Phase::Consumer]
}
