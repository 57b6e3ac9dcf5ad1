//! The top of a plan.

use super::super::yaml::{Node, Shape};
use super::super::{KeySource, Plan, Preset, Swarm};
use super::Reader;

/// The version of the format.
const VERSION: &str = "1.0";

/// The probability with which `swarm: true` switches a rule on.
const SWARM: f64 = 0.5;

const KEYS: [&str; 7] = ["plan", "seed", "about", "business_key", "swarm", "preset", "rules"];

impl Reader<'_> {
    /// A whole plan. It is fit for use only when no problems were found.
    pub(crate) fn document(&mut self, root: &Node) -> Plan {
        let mut plan = Plan::default();
        for entry in self.map(root, "a plan") {
            let value = &entry.value;
            match entry.key.as_str() {
                "plan" => drop(self.word(value, "version of plans", &[VERSION])),
                "seed" => plan.seed = self.whole(value, "`seed`", 0, u64::MAX),
                "about" => plan.about = self.text(value, "`about`").unwrap_or_default(),
                "business_key" => plan.business_key = self.business_key(value).unwrap_or_default(),
                "swarm" => plan.swarm = self.swarm(value),
                "preset" => self.presets(value, &mut plan),
                "rules" => {}
                _ => self.unknown_key(entry, "a plan", &KEYS),
            }
        }
        // After the presets, whatever the order of the keys.
        if let Some(Node { shape: Shape::List(rules), .. }) = root.get("rules") {
            for rule in rules {
                plan.rules.extend(self.rule(rule));
            }
        } else if let Some(rules) = root.get("rules") {
            self.wrong(rules.span, "`rules` must be a list", "here", "write each rule as `- rule: NAME`");
        }
        self.completeness(root, &plan);
        plan
    }

    fn completeness(&mut self, root: &Node, plan: &Plan) {
        if !matches!(root.shape, Shape::Map(_)) {
            return;
        }
        if root.get("plan").is_none() {
            let remedy = format!("begin with `plan: \"{VERSION}\"`");
            self.wrong(root.span, "the version of the format is missing", "starts here", remedy);
        }
        if plan.rules.is_empty() && self.problems.is_empty() {
            let remedy = "add `rules:` or `preset: at_least_once`";
            self.wrong(root.span, "the plan has no rules, so nothing would ever happen", "starts here", remedy);
        }
    }

    fn business_key(&mut self, node: &Node) -> Option<KeySource> {
        let Shape::Map(entries) = &node.shape else {
            return match self.word(node, "business key", &["usual", "body"])? {
                "body" => Some(KeySource::Body),
                _ => Some(KeySource::Usual),
            };
        };
        let mut source = None;
        for entry in entries {
            let text = match entry.key.as_str() {
                "attribute" | "pointer" => self.text(&entry.value, "a business key"),
                _ => {
                    self.unknown_key(entry, "`business_key`", &["attribute", "pointer"]);
                    None
                }
            };
            match (entry.key.as_str(), text) {
                (_, None) => {}
                ("attribute", Some(name)) => source = Some(KeySource::Attribute(name)),
                (_, Some(pointer)) if pointer.starts_with('/') => source = Some(KeySource::Pointer(pointer)),
                (_, Some(pointer)) => {
                    let message = format!("`{pointer}` is not a JSON pointer");
                    self.wrong(entry.value.span, message, "here", format!("start with a slash: `/{pointer}`"));
                }
            }
        }
        source
    }

    fn swarm(&mut self, node: &Node) -> Swarm {
        match node.shape {
            Shape::Scalar(serde_json::Value::Bool(false)) => Swarm::Off,
            Shape::Scalar(serde_json::Value::Bool(true)) => Swarm::On(SWARM),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) => {
                self.probability(node, "`swarm`").map_or(Swarm::Off, Swarm::On)
            }
        }
    }

    fn presets(&mut self, node: &Node, plan: &mut Plan) {
        let words: Vec<_> = Preset::ALL.iter().map(|preset| preset.as_str()).collect();
        for item in Self::one_or_many(node) {
            let word = self.word(item, "preset", &words);
            let Some(preset) = Preset::ALL.iter().copied().find(|preset| Some(preset.as_str()) == word) else {
                continue;
            };
            // A preset as such may name what a place cannot do: it means all that is possible there.
            plan.rules.extend(preset.rules(self.known, self.place));
        }
    }
}
