//! The progress bar of a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::event::Event;

/// A bar on standard error, or nothing.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    running: Vec<String>,
    failures: usize,
}

impl Progress {
    pub(crate) fn new(visible: bool) -> Self {
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{bar:30.cyan/blue} {pos}/{len} {prefix:.red}{wide_msg:.dim}");
        let style = style.expect("the template is valid").progress_chars("━━─");
        Self { bar: ProgressBar::with_draw_target(None, target).with_style(style), running: Vec::new(), failures: 0 }
    }

    /// Moves the bar; `fails` says whether the verdict of a finished case fails the run.
    pub(crate) fn hear(&mut self, event: &Event, fails: bool) {
        match event {
            Event::RunStarted(header) => {
                self.bar.set_length(header.cases as u64);
                self.bar.enable_steady_tick(Duration::from_millis(200));
            }
            Event::CaseStarted { id } => self.running.push(id.clone()),
            Event::CaseFinished(result) => {
                self.running.retain(|id| *id != result.run.id);
                self.bar.inc(1);
                if fails {
                    self.failures += 1;
                    self.bar.set_prefix(format!("{} failed ", self.failures));
                }
            }
            Event::RunFinished(_) => self.bar.finish_and_clear(),
        }
        // The one that has run longest: what a waiting reader wants to know.
        self.bar.set_message(self.running.first().cloned().unwrap_or_default());
    }

    /// Runs `print` with the bar out of the way.
    pub(crate) fn suspended<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}
