//! Policies of resources: who may do what, and why not.
//!
//! A policy is compiled when it is set. What it says is evaluated as on AWS
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>): a statement that denies wins, and what no
//! statement allows is denied. Where the world can't know what AWS would compare, such as the address of a caller, a statement that allows
//! does not apply and one that denies does.
//!
//! - [`Policy`]: start here; parse, [`Policy::allows`], [`Policy::explain`]
//! - [`Question`], [`Who`], [`Circumstances`]: a call that a policy is asked about
//! - [`Denial`], [`Finding`], [`Outcome`]: why a call is denied, as data, and in words
//! - `grant`: what `AddPermission` writes
//! - `statement`, `principal`, `condition`, `operator`: what a statement says
//! - `like`: texts with `*` and `?`

mod condition;
mod evaluate;
mod explain;
mod grant;
mod like;
mod operator;
mod policy;
mod principal;
mod question;
mod statement;

pub use explain::{Denial, Finding, Outcome};
pub(crate) use grant::Grant;
pub use policy::{Policy, PolicyFault};
pub use question::{Circumstances, Question, Who};
pub use statement::Effect;
