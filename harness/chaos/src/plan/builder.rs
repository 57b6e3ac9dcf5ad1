//! Plans in Rust. A builder writes the plan down and loads it, so that both ways have the same rules and the same messages.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::{KeySource, Known, Phase, Place, Plan, PlannedSite, Preset, Problems, show_duration};

/// Builds a [`Plan`]; what is wrong with it is told by [`PlanBuilder::build`].
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct PlanBuilder {
    top: Map<String, Value>,
    presets: Vec<Value>,
    rules: Vec<RuleBuilder>,
}

/// Builds one rule of a plan.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct RuleBuilder {
    rule: Map<String, Value>,
    when: Map<String, Value>,
    places: Vec<Value>,
}

impl Plan {
    /// Starts a plan with one sentence on what it is for.
    pub fn builder(about: &str) -> PlanBuilder {
        PlanBuilder::default().top("plan", "1.0").top("about", about)
    }
}

impl PlanBuilder {
    fn top(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.top.insert(key.to_owned(), value.into());
        self
    }

    /// The seed that is used when the caller gives none.
    pub fn seed(self, seed: u64) -> Self {
        self.top("seed", seed)
    }

    /// How the business key of a message is found.
    pub fn business_key(self, key: &KeySource) -> Self {
        let value = match key {
            KeySource::Usual => json!("usual"),
            KeySource::Body => json!("body"),
            KeySource::Attribute(name) => json!({ "attribute": name }),
            KeySource::Pointer(pointer) => json!({ "pointer": pointer }),
        };
        self.top("business_key", value)
    }

    /// Lets each seed switch on about half of the rules only.
    pub fn swarm(self) -> Self {
        self.top("swarm", true)
    }

    /// Adds the rules of a preset.
    pub fn preset(mut self, preset: Preset) -> Self {
        self.presets.push(preset.as_str().into());
        self
    }

    /// Adds a rule.
    pub fn rule(mut self, rule: RuleBuilder) -> Self {
        self.rules.push(rule);
        self
    }

    /// The plan as YAML.
    pub fn to_yaml(&self) -> String {
        let mut text = String::new();
        // Writing to a text cannot fail.
        for (key, value) in &self.top {
            let _ = writeln!(text, "{key}: {value}");
        }
        if !self.presets.is_empty() {
            let _ = writeln!(text, "preset: {}", Value::from(self.presets.clone()));
        }
        if !self.rules.is_empty() {
            text.push_str("rules:\n");
        }
        for rule in &self.rules {
            let mut lines = rule.rule.clone();
            if !rule.when.is_empty() {
                lines.insert("when".to_owned(), rule.when.clone().into());
            }
            if !rule.places.is_empty() {
                lines.insert("places".to_owned(), rule.places.clone().into());
            }
            for (index, (key, value)) in lines.iter().enumerate() {
                let _ = writeln!(text, "  {} {key}: {value}", if index == 0 { "-" } else { " " });
            }
        }
        text
    }

    /// Checks the plan as [`Plan::load`] does.
    pub fn build(&self, known: &[Known], place: Option<Place>) -> Result<Plan, Problems> {
        Plan::load("plan of a builder", &self.to_yaml(), known, place)
    }
}

impl RuleBuilder {
    /// A rule by its name, `lost-reply`.
    pub fn new(rule: &str) -> Self {
        Self::default().with("rule", rule)
    }

    fn when(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.when.insert(key.to_owned(), value.into());
        self
    }

    /// Adds to a list in `when`.
    fn also(mut self, key: &str, value: Value) -> Self {
        match self.when.get_mut(key) {
            Some(Value::Array(items)) => items.push(value),
            _ => drop(self.when.insert(key.to_owned(), json!([value]))),
        }
        self
    }

    /// Only calls of this service, `sqs`.
    pub fn service(self, service: &str) -> Self {
        self.when("service", service)
    }

    /// Only calls of this operation, by its API name; several times for several.
    pub fn operation(self, operation: &str) -> Self {
        self.also("operation", operation.into())
    }

    /// Only this queue; `*` stands for any text, here and below.
    pub fn queue(self, queue: &str) -> Self {
        self.when("queue", queue)
    }

    /// Only messages of this business key.
    pub fn key(self, key: &str) -> Self {
        self.when("key", key)
    }

    /// Only messages of this group.
    pub fn group(self, group: &str) -> Self {
        self.when("group", group)
    }

    /// Only this attempt of the SDK at a call, from 1.
    pub fn attempt(self, attempt: u32) -> Self {
        self.when("attempt", attempt)
    }

    /// Only this of the calls that fit the rest, from 1; several times for several.
    pub fn nth(self, nth: u32) -> Self {
        self.also("nth", nth.into())
    }

    /// Only every so manieth of the calls that fit the rest.
    pub fn every(self, every: u32) -> Self {
        self.when("every", every)
    }

    /// Only in this phase of a call.
    pub fn phase(self, phase: Phase) -> Self {
        self.when("phase", phase.as_str())
    }

    /// Only from and to these moments after the start of the run.
    pub fn between(self, from: Duration, to: Duration) -> Self {
        self.when("between", json!([show_duration(from), show_duration(to)]))
    }

    /// Only this consumer, by name or number.
    pub fn consumer(self, consumer: &str) -> Self {
        self.when("consumer", consumer)
    }

    /// How often the rule acts where it may.
    pub fn probability(self, probability: f64) -> Self {
        self.with("probability", probability)
    }

    /// Adds an exact site.
    pub fn at(mut self, site: &PlannedSite) -> Self {
        let texts = [("call", &site.call), ("resource", &site.resource), ("key", &site.key)];
        let given = texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text.clone()?.into())));
        let place: Map<String, Value> = given.chain([("nth".to_owned(), site.nth.into())]).collect();
        self.places.push(place.into());
        self
    }

    /// The probability that the rule is switched on in a run at all.
    pub fn active(self, active: f64) -> Self {
        self.with("active", active)
    }

    /// A parameter of the rule.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.rule.insert(name.to_owned(), value.into());
        self
    }

    /// A parameter that is a duration.
    pub fn with_duration(self, name: &str, value: Duration) -> Self {
        self.with(name, show_duration(value))
    }
}
