//! One statement of a policy.

use serde_json::{Map, Value};

use super::condition::{Condition, Verdict};
use super::like::is_like;
use super::principal::{Principal, texts};
use super::question::Question;

/// What a statement does when it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies, whatever else allows.
    Deny,
}

/// Some, or all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named<T> {
    pub(super) list: Box<[T]>,
    pub(super) is_negated: bool,
}

impl<T> Named<T> {
    fn means(&self, is_meant: impl Fn(&T) -> bool) -> bool {
        self.list.iter().any(is_meant) != self.is_negated
    }
}

/// One statement of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// Its `Sid`, else its number from 1.
    pub(super) label: Box<str>,
    pub(super) effect: Effect,
    pub(super) principals: Named<Principal>,
    /// In lower case.
    pub(super) actions: Named<Box<str>>,
    pub(super) resources: Named<Box<str>>,
    pub(super) conditions: Box<[Condition]>,
    /// Whether a resource has a variable, which is not filled in here.
    has_variable: bool,
}

/// What of a statement decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Principal,
    Action,
    Resource,
    Condition(&'a Condition),
}

impl Statement {
    /// Reads a statement; `None` if it says neither `Allow` nor `Deny`.
    pub(super) fn read(number: usize, statement: &Map<String, Value>) -> Option<Self> {
        let effect = match statement.get("Effect").and_then(Value::as_str)? {
            "Allow" => Effect::Allow,
            "Deny" => Effect::Deny,
            _ => return None,
        };
        let label = statement.get("Sid").and_then(Value::as_str).map_or_else(|| number.to_string().into(), Into::into);
        let resources = named(statement, ["Resource", "NotResource"], texts);
        Some(Self {
            has_variable: resources.list.iter().any(|pattern| pattern.contains("${")),
            label,
            effect,
            principals: named(statement, ["Principal", "NotPrincipal"], Principal::read),
            actions: named(statement, ["Action", "NotAction"], |value| {
                texts(value).iter().map(|text| text.to_ascii_lowercase().into()).collect()
            }),
            resources,
            conditions: statement.get("Condition").map(Condition::read).unwrap_or_default().into(),
        })
    }

    /// Whether the statement is about a call; otherwise, the first part of it that is not, or that can't be told.
    pub(super) fn verdict(&self, question: &Question<'_>) -> (Verdict, Option<Part<'_>>) {
        if !self.principals.means(|principal| principal.means(question.who)) {
            return (Verdict::No, Some(Part::Principal));
        }
        let is_action = |pattern: &str| {
            *pattern == *"*" || pattern.contains(':') && is_like_ignoring_case(pattern, question.action)
        };
        if !self.actions.means(|pattern| is_action(pattern)) {
            return (Verdict::No, Some(Part::Action));
        }
        if !self.has_variable && !self.resources.means(|pattern| is_like(pattern, question.resource)) {
            return (Verdict::No, Some(Part::Resource));
        }
        let mut unclear = self.has_variable.then_some(Part::Resource);
        for condition in &self.conditions {
            match condition.verdict(question.circumstances) {
                Verdict::Yes => {}
                Verdict::No => return (Verdict::No, Some(Part::Condition(condition))),
                Verdict::Unclear => unclear = unclear.or(Some(Part::Condition(condition))),
            }
        }
        (if unclear.is_some() { Verdict::Unclear } else { Verdict::Yes }, unclear)
    }
}

/// One of two elements. A statement that has neither means nothing: AWS asks for one of them in policies of resources.
fn named<T>(statement: &Map<String, Value>, [plain, negated]: [&str; 2], read: impl Fn(&Value) -> Vec<T>) -> Named<T> {
    match (statement.get(plain), statement.get(negated)) {
        (None, Some(value)) => Named { list: read(value).into(), is_negated: true },
        (value, _) => Named { list: value.map(read).unwrap_or_default().into(), is_negated: false },
    }
}

/// For a pattern in lower case.
fn is_like_ignoring_case(pattern: &str, text: &str) -> bool {
    pattern.eq_ignore_ascii_case(text) || pattern.contains(['*', '?']) && is_like(pattern, &text.to_ascii_lowercase())
}
