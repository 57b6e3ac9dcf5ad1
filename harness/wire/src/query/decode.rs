//! Parameters as a structure.
//!
//! The texts of refusals are those that AWS gave to clients which had a name wrong:
//! - a list without its element's name: <https://github.com/aws/aws-sdk-php/issues/637>, <https://github.com/ex-aws/ex_aws/pull/328>
//! - a list or structure where a text is expected: <https://github.com/rusoto/rusoto/issues/586>, <https://github.com/brendanhay/amazonka/issues/209>
//! - a text where a list or structure is expected: <https://github.com/boto/boto/issues/2895>, <https://github.com/pplu/aws-sdk-perl/issues/112>

use indexmap::IndexMap;
use redeliver_model::{Fields, Kind, Member, Shape, Value};

use super::{Parameters, scalar};
use crate::Error;

const LIST_AT_TOP: &str = "Top level element may not be treated as a list";
const LIST_UNEXPECTED: &str = "Start of list found where not expected";
const LIST_EXPECTED: &str = "Unexpected list element termination";
const STRUCTURE_EXPECTED: &str = "Unexpected complex element termination";

/// Reads a structure of this shape. Parameters that the shape lacks are ignored.
pub fn decode(shape: &'static Shape, parameters: &Parameters) -> Result<Value, Error> {
    if parameters.is_malformed() {
        return Err(Error::MalformedQueryString);
    }
    let reader = Reader { parameters };
    reader.check_tops(shape)?;
    reader.structure(shape, None)
}

struct Reader<'a> {
    parameters: &'a Parameters,
}

impl Reader<'_> {
    /// Only flattened lists and maps have a number right after their name.
    fn check_tops(&self, shape: &'static Shape) -> Result<(), Error> {
        for top in self.parameters.tops() {
            let member = shape.members().iter().find(|member| member.query_names.contains(&top));
            let flat = member.is_some_and(is_flattened);
            if !flat && self.parameters.below(top).any(|part| part.parse::<u64>().is_ok()) {
                return Err(malformed(LIST_AT_TOP));
            }
            // The name that the member has in JSON, where it has another one here.
            if member.is_none() && shape.member(top).is_some() && self.parameters.has_below(top) {
                return Err(malformed(LIST_UNEXPECTED));
            }
        }
        Ok(())
    }

    fn structure(&self, shape: &'static Shape, name: Option<&str>) -> Result<Value, Error> {
        let mut fields = Fields::new();
        for member in shape.members() {
            for query_name in member.query_names {
                let path = name.map_or_else(|| (*query_name).to_owned(), |name| format!("{name}.{query_name}"));
                if let Some(value) = self.value(member.shape, is_flattened(member), &path)? {
                    fields.push(member.name, value);
                    break;
                }
            }
        }
        Ok(Value::Structure(fields))
    }

    /// The value of this name; `None` when there is none.
    fn value(&self, shape: &'static Shape, flattened: bool, name: &str) -> Result<Option<Value>, Error> {
        match &shape.kind {
            Kind::Structure { .. } if self.is_there(name, STRUCTURE_EXPECTED)? => {
                self.structure(shape, Some(name)).map(Some)
            }
            Kind::List { member, .. } if flattened => self.list(member, &self.flat(name)),
            Kind::List { member, member_name, .. } if self.is_there(name, LIST_EXPECTED)? => {
                self.list(member, &self.numbered(&format!("{name}.{member_name}")))
            }
            Kind::Map { key_name, value, value_name, .. } if flattened => {
                self.map(value, [key_name, value_name], &self.flat(name))
            }
            Kind::Map { key_name, value, value_name, .. } if self.is_there(name, LIST_EXPECTED)? => {
                self.map(value, [key_name, value_name], &self.numbered(&format!("{name}.entry")))
            }
            Kind::Structure { .. } | Kind::List { .. } | Kind::Map { .. } => Ok(None),
            kind => {
                if self.parameters.has_below(name) {
                    return Err(malformed(LIST_UNEXPECTED));
                }
                self.parameters.get(name).map(|text| scalar::read(kind, text)).transpose()
            }
        }
    }

    /// Whether anything is below this name. A name alone, without a value, stands for an empty list or map, which is as good as none.
    fn is_there(&self, name: &str, otherwise: &str) -> Result<bool, Error> {
        if self.parameters.has_below(name) {
            return Ok(true);
        }
        if self.parameters.filled(name).is_some() {
            return Err(malformed(otherwise));
        }
        Ok(false)
    }

    fn numbered(&self, name: &str) -> Vec<String> {
        self.parameters.numbers(name).into_iter().map(|number| format!("{name}.{number}")).collect()
    }

    /// The names of a flattened list's elements. A single element needs no number: documentation has `AttributeName=All`.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>
    fn flat(&self, name: &str) -> Vec<String> {
        let numbered = self.numbered(name);
        let alone = self.parameters.filled(name).is_some() || self.parameters.has_below(name);
        if numbered.is_empty() && alone { vec![name.to_owned()] } else { numbered }
    }

    fn list(&self, member: &'static Shape, names: &[String]) -> Result<Option<Value>, Error> {
        let mut items = Vec::new();
        for name in names {
            items.extend(self.value(member, false, name)?);
        }
        Ok((!items.is_empty()).then_some(Value::List(items)))
    }

    /// Entries are sorted by key, as in JSON. One that lacks its key or value is ignored
    /// (silent: AWS says nothing about it).
    fn map(
        &self,
        shape: &'static Shape,
        [key, value]: [&&'static str; 2],
        names: &[String],
    ) -> Result<Option<Value>, Error> {
        let mut entries = IndexMap::new();
        for name in names {
            let key = self.parameters.get(&format!("{name}.{key}"));
            let value = self.value(shape, false, &format!("{name}.{value}"))?;
            entries.extend(key.map(str::to_owned).zip(value));
        }
        entries.sort_keys();
        Ok((!entries.is_empty()).then_some(Value::Map(entries)))
    }
}

pub(super) fn is_flattened(member: &Member) -> bool {
    let by_shape = matches!(member.shape.kind, Kind::List { flattened: true, .. } | Kind::Map { flattened: true, .. });
    member.flattened || by_shape
}

fn malformed(message: &str) -> Error {
    Error::MalformedInput { message: message.to_owned() }
}
