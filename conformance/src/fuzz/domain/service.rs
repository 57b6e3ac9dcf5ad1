//! What the generator has to know of a service beyond its API model.

use redeliver_model::{Operation, Service};
use redeliver_spec::Feature;
use serde_json::Value;

use super::{kinesis, sns, sqs};
use crate::fuzz::dice::Dice;
use crate::fuzz::known::Known;
use crate::fuzz::program::Program;

/// What the generator has to know of a service beyond its API model.
pub(in crate::fuzz) trait Domain: Sync {
    /// Operations with the feature that a target needs for each, and how often they are drawn.
    fn operations(&self) -> &'static [(&'static str, Feature, u32)];

    /// The first calls of a program, after which there is something to call about. `has` tells what both targets have.
    fn opening(&self, dice: &mut Dice, known: &mut Known, has: &dyn Fn(Feature) -> bool) -> Program;

    /// Usual values of a member of this name; none where the API model says enough.
    fn usual(&self, operation: &str, name: &str, known: &Known) -> Vec<Value>;

    /// Values of a member of this name that are worth a try because they may be refused.
    fn odd(&self, operation: &str, name: &str, known: &Known) -> Vec<Value>;

    /// Optional members that are never drawn: they would take time, or lie beyond what a program may touch.
    fn avoided(&self) -> &'static [&'static str];

    /// Optional members without which a call would show what others made: operation and member.
    fn needed(&self) -> &'static [(&'static str, &'static str)];

    /// What makes a drawn call sensible, such as a group on a FIFO queue.
    fn fit(&self, operation: &str, with: &mut Value, dice: &mut Dice, known: &Known);

    /// What the answer to an operation gives: class of the thing, and where it stands.
    fn gives(&self, operation: &str) -> &'static [(&'static str, &'static str)];

    /// The last calls of a program, which show the state after it.
    fn closing(&self, known: &Known) -> Vec<(&'static str, Value)>;
}

/// The domain of a service.
pub(in crate::fuzz) fn of(service: Service) -> &'static dyn Domain {
    match service {
        Service::Sqs => &sqs::Sqs,
        Service::Sns => &sns::Sns,
        Service::Kinesis => &kinesis::Kinesis,
    }
}

/// The operation of this name.
pub(super) fn operation(service: Service, name: &str) -> &'static Operation {
    service.model().operation(name).expect("domains name operations of the model")
}
