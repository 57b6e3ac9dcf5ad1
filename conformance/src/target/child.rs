//! A program that is started for a run and stopped with it.

use std::io::Read;
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tempfile::TempDir;

use super::leftovers::{self, Noted};
use super::locate::{folder_of, locate};
use super::ready::Watched;
use super::words::Words;
use super::{Program, TargetProblem, Usage, files};

/// How much of what the program prints is kept, in bytes.
const TAIL_MAX: usize = 16 * 1024;
/// How much of it is shown, in lines.
const SHOWN_LINES: usize = 12;
/// Pause between two looks whether it has ended.
const PAUSE: Duration = Duration::from_millis(50);
/// How many pauses an end may take.
const ENDING_PAUSES: u32 = 20;

/// A program that serves a target; it is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Child {
    program: String,
    process: Arc<Mutex<process::Child>>,
    printed: Arc<Mutex<Vec<u8>>>,
    _files: Option<TempDir>,
    _noted: Noted,
}

impl Child {
    /// Starts the program.
    pub(super) fn spawn(program: &Program, words: &Words) -> Result<Self, TargetProblem> {
        let located = locate(&program.program);
        let mut words = with_places(program, words, &located);
        let files = files::write(&program.files, &mut words)?;
        let mut command = Command::new(&located);
        command.args(program.args.iter().map(|arg| words.fill(arg)));
        command.envs(program.environment.iter().map(|(name, value)| (name, words.fill(value))));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl-C reaches this process alone, which still has to clean up on the target.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command.spawn().map_err(|error| missing(program, &error))?;
        let printed = Arc::default();
        keep(process.stdout.take(), &printed);
        keep(process.stderr.take(), &printed);
        let process = Arc::new(Mutex::new(process));
        let noted = leftovers::note({
            let process = Arc::clone(&process);
            move || end(&process)
        });
        Ok(Self { program: program.program.clone(), process, printed, _files: files, _noted: noted })
    }

    /// How it ended and what it printed last, if it ended.
    pub(super) fn ended(&self) -> Option<String> {
        let status = lock(&self.process).try_wait().ok()??;
        Some(format!("`{}` ended with {status}{}", self.program, tail(&self.log())))
    }

    /// How it ended, when it does so within a moment: a connection breaks before the end of the process can be seen.
    pub(super) async fn soon_ended(&self) -> Option<String> {
        for _ in 0..ENDING_PAUSES {
            if self.ended().is_some() {
                // What it printed last may still be on its way.
                tokio::time::sleep(PAUSE).await;
                return self.ended();
            }
            tokio::time::sleep(PAUSE).await;
        }
        None
    }

    /// What it took of this machine so far, as long as it lives.
    pub(super) fn usage(&self) -> Option<Usage> {
        // It leads a group of its own.
        Usage::of_group(lock(&self.process).id())
    }

    fn log(&self) -> String {
        String::from_utf8_lossy(&lock(&self.printed)).into_owned()
    }
}

impl Watched for Child {
    fn name(&self) -> &str {
        &self.program
    }

    async fn ended(&self) -> Option<String> {
        Self::ended(self)
    }

    async fn log(&self) -> String {
        Self::log(self)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        end(&self.process);
    }
}

fn end(process: &Mutex<process::Child>) {
    let mut process = lock(process);
    // What a wrapper script started is of its group. Not when it was seen to end: its id may be another's by now.
    #[cfg(unix)]
    if let Ok(None) = process.try_wait() {
        use rustix::process::{Pid, Signal, kill_process_group};
        let _ = kill_process_group(Pid::from_child(&process), Signal::KILL);
    }
    // By the handle of this very process; it fails only when the process has ended already.
    let _ = process.kill();
    let _ = process.wait();
}

/// The last lines of a log, indented, with a line break before them.
pub(super) fn tail(printed: &str) -> String {
    let lines: Vec<_> = printed.lines().collect();
    let first = lines.len().saturating_sub(SHOWN_LINES);
    lines[first..].iter().flat_map(|line| ["\n  ", line]).collect()
}

/// What the program says of its version, in one line.
pub(super) fn version(program: &Program) -> Option<String> {
    let words = with_places(program, &Words::default(), &locate(&program.program));
    let (name, args) = program.version.split_first()?;
    let name = locate(&words.fill(name));
    let output = Command::new(name).args(args.iter().map(|arg| words.fill(arg))).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().next().unwrap_or_default().trim();
    (output.status.success() && !line.is_empty()).then(|| line.to_owned())
}

fn with_places(program: &Program, words: &Words, located: &Path) -> Words {
    let mut words = words.clone();
    words.put("program", &located.display());
    if let Some(folder) = folder_of(located) {
        words.put("folder", &folder.display());
    }
    if program.program == "${redeliver}" {
        words.put("redeliver", &located.display());
    }
    words
}

fn missing(program: &Program, error: &std::io::Error) -> TargetProblem {
    let name = &program.program;
    let remedy = match (&program.install, error.kind()) {
        (Some(install), std::io::ErrorKind::NotFound) => format!("\nto install it: {install}"),
        _ => String::new(),
    };
    TargetProblem::Unreachable(format!("cannot start `{name}`: {error}{remedy}"))
}

/// Reads until the program closes the stream, so that it never blocks on a full pipe, and keeps the end.
fn keep(stream: Option<impl Read + Send + 'static>, printed: &Arc<Mutex<Vec<u8>>>) {
    let Some(mut stream) = stream else { return };
    let printed = Arc::clone(printed);
    std::thread::spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(length @ 1..) = stream.read(&mut chunk) {
            let mut printed = lock(&printed);
            printed.extend_from_slice(&chunk[..length]);
            let surplus = printed.len().saturating_sub(TAIL_MAX);
            printed.drain(..surplus);
        }
    });
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
