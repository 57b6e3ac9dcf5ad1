//! Every member at every depth.
//!
//! silent: in which order violations come. It was once that of a hash table of the service's hosts and later differed
//! from answer to answer (tests of kinesalite compare them as sets); here it is the order of the model, and of one
//! value pattern before length.

use redeliver_model::{Fields, Kind, Service, Shape, Value};

use super::constraint::Constraint;
use super::shown;

/// AWS tells at most so many violations.
const VIOLATIONS_MAX: usize = 10;

/// Which constraints a service leaves to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// All of them.
    All,
    /// That required maps, and required members of nested structures, are there.
    Presence,
}

/// A walk through the parameters of one call.
#[derive(Debug)]
pub(super) struct Walk {
    service: Service,
    scope: Scope,
    violations: Vec<String>,
}

impl Walk {
    pub(super) fn new(service: Service, scope: Scope) -> Self {
        Self { service, scope, violations: Vec::new() }
    }

    /// The violations, each a sentence, in order.
    pub(super) fn run(mut self, shape: &'static Shape, parameters: &Value) -> Vec<String> {
        if let Value::Structure(fields) = parameters {
            self.structure("", shape, fields);
        }
        self.violations
    }

    fn full(&self) -> bool {
        self.violations.len() >= VIOLATIONS_MAX
    }

    fn structure(&mut self, path: &str, shape: &'static Shape, fields: &Fields) {
        for member in shape.members() {
            if self.full() {
                return;
            }
            let path = step(path, &lower_first(member.name));
            match fields.get(member.name) {
                Some(value) => self.value(&path, member.shape, value),
                None if member.required && self.misses(&path, member.shape) => {
                    self.violations.push(sentence("null", &path, "Member must not be null"));
                }
                None => {}
            }
        }
    }

    /// Whether the absence of this required member is told here.
    fn misses(&self, path: &str, shape: &Shape) -> bool {
        match self.scope {
            Scope::All => true,
            Scope::Presence => path.contains('.') || matches!(shape.kind, Kind::Map { .. }),
        }
    }

    fn value(&mut self, path: &str, shape: &'static Shape, value: &Value) {
        for constraint in Constraint::all(shape) {
            if !constraint.holds(value) {
                self.violated(path, value, shape, &constraint.to_string());
            }
        }
        match (value, &shape.kind) {
            (Value::Structure(fields), _) => self.structure(path, shape, fields),
            (Value::List(items), Kind::List { member, .. }) if has_members(member) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(&step(path, &format!("{}.member", index + 1)), member, item);
                }
            }
            (Value::List(items), Kind::List { member, .. }) => {
                self.items(path, (value, shape), "Member", member, items.iter());
            }
            (Value::Map(entries), Kind::Map { key: key_shape, value: item_shape, .. }) => {
                let keys: Vec<_> = entries.keys().cloned().map(Value::String).collect();
                self.items(path, (value, shape), "Map keys", key_shape, keys.iter());
                if !has_members(item_shape) {
                    return self.items(path, (value, shape), "Map value", item_shape, entries.values());
                }
                for (key, item) in entries {
                    self.value(&step(path, &format!("{key}.member")), item_shape, item);
                }
            }
            _ => {}
        }
    }

    /// Items that are no structures: one violation stands for all, and tells all constraints.
    fn items<'a>(
        &mut self,
        path: &str,
        (value, shape): (&Value, &'static Shape),
        subject: &str,
        item_shape: &'static Shape,
        mut items: impl Iterator<Item = &'a Value>,
    ) {
        let constraints = Constraint::of_items(item_shape);
        if items.any(|item| constraints.iter().any(|constraint| !constraint.holds(item))) {
            let listed: Vec<_> = constraints.iter().map(ToString::to_string).collect();
            self.violated(path, value, shape, &format!("{subject} must satisfy constraint: [{}]", listed.join(", ")));
        }
    }

    fn violated(&mut self, path: &str, value: &Value, shape: &'static Shape, constraint: &str) {
        if self.scope == Scope::All && !self.full() {
            let shown = shown::value(self.service, shape, value);
            self.violations.push(sentence(&format!("'{shown}'"), path, constraint));
        }
    }
}

fn sentence(value: &str, path: &str, constraint: &str) -> String {
    format!("Value {value} at '{path}' failed to satisfy constraint: {constraint}")
}

fn has_members(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Structure { .. } | Kind::List { .. } | Kind::Map { .. })
}

fn step(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// `StreamName` is told as `streamName`, and `StreamARN` as `streamARN`.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
