//! The `redeliver` binary; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    redeliver_conformance::cli::main()
}
