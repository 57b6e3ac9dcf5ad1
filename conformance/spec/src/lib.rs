//! The conformance spec format: a typed model of spec files with the place of every key, loader, lint and diagnostics.
//!
//! `specs/README.md` defines the format. Start with [`load`], which reads files, lints them all and gives a [`Suite`].
//!
//! - [`load`], [`load_dir`]: from text to a [`Suite`], or to all [`Problems`] at once
//! - [`suite`]: [`Suite`], [`SpecFile`], [`Case`], [`Evidence`]: what a spec says
//! - [`step`]: [`Step`] and what each kind of step holds, durations
//! - [`words`]: the closed lists: [`Guarantee`], [`Feature`], [`Level`], [`Invariant`], [`Stress`], [`Signing`]
//! - [`pattern`]: [`Pattern`], the operators with their operands, as matching needs them
//! - [`template`]: variables and functions in the values of a step
//! - [`place`]: [`Place`] of each key and value in the YAML text, by JSON pointer
//! - [`problem`]: what is wrong, where, and what to do about it, as a drawing
//! - [`Format`], [`Document`]: files of other kinds that are read in the same way
//! - [`schema()`]: the JSON schema of the format
//! - `raw`, `read`, `lint`: files as they are written, how they become the model, and what is checked on the way

#[macro_use]
pub mod words;
mod document;
mod lint;
mod load;
pub mod pattern;
pub mod place;
pub mod problem;
mod raw;
mod read;
mod schema;
pub mod step;
pub mod suite;
pub mod template;

pub use document::{Document, Format};
pub use load::{LoadError, load, load_dir};
pub use pattern::{Decimal, Pattern, PatternProblem, ValueType};
pub use place::{Place, Places, Source};
pub use problem::{Problem, Problems, Style};
pub use schema::schema;
pub use step::{
    Abandon, CallStep, Consume, DrainStep, EndpointStep, ErrorPattern, Expect, Given, GivenStep, HookAnswer, HttpStep,
    Produce, RequestsStep, Step, StepKind, WorkloadStep,
};
pub use suite::{Case, Evidence, SpecFile, Suite};
pub use template::{Scope, TemplateProblem};
pub use words::{Caller, Feature, Guarantee, Invariant, Level, Signing, State, Stress, UnknownWord};
