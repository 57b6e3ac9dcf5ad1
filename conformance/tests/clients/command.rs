//! A command with its output and a limit to its time.

use std::io::{Read as _, Seek as _};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

/// Runs a command to its end, which has to be a success, and gives what it printed on both streams, in that order.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<String, String> {
    let shown = shown(command);
    match ended(command, limit)? {
        (status, output) if status.success() => Ok(output),
        (status, output) => Err(format!("{shown}: {status}\n{output}")),
    }
}

/// The same, however it ends; gives its exit code as well, if a signal did not end it.
pub(crate) fn output(command: &mut Command, limit: Duration) -> Result<(Option<i32>, String), String> {
    ended(command, limit).map(|(status, output)| (status.code(), output))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn ended(command: &mut Command, limit: Duration) -> Result<(ExitStatus, String), String> {
    let shown = shown(command);
    let mut printed = tempfile::tempfile().map_err(|error| format!("no file for what `{shown}` prints: {error}"))?;
    let stream = || printed.try_clone().map(Stdio::from).map_err(|error| error.to_string());
    let mut command = tokio::process::Command::from(std::mem::replace(command, Command::new("true")));
    command.stdin(Stdio::null()).stdout(stream()?).stderr(stream()?).process_group(0).kill_on_drop(true);
    let ended = runtime()?.block_on(async {
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let group = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        if let Ok(status) = tokio::time::timeout(limit, child.wait()).await {
            return status.map_err(|error| error.to_string());
        }
        // With all that it started, such as workers.
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::KILL);
        }
        Err(format!("still running after {} s", limit.as_secs()))
    });
    let mut bytes = Vec::new();
    let read = printed.rewind().and_then(|()| printed.read_to_end(&mut bytes));
    let output = read.map(|_| String::from_utf8_lossy(&bytes).into_owned()).map_err(|error| error.to_string())?;
    match ended {
        Ok(status) => Ok((status, output)),
        Err(reason) => Err(format!("{shown}: {reason}\n{output}")),
    }
}

/// Each test has a thread and so a runtime of its own.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())
}
