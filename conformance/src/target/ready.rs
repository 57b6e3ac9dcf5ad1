//! Waits until what was started is ready.

use std::time::Duration;

use super::child::tail;
use super::probe::probe;
use super::{Endpoint, Ready, TargetProblem};

/// Pause between two looks whether it is ready.
const PAUSE: Duration = Duration::from_millis(50);

/// Something that was started and becomes ready, or ends.
pub(super) trait Watched {
    /// What people call it.
    fn name(&self) -> &str;
    /// How it ended, if it did.
    async fn ended(&self) -> Option<String>;
    /// What it printed last.
    async fn log(&self) -> String;
}

/// Waits until it is ready; fails when it ends before or takes too long.
pub(super) async fn wait_until_ready(
    started: &impl Watched,
    endpoint: &Endpoint,
    ready: &Ready,
) -> Result<(), TargetProblem> {
    let give_up = tokio::time::Instant::now() + ready.within;
    loop {
        if let Some(ended) = started.ended().await {
            return Err(TargetProblem::Unreachable(format!("{ended}\nit never became ready")));
        }
        let Err(reason) = look(started, endpoint, ready).await else { return Ok(()) };
        if tokio::time::Instant::now() >= give_up {
            let text = format!(
                "`{}` did not become ready within {} s: {reason}{}\nraise `ready.within` in its manifest if it needs longer",
                started.name(),
                ready.within.as_secs_f32(),
                tail(&started.log().await)
            );
            return Err(TargetProblem::Unreachable(text));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn look(started: &impl Watched, endpoint: &Endpoint, ready: &Ready) -> Result<(), String> {
    if let Some(text) = &ready.log
        && !started.log().await.contains(text)
    {
        return Err(format!("it has not printed `{text}`"));
    }
    probe(endpoint, ready.http.as_deref()).await
}
