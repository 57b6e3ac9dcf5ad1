//! Lints the spec files that are given, prints every problem and ends with 1 when there is one.
//!
//! `cargo run -p redeliver-spec --example lint -- specs/sqs/messages/*.yaml`

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::process::ExitCode;

use redeliver_spec::{Style, load};

fn main() -> ExitCode {
    let mut files = Vec::new();
    for path in std::env::args().skip(1) {
        match std::fs::read_to_string(&path) {
            Ok(text) => files.push((path, text)),
            Err(error) => {
                println!("cannot read `{path}`: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    match load(files) {
        Ok(suite) if suite.files.is_empty() => {
            println!("no files: give the paths of spec files");
            ExitCode::FAILURE
        }
        Ok(suite) => {
            println!("{} cases in {} files: no problems", suite.cases().count(), suite.files.len());
            ExitCode::SUCCESS
        }
        Err(problems) => {
            print!("{}", problems.render(Style::default()));
            ExitCode::FAILURE
        }
    }
}
