//! The consumer, as a process that is killed and started anew.

use std::ffi::OsString;
use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::target::{Noted, note};

/// How a consumer is started.
#[derive(Debug, Clone)]
pub struct Consumer {
    /// Program and arguments.
    pub command: Vec<OsString>,
    /// Variables that it gets beside those of this process.
    pub environment: Vec<(String, String)>,
    /// Whether what it prints is shown.
    pub shows: bool,
}

/// A consumer that runs; it is killed with all that it started when this is dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    _noted: Noted,
}

impl Consumer {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// Names the program and the reason.
    pub fn start(&self) -> Result<Running, String> {
        let (program, arguments) = self.command.split_first().ok_or("there is no command: write it after `--`")?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let shown = || if self.shows { Stdio::inherit() } else { Stdio::null() };
        // Standard output is for this program's report.
        command.stdout(Stdio::null()).stderr(shown());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let told = |error: io::Error| format!("cannot start `{}`: {error}", program.to_string_lossy());
        let child = command.spawn().map_err(told)?;
        let id = child.id();
        Ok(Running { child, _noted: note(move || end_group(id)) })
    }
}

impl Running {
    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Kills it with all that it started, as a failing machine does.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        end_group(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Kills a process that leads a group of its own, in which nothing else is, with all of that.
pub(super) fn end_group(leader: u32) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
    #[cfg(not(unix))]
    let _ = leader;
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
