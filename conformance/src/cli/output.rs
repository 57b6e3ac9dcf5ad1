//! Standard output and error, with or without colour.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use super::args::{Color, OutputArgs};

/// Where a command prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    choice: ColorChoice,
}

impl Output {
    pub(super) fn new(args: OutputArgs) -> Self {
        let choice = match args.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        // For those that look for themselves: the renderer of spec problems, and argument errors.
        choice.write_global();
        Self { choice }
    }

    pub(super) fn stdout(self) -> AutoStream<io::Stdout> {
        AutoStream::new(io::stdout(), self.choice)
    }

    pub(super) fn stderr(self) -> AutoStream<io::Stderr> {
        AutoStream::new(io::stderr(), self.choice)
    }

    /// Prints to standard output.
    pub(super) fn print(self, text: &str) -> io::Result<()> {
        let mut out = self.stdout();
        until_closed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Prints to standard error. There is no place to tell that this failed.
    pub(super) fn complain(self, text: &str) {
        let _ = self.stderr().write_all(text.as_bytes());
    }

    /// Whether a person sees standard error.
    pub(super) fn watched(self) -> bool {
        io::stderr().is_terminal() && self.choice != ColorChoice::Never
    }
}

/// A reader that has seen enough (`redeliver list | head`) is no failure.
pub(super) fn until_closed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
