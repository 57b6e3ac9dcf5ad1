//! Ctrl-C and SIGTERM: the first one ends the run in order, the second one at once.

use std::sync::Arc;

use super::scheduler::Stop;
use crate::event::Stopped;
use crate::exec::Cancel;
use crate::exit;
use crate::target::end_all;

/// Listens for Ctrl-C, and where there is SIGTERM for that, until the process ends.
pub fn listen(stop: Arc<Stop>, cancel: Cancel) -> std::io::Result<()> {
    tell_first(move |first| {
        stop.ask(first);
        cancel.cancel();
    })
}

/// Listens on a thread of its own: tells the first one, and ends the process at the second.
pub(crate) fn tell_first(told: impl FnOnce(Stopped) + Send + 'static) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    // Registered before the thread starts: from here on neither ends the process by itself.
    let mut signals = {
        let _entered = runtime.enter();
        Signals::new()?
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let code = runtime.block_on(async {
            told(signals.next().await);
            exit::interrupted(signals.next().await)
        });
        // At once, but not without what this process started.
        end_all();
        std::process::exit(i32::from(code));
    })?;
    Ok(())
}

/// What asks this process to end.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// The next one; none ever comes after the runtime has ended.
    async fn next(&mut self) -> Stopped {
        tokio::select! {
            Some(()) = self.interrupt.recv() => Stopped::Interrupted,
            Some(()) = self.terminate.recv() => Stopped::Terminated,
            else => std::future::pending().await,
        }
    }
}

/// What asks this process to end.
#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    /// The next one; none ever comes after the runtime has ended.
    async fn next(&mut self) -> Stopped {
        match self.0.recv().await {
            Some(()) => Stopped::Interrupted,
            None => std::future::pending().await,
        }
    }
}
