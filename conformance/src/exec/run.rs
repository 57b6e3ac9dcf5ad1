//! Runs one case.

use std::time::Duration;

use redeliver_spec::Case;

use super::Cancel;
use crate::finding::{CaseRun, Finding};
use crate::target::Target;

/// Runs one case and waits until it is done.
pub fn run_case(target: &Target, case: &Case, cancel: &Cancel) -> CaseRun {
    let reason = if cancel.is_cancelled() {
        "cancelled".to_owned()
    } else {
        format!("running against `{}` is being built", target.name())
    };
    let finding = Finding::CouldNotRun { reason, unreachable: false };
    CaseRun { id: case.id.clone(), finding, elapsed: Duration::ZERO, history: Vec::new() }
}
