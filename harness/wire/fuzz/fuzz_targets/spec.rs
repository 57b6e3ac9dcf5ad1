//! The loader of specs: no text panics, and what is wrong with it can be drawn.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(problems) = redeliver_spec::load([("sqs/fuzz.yaml", text)]) {
        assert!(!problems.to_string().is_empty());
    }
});
