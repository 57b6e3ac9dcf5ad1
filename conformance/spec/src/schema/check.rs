//! All breaches of the schema in a value.
//!
//! Deserialising stops at the first breach; this walk finds all of them. It knows the keywords that the schema uses, and a
//! test proves that the schema uses no other.

use indexmap::IndexMap;
use regex::Regex;
use serde_json::{Map, Value};

use super::tell;
use crate::place::child;
use crate::problem::Findings;

/// A schema with its regular expressions.
#[derive(Debug)]
pub(crate) struct Compiled {
    schema: Value,
    patterns: IndexMap<String, Regex>,
}

impl Compiled {
    /// Compiles a schema of ours.
    pub(crate) fn new(schema: Value) -> Self {
        let mut patterns = IndexMap::new();
        collect(&schema, &mut patterns);
        Self { schema, patterns }
    }

    /// The schema.
    pub(crate) fn schema(&self) -> &Value {
        &self.schema
    }

    /// Notes all breaches of the schema in a file.
    pub(crate) fn check(&self, file: &Value, findings: &mut Findings) {
        Walk { compiled: self, findings }.value(&self.schema, "file", file, "");
    }
}

/// Compiles every regular expression of the schema.
fn collect(schema: &Value, patterns: &mut IndexMap<String, Regex>) {
    let compile = |text: &str| Regex::new(text).expect("the schema is ours, its patterns are tested");
    match schema {
        Value::Object(map) => {
            if let Some(Value::String(pattern)) = map.get("pattern") {
                patterns.insert(pattern.clone(), compile(pattern));
            }
            if let Some(Value::Object(properties)) = map.get("patternProperties") {
                patterns.extend(properties.keys().map(|pattern| (pattern.clone(), compile(pattern))));
            }
            map.values().for_each(|value| collect(value, patterns));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, patterns)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

struct Walk<'a> {
    compiled: &'a Compiled,
    findings: &'a mut Findings,
}

impl<'a> Walk<'a> {
    /// `name` is the name of the schema's definition, or of the key that holds the value.
    fn value(&mut self, schema: &'a Value, name: &str, value: &Value, pointer: &str) {
        if let Some(Value::String(reference)) = schema.get("$ref") {
            let definition = reference.rsplit('/').next().unwrap_or_default();
            return self.value(&self.compiled.schema["$defs"][definition], definition, value, pointer);
        }
        if let Some(words) = words(schema) {
            return self.word(&words, name, value, pointer);
        }
        let expected = schema.get("type").and_then(Value::as_str);
        if let Some(expected) = expected.filter(|expected| !is(expected, value)) {
            let fits = self.quoted_fits(schema, value);
            tell::wrong_type(self.findings, schema, expected, value, pointer, fits);
            return;
        }
        match value {
            Value::Object(map) => self.map(schema, map, pointer),
            Value::Array(items) => self.list(schema, name, items, pointer),
            Value::String(text) => self.text(schema, text, pointer),
            Value::Number(_) => self.number(schema, name, value, pointer),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn word(&mut self, words: &[&str], list: &str, value: &Value, pointer: &str) {
        if !value.as_str().is_some_and(|word| words.contains(&word)) {
            tell::unknown_word(self.findings, words, list, value, pointer);
        }
    }

    fn map(&mut self, schema: &'a Value, map: &Map<String, Value>, pointer: &str) {
        let required = schema.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let unknown = map.keys().filter(|key| schema.get("properties").is_some_and(|known| known.get(key).is_none()));
        let meant: Vec<_> = unknown.filter_map(|key| tell::meant(schema, key)).collect();
        let missing = required.iter().filter_map(Value::as_str).filter(|key| !map.contains_key(*key));
        // A misspelt key is told once, as what it was meant to be.
        for key in missing.filter(|key| !meant.contains(key)) {
            tell::missing_key(self.findings, schema, key, pointer);
        }
        if map.is_empty() && schema.get("minProperties").is_some() {
            tell::too_few(self.findings, schema, 0, 1, pointer);
        }
        for (key, value) in map {
            let below = child(pointer, key);
            if let Some(known) = schema.get("properties").and_then(|known| known.get(key)) {
                self.value(known, key, value, &below);
            } else if let Some(Value::Object(patterns)) = schema.get("patternProperties") {
                match patterns.iter().find(|(pattern, _)| self.compiled.patterns[*pattern].is_match(key)) {
                    Some((_, known)) => self.value(known, key, value, &below),
                    None => tell::bad_variable(self.findings, key, &below),
                }
            } else if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
                tell::unknown_key(self.findings, schema, key, &below);
            }
        }
    }

    fn list(&mut self, schema: &'a Value, name: &str, items: &[Value], pointer: &str) {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or_default();
        if (items.len() as u64) < least {
            tell::too_few(self.findings, schema, items.len(), least, pointer);
        }
        if let Some(known) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.value(known, name, item, &child(pointer, &index.to_string()));
            }
        }
    }

    /// Whether a number or boolean would be right if it stood in quotes.
    fn quoted_fits(&self, schema: &Value, value: &Value) -> bool {
        let pattern = schema.get("pattern").and_then(Value::as_str);
        pattern.is_none_or(|pattern| self.compiled.patterns[pattern].is_match(&value.to_string()))
    }

    fn text(&mut self, schema: &Value, text: &str, pointer: &str) {
        let Some(Value::String(pattern)) = schema.get("pattern") else { return };
        if !self.compiled.patterns[pattern].is_match(text) {
            tell::bad_form(self.findings, schema, text, pointer);
        }
    }

    fn number(&mut self, schema: &Value, name: &str, value: &Value, pointer: &str) {
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let number = value.as_f64().unwrap_or_default();
        let low = bound("minimum").filter(|least| number < *least);
        let high = bound("maximum").filter(|most| number > *most);
        if low.is_some() || high.is_some() {
            tell::out_of_range(self.findings, schema, name, value, pointer);
        }
    }
}

/// The words of a closed list.
fn words(schema: &Value) -> Option<Vec<&str>> {
    let options = schema.get("oneOf")?.as_array()?;
    options.iter().map(|option| option.get("const").and_then(Value::as_str)).collect()
}

/// Whether a value is of a type of JSON schema.
fn is(expected: &str, value: &Value) -> bool {
    match expected {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => value.is_number(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::generate::schema_value;
    use super::*;

    /// What this walk checks, and what only editors read.
    const KNOWN: [&str; 20] = [
        "$defs",
        "$ref",
        "$schema",
        "additionalProperties",
        "const",
        "default",
        "description",
        "format",
        "items",
        "maximum",
        "minItems",
        "minProperties",
        "minimum",
        "oneOf",
        "pattern",
        "patternProperties",
        "properties",
        "required",
        "title",
        "type",
    ];

    fn unknown_keywords(schema: &Value, found: &mut Vec<String>) {
        match schema {
            Value::Object(map) => {
                for (key, value) in map {
                    if ["properties", "patternProperties", "$defs"].contains(&key.as_str()) {
                        value.as_object().unwrap().values().for_each(|schema| unknown_keywords(schema, found));
                    } else if KNOWN.contains(&key.as_str()) {
                        unknown_keywords(value, found);
                    } else {
                        found.push(key.clone());
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| unknown_keywords(item, found)),
            _ => {}
        }
    }

    #[test]
    fn the_schema_uses_only_keywords_that_are_checked() {
        let mut found = Vec::new();
        unknown_keywords(&schema_value(), &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}
