//! The conformance spec format: a typed model of spec files with the place of every key, loader, lint and diagnostics.
//!
//! `specs/README.md` defines the format. Start with [`load`], which reads files, lints them all and gives a [`Suite`].
//!
//! - [`suite`]: [`Suite`], [`SpecFile`], [`Case`], [`Evidence`]: what a spec says
//! - [`step`]: [`Step`] and what each kind of step holds, durations
//! - [`words`]: the closed lists: [`Guarantee`], [`Feature`], [`Level`], [`Invariant`], [`Stress`]
//! - [`pattern`]: [`Pattern`], the operators with their operands, as matching needs them
//! - [`template`]: variables and functions in the values of a step
//! - [`place`]: [`Place`] of each key and value in the YAML text, by JSON pointer

#[macro_use]
pub mod words;
pub mod pattern;
pub mod place;
pub mod step;
pub mod suite;
pub mod template;

pub use pattern::{Decimal, Pattern, PatternProblem, ValueType};
pub use place::{Place, Places, Source};
pub use step::{Abandon, CallStep, Consume, DrainStep, ErrorPattern, Expect, Produce, Step, StepKind, WorkloadStep};
pub use suite::{Case, Evidence, SpecFile, Suite};
pub use template::{Scope, TemplateProblem};
pub use words::{Feature, Guarantee, Invariant, Level, Stress, UnknownWord};
