//! Real clients in their own languages, each against a `redeliver serve` of its own. The projects are in `conformance/clients`.
//!
//! A client whose runtime is missing is ignored with the reason; `REDELIVER_CLIENTS=required` makes that a failure, and
//! `REDELIVER_CLIENTS=off` leaves all of them out. What they need from their package registries is installed once, into
//! `REDELIVER_CLIENTS_CACHE` or the target folder.
//!
//! - `client`: start here: who the clients are
//! - `runtime`: what a language needs, and how its projects are installed, built and run
//! - `project`: a project's copy in the cache
//! - `served`: the server
//! - `kcl`: the Kinesis Client Library
//! - `consumer`: consumers under `redeliver chaos`, buggy and mended
//! - `decorator`: the HTTP client with faults, before a moto server
//! - `moto`: a moto server
//! - `command`: a command with its output and a limit to its time

#[cfg(unix)]
mod client;
#[cfg(unix)]
mod command;
#[cfg(unix)]
mod consumer;
#[cfg(unix)]
mod decorator;
#[cfg(unix)]
mod kcl;
#[cfg(unix)]
mod moto;
#[cfg(unix)]
mod project;
#[cfg(unix)]
mod runtime;
#[cfg(unix)]
mod served;

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    let args = libtest_mimic::Arguments::from_args();
    let others = consumer::trials().into_iter().chain(decorator::trials());
    // Those that take longest come first.
    let trials = kcl::trials().into_iter().chain(client::trials()).chain(others).collect();
    libtest_mimic::run(&args, trials).exit_code()
}

/// Nothing is said of the clients on other systems: their projects are run by a shell, and their processes ended as a group.
#[cfg(not(unix))]
fn main() {}
