//! Ctrl-C: the first one ends the run in order, the second one at once.

use std::sync::Arc;

use super::scheduler::Stop;
use crate::event::Stopped;
use crate::exec::Cancel;
use crate::exit;
use crate::target::end_all;

/// Listens for Ctrl-C on a thread of its own, until the process ends.
pub fn listen(stop: Arc<Stop>, cancel: Cancel) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    // Registered before the thread starts: from here on Ctrl-C no longer ends the process by itself.
    let mut signals = {
        let _entered = runtime.enter();
        ctrl_c()?
    };
    std::thread::Builder::new().name("ctrl-c".to_owned()).spawn(move || {
        runtime.block_on(async {
            if signals.recv().await.is_some() {
                stop.ask(Stopped::Interrupted);
                cancel.cancel();
            }
            if signals.recv().await.is_none() {
                std::future::pending::<()>().await;
            }
        });
        // At once, but not without what this process started.
        end_all();
        std::process::exit(i32::from(exit::INTERRUPTED));
    })?;
    Ok(())
}

#[cfg(unix)]
fn ctrl_c() -> std::io::Result<tokio::signal::unix::Signal> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
}

#[cfg(windows)]
fn ctrl_c() -> std::io::Result<tokio::signal::windows::CtrlC> {
    tokio::signal::windows::ctrl_c()
}
