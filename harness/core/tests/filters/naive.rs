//! A message against a policy: all rules that its alternatives make, and all ways to choose values, one after another.

use std::collections::BTreeMap;

use serde_json::Value;

use super::naive_pattern::matches;

/// What each key may be, by path.
type Rule = BTreeMap<String, Vec<Value>>;

/// All rules of a policy: those before `$or` with each of its alternatives. What is said last of a key counts.
fn rules(path: &str, policy: &Value, mut rules: Vec<Rule>) -> Vec<Rule> {
    for (name, value) in policy.as_object().unwrap() {
        match value {
            Value::Array(objects) if name == "$or" => {
                rules = objects.iter().flat_map(|object| self::rules(path, object, rules.clone())).collect();
            }
            Value::Array(patterns) => {
                for rule in &mut rules {
                    rule.insert(format!("{path}{name}"), patterns.clone());
                }
            }
            object => rules = self::rules(&format!("{path}{name}."), object, rules),
        }
    }
    rules
}

fn may_be_absent(patterns: &[Value]) -> bool {
    patterns.iter().any(|pattern| pattern.get("exists") == Some(&Value::Bool(false)))
}

fn is_wanted(patterns: &[Value], value: &Value) -> bool {
    patterns.iter().any(|pattern| matches(pattern, value))
}

/// Whether attributes match, each as its values; a binary one has none.
pub(crate) fn attributes_match(policy: &Value, attributes: &BTreeMap<String, Option<Vec<Value>>>) -> bool {
    rules("", policy, vec![Rule::new()]).iter().any(|rule| {
        rule.iter().all(|(name, patterns)| {
            let values: Vec<Value> = attributes.get(name).cloned().flatten().unwrap_or_default();
            values.iter().any(|value| is_wanted(patterns, value))
                || values.is_empty() && !attributes.is_empty() && may_be_absent(patterns)
        })
    })
}

/// A value of a body that is no object and no list: its path, and its place in each list around it.
#[derive(Debug, Clone)]
struct Field {
    path: String,
    value: Value,
    lists: BTreeMap<usize, usize>,
}

fn flatten(path: &str, value: &Value, lists: &BTreeMap<usize, usize>, count: &mut usize, fields: &mut Vec<Field>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, member, lists, count, fields);
            }
        }
        Value::Array(elements) => {
            *count += 1;
            let list = *count;
            for (at, element) in elements.iter().enumerate() {
                let mut lists = lists.clone();
                lists.insert(list, at);
                flatten(path, element, &lists, count, fields);
            }
        }
        value => fields.push(Field { path: path.to_owned(), value: value.clone(), lists: lists.clone() }),
    }
}

/// Whether two values are in the same element of each list that both are in.
fn is_consistent(one: &BTreeMap<usize, usize>, other: &BTreeMap<usize, usize>) -> bool {
    one.iter().all(|(list, at)| other.get(list).is_none_or(|other| other == at))
}

/// Tries every value for the first key, and for each every value for the next; absence is looked at when all are chosen.
fn choose(
    keys: &[(&String, &Vec<Value>)],
    chosen: &BTreeMap<usize, usize>,
    absent: &[&String],
    fields: &[Field],
) -> bool {
    let Some(((path, patterns), rest)) = keys.split_first() else {
        let is_there =
            |path: &String| fields.iter().any(|field| field.path == *path && is_consistent(chosen, &field.lists));
        return !absent.iter().any(|path| is_there(path));
    };
    let found = fields.iter().any(|field| {
        let fits = field.path == **path && is_wanted(patterns, &field.value) && is_consistent(chosen, &field.lists);
        let both = chosen.iter().chain(&field.lists).map(|(list, at)| (*list, *at)).collect();
        fits && choose(rest, &both, absent, fields)
    });
    found || may_be_absent(patterns) && choose(rest, chosen, &[absent, &[*path]].concat(), fields)
}

/// Whether a body matches.
pub(crate) fn body_matches(policy: &Value, body: &Value) -> bool {
    if !body.is_object() {
        return false;
    }
    let mut fields = Vec::new();
    flatten("", body, &BTreeMap::new(), &mut 0, &mut fields);
    let fits = |rule: &Rule| choose(&rule.iter().collect::<Vec<_>>(), &BTreeMap::new(), &[], &fields);
    rules("", policy, vec![Rule::new()]).iter().any(fits)
}
