//! What a service's parameters mean.
//!
//! - [`Domain`]: what the generator asks
//! - `sqs`, `sns`, `kinesis`: one service each

mod kinesis;
mod sns;
mod sqs;

use redeliver_model::{Operation, Service, Shape};
use redeliver_spec::Feature;
use serde_json::Value;

use super::dice::Dice;
use super::known::Known;
use super::program::Program;

/// What the generator has to know of a service beyond its API model.
pub(super) trait Domain: Sync {
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

    /// What makes a drawn call sensible, such as a group on a FIFO queue.
    fn fit(&self, operation: &str, with: &mut Value, dice: &mut Dice, known: &Known);

    /// What the answer to an operation gives: class of the thing, and where it stands.
    fn gives(&self, operation: &str) -> &'static [(&'static str, &'static str)];

    /// The last calls of a program, which show the state after it.
    fn closing(&self, known: &Known) -> Vec<(&'static str, Value)>;

    /// A structure of this shape as a whole, where its members hang together; none where they do not.
    fn structures(&self, shape: &Shape, known: &Known) -> Vec<Value>;
}

/// The domain of a service.
pub(super) fn of(service: Service) -> &'static dyn Domain {
    match service {
        Service::Sqs => &sqs::Sqs,
        Service::Sns => &sns::Sns,
        Service::Kinesis => &kinesis::Kinesis,
    }
}

/// The operation of this name.
fn operation(service: Service, name: &str) -> &'static Operation {
    service.model().operation(name).expect("domains name operations of the model")
}
