//! A program for a seed.

use indexmap::IndexMap;
use proptest::collection::vec;
use redeliver_model::{Kind, Operation, Service, Shape};
use redeliver_spec::Feature;
use serde_json::{Map, Value};

use super::dice::Dice;
use super::domain::{self, Domain};
use super::known::Known;
use super::program::Program;
use super::shapes;
use crate::exec::Asked;

/// How often in a hundred times an optional member is given.
const OPTIONAL: usize = 18;
/// How often in a hundred times something of a call is odd.
const ODD: usize = 30;
/// How often in a hundred times an odd call lacks something.
const LACKING: usize = 8;

/// Draws programs for a service.
pub(super) struct Draw<'a> {
    service: Service,
    domain: &'static dyn Domain,
    operations: Vec<(&'static str, u32)>,
    has: &'a dyn Fn(Feature) -> bool,
    steps: usize,
}

impl<'a> Draw<'a> {
    /// Programs of at most so many calls between the opening and the closing ones; `has` tells what both targets have.
    pub(super) fn new(service: Service, steps: usize, has: &'a dyn Fn(Feature) -> bool) -> Self {
        let domain = domain::of(service);
        let operations = domain.operations().iter().filter(|(_, feature, _)| has(*feature));
        let operations = operations.map(|(name, _, weight)| (*name, *weight)).collect();
        Self { service, domain, operations, has, steps }
    }

    /// The program of a seed.
    pub(super) fn program(&self, seed: u64) -> Program {
        let mut dice = Dice::new(seed);
        let mut known = Known::default();
        let mut program = self.domain.opening(&mut dice, &mut known, self.has);
        let weights: Vec<_> = self.operations.iter().map(|(_, weight)| *weight).collect();
        let steps = dice.draw(&(1..=self.steps.max(1)));
        for _ in 0..steps {
            let (name, _) = self.operations[dice.weighted(&weights)];
            let operation = self.service.model().operation(name).expect("domains name operations of the model");
            let (with, odd) = self.call(operation, &mut dice, &known);
            let save = self.saves(name, &mut known);
            program.push(Asked { operation, with, save, until: None }, odd);
        }
        for (name, with) in self.domain.closing(&known) {
            let operation = self.service.model().operation(name).expect("domains name operations of the model");
            program.push(Asked { operation, with, save: IndexMap::new(), until: None }, None);
        }
        program
    }

    fn saves(&self, operation: &str, known: &mut Known) -> IndexMap<String, String> {
        self.domain.gives(operation).iter().map(|(class, at)| (known.add(class), (*at).to_owned())).collect()
    }

    /// Parameters, and what is odd about them.
    fn call(&self, operation: &'static Operation, dice: &mut Dice, known: &Known) -> (Value, Option<String>) {
        let drawn = Drawn { domain: self.domain, operation: operation.name, known };
        let mut with = drawn.structure(operation.input, dice);
        self.domain.fit(operation.name, &mut with, dice, known);
        let odd = dice.chance(ODD).then(|| drawn.spoil(operation.input, &mut with, dice)).flatten();
        (with, odd)
    }
}

/// Draws the parameters of one call.
struct Drawn<'a> {
    domain: &'static dyn Domain,
    operation: &'static str,
    known: &'a Known,
}

