//! The command line of `redeliver`.
//!
//! - [`main`]: parses, runs a command, gives the exit code
//! - [`args`]: every command and option, with its help
//! - `run`, `list`, `lint`, `explain`, `schema`, `serve`, `check`, `chaos`, `health`, `targets`: one command each
//! - `serve_args`, `check_args`, `chaos_args`: the options of those
//! - `completions`, `man`, `page_args`: for shells and for `man`
//! - `sweep`, `sweep_args`, `aws_args`, `cost`: runs on AWS, what they cost and what they leave behind
//! - `proxy`, `proxy_args`: faults before another backend
//! - `fuzz`, `fuzz_args`: what two targets do differently
//! - `compare`, `compare_args`: several targets side by side
//! - `record`, `verify`, `diff`, `record_args`: recordings
//! - `target_args`: against what cases are run, and how many at once
//! - `selection`: from arguments to cases
//! - `reports`: the report files of a run
//! - `problem`: what went wrong before anything ran, and its exit code
//! - `output`: standard output and error, with or without colour

pub mod args;
mod aws_args;
mod chaos;
mod chaos_args;
mod check;
mod check_args;
mod compare;
mod compare_args;
mod completions;
mod cost;
mod diff;
mod explain;
mod faults;
#[cfg(feature = "fuzz")]
mod fuzz;
#[cfg(feature = "fuzz")]
mod fuzz_args;
mod health;
mod lint;
mod list;
mod main;
mod man;
mod output;
mod page_args;
mod problem;
mod proxy;
mod proxy_args;
mod record;
mod record_args;
mod reports;
mod run;
mod schema;
mod selection;
mod serve;
mod serve_args;
mod sweep;
mod sweep_args;
mod target_args;
mod targets;
mod verify;

pub use main::main;
