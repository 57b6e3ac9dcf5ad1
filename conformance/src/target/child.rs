//! A program that is started for a run and stopped with it.

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{self, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::probe::probe;
use super::{Endpoint, Options, Profile, Program, TargetProblem};

/// How much of what the program prints is kept, in bytes.
const TAIL_MAX: usize = 16 * 1024;
/// How much of it is shown, in lines.
const SHOWN_LINES: usize = 12;
/// Pause between two looks whether it is ready.
const PAUSE: Duration = Duration::from_millis(50);
/// How many pauses an end may take.
const ENDING_PAUSES: u32 = 20;

/// A program that serves a target; it is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Child {
    program: String,
    endpoint: Endpoint,
    process: Mutex<process::Child>,
    printed: Arc<Mutex<Vec<u8>>>,
}

impl Child {
    /// Starts the program on a free port and waits until it is ready.
    pub(super) async fn start(program: &Program, options: &Options) -> Result<Self, TargetProblem> {
        let port =
            free_port().map_err(|error| TargetProblem::Unreachable(format!("there is no free port: {error}")))?;
        let child = Self::spawn(program, port, options)?;
        child.wait_until_ready(program).await?;
        Ok(child)
    }

    /// Where it answers.
    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// How it ended and what it printed last, if it ended.
    pub(super) fn ended(&self) -> Option<String> {
        let status = lock(&self.process).try_wait().ok()??;
        Some(format!("`{}` ended with {status}{}", self.program, self.tail()))
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

    fn spawn(program: &Program, port: u16, options: &Options) -> Result<Self, TargetProblem> {
        let profile = match options.profile {
            Profile::Calm => "calm",
            Profile::Lifelike => "lifelike",
        };
        let words =
            [("${port}", port.to_string()), ("${seed}", options.seed.to_string()), ("${profile}", profile.to_owned())];
        let fill = |text: &String| words.iter().fold(text.clone(), |text, (word, value)| text.replace(word, value));
        let mut command = Command::new(executable(&program.program));
        command.args(program.args.iter().map(fill));
        command.envs(program.environment.iter().map(|(name, value)| (name, fill(value))));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl-C reaches this process alone, which still has to clean up on the target.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command.spawn().map_err(|error| missing(program, &error))?;
        let printed = Arc::default();
        keep(process.stdout.take(), &printed);
        keep(process.stderr.take(), &printed);
        let endpoint = Endpoint::loopback(port);
        Ok(Self { program: program.program.clone(), endpoint, process: Mutex::new(process), printed })
    }

    async fn wait_until_ready(&self, program: &Program) -> Result<(), TargetProblem> {
        let give_up = tokio::time::Instant::now() + program.ready.within;
        loop {
            if let Some(ended) = self.ended() {
                return Err(TargetProblem::Unreachable(format!("{ended}\nit never became ready")));
            }
            let Err(reason) = probe(&self.endpoint, program.ready.http.as_deref()).await else { return Ok(()) };
            if tokio::time::Instant::now() >= give_up {
                let text = format!(
                    "`{}` did not become ready within {} s: {reason}{}\nraise `ready.within` in its manifest if it needs longer",
                    self.program,
                    program.ready.within.as_secs_f32(),
                    self.tail()
                );
                return Err(TargetProblem::Unreachable(text));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The last lines that it printed, indented, with a line break before them.
    fn tail(&self) -> String {
        let printed = String::from_utf8_lossy(&lock(&self.printed)).into_owned();
        let lines: Vec<_> = printed.lines().collect();
        let first = lines.len().saturating_sub(SHOWN_LINES);
        lines[first..].iter().flat_map(|line| ["\n  ", line]).collect()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let mut process = lock(&self.process);
        // By the handle of this very process; it fails only when the process has ended already.
        let _ = process.kill();
        let _ = process.wait();
    }
}

/// What the program says of its version, in one line.
pub(super) fn version(program: &Program) -> Option<String> {
    let fill = |text: &String| executable(&text.replace("${program}", &program.program));
    let (name, args) = program.version.split_first()?;
    let output = Command::new(fill(name)).args(args.iter().map(fill)).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().next().unwrap_or_default().trim();
    (output.status.success() && !line.is_empty()).then(|| line.to_owned())
}

/// `${redeliver}` is this very program, wherever it is installed.
fn executable(text: &str) -> String {
    let own = || std::env::current_exe().map_or_else(|_| "redeliver".to_owned(), |path| path.display().to_string());
    if text == "${redeliver}" { own() } else { text.to_owned() }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
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
