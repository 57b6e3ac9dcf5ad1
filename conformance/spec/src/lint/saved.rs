//! Pointers of captures against the shape of an operation's output.

use redeliver_model::{Kind, Shape};

use crate::place::unescape;
use crate::problem::Findings;
use crate::words::nearest;

/// Goes on into the JSON of a text.
const IN_JSON: &str = "$json";

/// Checks that a pointer can lead to something in a response; `subject` names the operation.
pub(crate) fn check(shape: &'static Shape, subject: &str, saved: &str, pointer: &str, findings: &mut Findings) {
    let mut shape = shape;
    for segment in saved.split('/').skip(1).map(unescape) {
        let is_index = !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
        shape = match &shape.kind {
            Kind::EventStream { .. } if is_index => shape,
            Kind::Structure { .. } | Kind::EventStream { .. } => {
                let Some(member) = shape.member(&segment) else {
                    let message = format!("the response of {subject} has no key `{segment}` in `{saved}`");
                    findings.value(pointer, message, remedy(shape, &segment)).label("leads nowhere");
                    return;
                };
                member.shape
            }
            Kind::List { member, .. } if is_index => member,
            Kind::List { .. } => {
                let message = format!("`{segment}` in `{saved}` is no index, and a list stands there");
                findings
                    .value(pointer, message, "count the elements from 0, as in `/Messages/0`")
                    .label("leads nowhere");
                return;
            }
            Kind::Map { value, .. } => value,
            // What is in the JSON of a text is not known.
            Kind::String if segment == IN_JSON => return,
            _ => {
                let message = format!("`{saved}` goes on at `{segment}` into {}, which has no parts", shape.noun());
                findings.value(pointer, message, "end the pointer before it").label("leads nowhere");
                return;
            }
        };
    }
}

fn remedy(shape: &Shape, segment: &str) -> String {
    let known: Vec<_> = shape.members().iter().map(|member| member.name).collect();
    match nearest(segment, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None if known.is_empty() => "leave it out: the response has no keys".to_owned(),
        None => format!("there can be {}", known.join(", ")),
    }
}