impl Drawn<'_> {
    fn structure(&self, shape: &'static Shape, dice: &mut Dice) -> Value {
        let mut map = Map::new();
        for member in shape.members() {
            let is_avoided = self.domain.avoided().contains(&member.name);
            if member.required || (!is_avoided && dice.chance(OPTIONAL)) {
                map.insert(member.name.to_owned(), self.value(member.name, member.shape, dice));
            }
        }
        Value::Object(map)
    }

    fn value(&self, name: &str, shape: &'static Shape, dice: &mut Dice) -> Value {
        if let Some(usual) = dice.pick(&self.domain.usual(self.operation, name, self.known)) {
            return usual.clone();
        }
        match shape.kind {
            Kind::Structure { .. } => self.structure(shape, dice),
            Kind::List { member, .. } => {
                // What a list is of is drawn by the name of the list.
                let length = dice.draw(&vec(0..1_u8, 1..=2)).len();
                let mut list = Vec::new();
                for _ in 0..length {
                    let element = match member.kind {
                        Kind::Structure { .. } => self.structure(member, dice),
                        _ => dice.draw(&shapes::scalar(member)),
                    };
                    list.push(element);
                }
                number(&mut list);
                Value::Array(list)
            }
            Kind::Map { key, value, .. } => {
                let name = dice.draw(&shapes::scalar(key)).as_str().unwrap_or("a").to_owned();
                let value = self.value(&name, value, dice);
                Value::Object([(name, value)].into_iter().collect())
            }
            _ => dice.draw(&shapes::scalar(shape)),
        }
    }

    /// Makes one thing of the parameters odd, and says which.
    fn spoil(&self, shape: &'static Shape, with: &mut Value, dice: &mut Dice) -> Option<String> {
        let mut places = Vec::new();
        places_of(shape, with, "", self.operation, &mut places);
        // What may be given and is not can be odd too.
        for member in shape.members() {
            if with.get(member.name).is_none() && !self.domain.avoided().contains(&member.name) {
                places.push((format!("/{}", member.name), member.name.to_owned(), member.shape));
            }
        }
        let (pointer, name, shape) = dice.pick(&places)?.clone();
        if dice.chance(LACKING) && !self.domain.needed().contains(&(self.operation, name.as_str())) {
            let (parent, key) = pointer.rsplit_once('/')?;
            with.pointer_mut(parent)?.as_object_mut()?.remove(key)?;
            return Some(format!("{pointer} left out"));
        }
        let mut odd = self.domain.odd(self.operation, &name, self.known);
        // What is said of a list is not for its elements.
        odd.retain(|value| fits(shape, value));
        let is_needed = self.domain.needed().contains(&(self.operation, name.as_str()));
        if !is_needed {
            odd.extend(shapes::odd(shape, with.pointer(&pointer).unwrap_or(&Value::Null)));
        }
        let index = dice.below(odd.len());
        let value = odd.into_iter().nth(index)?;
        if let Some(old) = with.pointer_mut(&pointer) {
            *old = value;
        } else {
            with.as_object_mut()?.insert(name, value);
        }
        Some(format!("{pointer} {index}"))
    }
}

/// Whether a value is of the type of a shape: what is not would not be sent by any SDK.
fn fits(shape: &Shape, value: &Value) -> bool {
    match shape.kind {
        Kind::Structure { .. } | Kind::EventStream { .. } | Kind::Map { .. } => value.is_object(),
        Kind::List { .. } => value.is_array(),
        Kind::String | Kind::Blob => value.is_string() || value.get("$text").is_some() || value.get("$json").is_some(),
        Kind::Integer | Kind::Long => value.is_i64(),
        Kind::Double | Kind::Timestamp => value.is_number(),
        Kind::Boolean => value.is_boolean(),
    }
}

/// Entries of a batch that have an `Id` are told apart by it.
fn number(list: &mut [Value]) {
    for (index, element) in list.iter_mut().enumerate() {
        if let Some(id) = element.get_mut("Id") {
            *id = Value::from((index + 1).to_string());
        }
    }
}

/// Every place of a value: its pointer, the name of the member that it belongs to, its shape.
fn places_of(
    shape: &'static Shape,
    value: &Value,
    pointer: &str,
    name: &str,
    places: &mut Vec<(String, String, &'static Shape)>,
) {
    if !pointer.is_empty() {
        places.push((pointer.to_owned(), name.to_owned(), shape));
    }
    match (&shape.kind, value) {
        (_, Value::Object(map)) if map.keys().any(|key| key.starts_with('$')) => {}
        (Kind::Structure { .. }, Value::Object(map)) => {
            for (key, below) in map {
                if let Some(member) = shape.member(key) {
                    places_of(member.shape, below, &format!("{pointer}/{key}"), key, places);
                }
            }
        }
        (Kind::List { member, .. }, Value::Array(list)) => {
            for (index, below) in list.iter().enumerate() {
                places_of(member, below, &format!("{pointer}/{index}"), name, places);
            }
        }
        (Kind::Map { value: shape, .. }, Value::Object(map)) => {
            for (key, below) in map.iter().filter(|(key, _)| !key.contains(['/', '~'])) {
                places_of(shape, below, &format!("{pointer}/{key}"), key, places);
            }
        }
        _ => {}
    }
}
