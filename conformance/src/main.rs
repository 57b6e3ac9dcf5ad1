//! The `redeliver` binary; everything is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    redeliver_chaos::failpoints::from_environment();
    redeliver_conformance::cli::main()
}
