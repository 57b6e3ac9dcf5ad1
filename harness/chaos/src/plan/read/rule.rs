//! One rule with its parameters.

use serde_json::Value;

use super::super::yaml::{Entry, Node, Shape, Text, instead, parse};
use super::super::{Chance, Known, Parameters, PlannedRule, When};
use super::Reader;

/// The keys that every rule has; the rest are its parameters.
const KEYS: [&str; 5] = ["rule", "when", "probability", "places", "active"];

impl Reader<'_> {
    /// One rule of a plan; `None` when too little of it can be read.
    pub(super) fn rule(&mut self, node: &Node) -> Option<PlannedRule> {
        let entries = self.map(node, "a rule");
        let Some(name) = node.get("rule") else {
            if matches!(node.shape, Shape::Map(_)) {
                self.wrong(node.span, "a rule without a name", "here", "add `rule:`, for example `rule: lost-reply`");
            }
            return None;
        };
        let known = self.name(name)?;
        let mut planned = PlannedRule {
            rule: known.name.to_owned(),
            when: When::default(),
            chance: Chance::Probability(1.0),
            active: 1.0,
            parameters: Parameters::default(),
            preset: None,
        };
        for entry in entries {
            match entry.key.as_str() {
                "rule" => {}
                "when" => planned.when = self.when(&entry.value, &known),
                "probability" => {
                    let chance = self.probability(&entry.value, "`probability`").unwrap_or(1.0);
                    planned.chance = Chance::Probability(chance);
                }
                "places" => planned.chance = Chance::Sites(self.sites(&entry.value, &known)),
                "active" => planned.active = self.probability(&entry.value, "`active`").unwrap_or(1.0),
                _ => self.given(entry, &known, &mut planned.parameters),
            }
        }
        self.how_often(node, name, &planned);
        self.defaults(name, &known, &mut planned.parameters);
        Some(planned)
    }

    fn name(&mut self, node: &Node) -> Option<Known> {
        let text = self.text(node, "the name of a rule")?;
        let Some(known) = self.known.iter().find(|known| known.name == text).copied() else {
            let by_id = self.known.iter().find(|known| known.id.eq_ignore_ascii_case(&text));
            let remedy = match by_id {
                Some(known) => format!("write its name: `{}`", known.name),
                None => instead(&text, &self.known.iter().map(|known| known.name).collect::<Vec<_>>()),
            };
            self.wrong(node.span, format!("unknown rule `{text}`"), "unknown", remedy);
            return None;
        };
        let refused = known.refuses.iter().find(|(place, _)| Some(*place) == self.place);
        if let Some((place, reason)) = refused {
            let message = format!("rule `{text}` cannot act {}, because {reason}", place.within());
            let others: Vec<_> = super::super::Place::ALL
                .iter()
                .filter(|other| known.refuses.iter().all(|(refused, _)| refused != *other))
                .map(|place| place.within())
                .collect();
            let remedy = format!("leave the rule out here; it can act {}", others.join(", "));
            self.wrong(node.span, message, "not here", remedy);
        }
        Some(known)
    }

    /// A parameter that was given.
    fn given(&mut self, entry: &Entry, known: &Known, parameters: &mut Parameters) {
        let Some(parameter) = known.parameters.iter().find(|parameter| parameter.name == entry.key) else {
            let names = known.parameters.iter().map(|parameter| parameter.name);
            let names: Vec<_> = names.chain(KEYS).collect();
            return self.unknown_key(entry, &format!("rule `{}`", known.name), &names);
        };
        if let Some(value) = self.parameter(&entry.value, parameter.name, parameter.kind) {
            *parameters = std::mem::take(parameters).with(parameter.name, value);
        }
    }

    /// Parameters that were not given.
    fn defaults(&mut self, name: &Node, known: &Known, parameters: &mut Parameters) {
        for parameter in known.parameters {
            if parameters.get(parameter.name).is_some() {
                continue;
            }
            if parameter.default.is_empty() {
                let message = format!("rule `{}` needs `{}`: {}", known.name, parameter.name, parameter.about);
                self.wrong(name.span, message, "here", format!("add `{}:`", parameter.name));
            } else {
                *parameters = std::mem::take(parameters).with(parameter.name, default(parameter.default));
            }
        }
    }

    fn how_often(&mut self, node: &Node, name: &Node, planned: &PlannedRule) {
        let has = |key| node.get(key).is_some();
        if let (Some(_), Some(places)) = (node.get("probability"), node.get("places")) {
            let remedy = "keep `places` for exactly these, or `probability` for a share of all";
            self.wrong(places.span, "a rule has either `probability` or `places`", "both are here", remedy);
        }
        let counted = planned.when.every.is_some() || !planned.when.nth.is_empty();
        if !has("probability") && !has("places") && !counted {
            let message = format!("rule `{}` does not say how often it acts", planned.rule);
            let remedy =
                "add `probability: 0.1`, or `places:`, or `nth` or `every` to its `when`; `probability: 1` is always";
            self.wrong(name.span, message, "here", remedy);
        }
    }
}

/// A default as plans write it.
fn default(text: &str) -> Value {
    match parse(&Text::new("", text), &mut Vec::new()) {
        Some(Node { shape: Shape::Scalar(value), .. }) => value,
        _ => Value::from(text),
    }
}
