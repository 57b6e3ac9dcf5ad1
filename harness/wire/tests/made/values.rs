//! Any value of a shape.

use indexmap::IndexMap;
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;
use redeliver_model::{Fields, Kind, Shape, Timestamp, Value};

/// Any value of a shape, nested at most `depth` levels.
pub(crate) fn values(shape: &'static Shape, depth: u32) -> BoxedStrategy<Value> {
    match &shape.kind {
        Kind::Structure { members } => {
            let members: Vec<_> = members
                .iter()
                .filter(|_| depth > 0)
                .filter(|member| !matches!(member.shape.kind, Kind::EventStream { .. }))
                .map(|member| {
                    prop::option::of(values(member.shape, depth - 1)).prop_map(move |value| (member.name, value))
                })
                .collect();
            let fields = members.prop_map(|members| {
                let mut fields = Fields::new();
                for (name, value) in members {
                    if let Some(value) = value {
                        fields.push(name, value);
                    }
                }
                Value::Structure(fields)
            });
            fields.boxed()
        }
        Kind::List { member, .. } => {
            prop::collection::vec(values(member, depth.saturating_sub(1)), 0..3).prop_map(Value::List).boxed()
        }
        Kind::Map { value, .. } => {
            let entry = (any::<String>(), values(value, depth.saturating_sub(1)));
            let entries = prop::collection::vec(entry, 0..3);
            entries.prop_map(|entries| Value::Map(IndexMap::from_iter(entries))).boxed()
        }
        Kind::String => any::<String>().prop_map(Value::String).boxed(),
        Kind::Integer => any::<i32>().prop_map(|number| Value::Integer(number.into())).boxed(),
        Kind::Long => any::<i64>().prop_map(Value::Integer).boxed(),
        Kind::Double => prop::num::f64::NORMAL.prop_map(Value::Double).boxed(),
        Kind::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Kind::Blob => any::<Vec<u8>>().prop_map(|bytes| Value::Blob(bytes.into())).boxed(),
        // Up to the year 9999.
        Kind::Timestamp => (0..253_402_300_800_000_u64).prop_map(|millis| Value::Timestamp(Timestamp(millis))).boxed(),
        Kind::EventStream { .. } => Just(Value::Structure(Fields::new())).boxed(),
    }
}
