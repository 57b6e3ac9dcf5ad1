//! Exit codes of the `redeliver` binary: part of its contract with scripts, never renumbered.

use crate::event::Stopped;
use crate::finding::Finding;
use crate::report::Recorded;
use crate::run::judge::Judge;

/// Everything that had to hold did.
pub const OK: u8 = 0;
/// The run ended with failures: failed, unexpected pass, vacuous, or could not run for a reason of the case. A known deviation that is
/// about no case counts as this.
pub const FAILURES: u8 = 1;
/// The command line asks for something that makes no sense; nothing was run. A selection of zero cases counts as this.
pub const USAGE: u8 = 2;
/// Spec files are invalid; nothing was run.
pub const SPECS_INVALID: u8 = 3;
/// The target could not be reached or started, or died during the run.
pub const TARGET_UNREACHABLE: u8 = 4;
/// The run was interrupted by Ctrl-C (128 + SIGINT); reports are written and marked.
pub const INTERRUPTED: u8 = 130;
/// The run was ended by SIGTERM (128 + SIGTERM); else as with Ctrl-C.
pub const TERMINATED: u8 = 143;

/// The exit code of what was ended from outside; `None` where it was not.
pub(crate) fn of_stop(stopped: Option<Stopped>) -> Option<u8> {
    stopped.filter(|stopped| stopped.is_from_outside()).map(interrupted)
}

/// The exit code of a process that this ended.
pub(crate) fn interrupted(stopped: Stopped) -> u8 {
    if stopped == Stopped::Terminated { TERMINATED } else { INTERRUPTED }
}

/// The exit code of a run.
pub fn code(run: &Recorded, judge: &Judge) -> u8 {
    let unreachable = |finding: &Finding| matches!(finding, Finding::CouldNotRun { unreachable: true, .. });
    if let Some(code) = of_stop(run.end.stopped) {
        code
    } else if run.results.iter().any(|result| unreachable(&result.run.finding)) {
        TARGET_UNREACHABLE
    } else if run.results.iter().any(|result| judge.fails(result.verdict)) {
        FAILURES
    } else {
        OK
    }
}
