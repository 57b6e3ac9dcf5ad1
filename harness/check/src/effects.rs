//! What a run did to the outside world.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Record, What};

/// What was done for each business key, in no order: two runs with equal effects left the world in the same state.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Effects(BTreeMap<String, Vec<Value>>);

impl Effects {
    /// The effects that a history tells.
    pub fn of(history: &[Record]) -> Self {
        let told = history.iter().filter_map(|record| match &record.what {
            What::Effect { key, value, .. } => Some((key.clone(), value.clone())),
            _ => None,
        });
        told.collect()
    }

    /// What was done for this key.
    pub fn get(&self, key: &str) -> &[Value] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    /// Where `run` differs from these effects, one line for each key; a key without effects is equal to none.
    pub fn differences(&self, run: &Self) -> Vec<String> {
        let keys: BTreeSet<_> = self.0.keys().chain(run.0.keys()).collect();
        let differing = keys.into_iter().filter(|key| self.get(key) != run.get(key));
        let line = |key: &String| format!("`{key}`: {} became {}", shown(self.get(key)), shown(run.get(key)));
        differing.map(line).collect()
    }
}

/// Values of a key are sorted, so that their order does not count.
impl FromIterator<(String, Value)> for Effects {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(effects: I) -> Self {
        let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (key, value) in effects {
            all.entry(key).or_default().push(value);
        }
        for values in all.values_mut() {
            values.sort_by_cached_key(Value::to_string);
        }
        Self(all)
    }
}

fn shown(values: &[Value]) -> String {
    if values.is_empty() {
        return "nothing".to_owned();
    }
    values.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Effects;

    fn effects(all: &[(&str, i32)]) -> Effects {
        all.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect()
    }

    #[test]
    fn order_does_not_count_and_number_does() {
        let calm = effects(&[("a", 1), ("b", 2), ("b", 3)]);
        assert_eq!(calm.differences(&effects(&[("b", 3), ("b", 2), ("a", 1)])), Vec::<String>::new());
        let expected = ["`a`: 1 became 1, 1", "`b`: 2, 3 became 2", "`c`: nothing became 5"];
        assert_eq!(calm.differences(&effects(&[("a", 1), ("a", 1), ("b", 2), ("c", 5)])), expected);
    }
}
