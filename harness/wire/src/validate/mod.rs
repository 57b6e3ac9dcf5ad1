//! Parameters against the constraints of the model, in the words of AWS: "2 validation errors detected: Value null at
//! 'records' failed to satisfy constraint: Member must not be null; ...".
//!
//! Texts and their limits are from answers of Kinesis and `DynamoDB`, which share a framework
//! (<https://github.com/mhart/kinesalite/tree/master/test>,
//! <https://github.com/mhart/dynalite/tree/master/test>), and from recordings of SNS. Constraints are checked after
//! types and before anything that needs state.
//!
//! - `check`: [`check`]: the parameters of one call, with what each service leaves to the model; start here
//! - `walk`: every member at every depth
//! - `constraint`: single constraints and their words
//! - `enumeration`: the order in which the values of an enumeration are told
//! - `shown`: values as Java prints them
//! - `pattern`: Java's regular expressions

mod check;
mod constraint;
mod enumeration;
mod pattern;
mod shown;
mod walk;

pub use check::check;
