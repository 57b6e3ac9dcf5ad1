//! A moto server.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::client::is_required;

const START_LIMIT: Duration = Duration::from_mins(1);

/// What it prints when it takes connections.
const LISTENING: &str = "Running on";

/// A moto server of its own; it ends when this is dropped.
pub(crate) struct Moto {
    url: String,
    process: Child,
}

impl Moto {
    /// Starts one at a free port. The inner error is the reason where there is none on this machine, and none has to be.
    pub(crate) fn start() -> Result<Result<Self, String>, String> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let address = free.map_err(|error| format!("no free port: {error}"))?;
        let mut command = Command::new("moto_server");
        command.args(["-H", "127.0.0.1", "-p", &address.port().to_string()]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = match command.spawn() {
            Ok(process) => process,
            Err(error) => {
                let reason = format!("`moto_server` is missing: {error}");
                return if is_required()? { Err(reason) } else { Ok(Err(reason)) };
            }
        };
        let printed = process.stderr.take();
        let moto = Self { url: format!("http://{address}"), process };
        let (tell, told) = mpsc::channel();
        // Reads to the end: it prints a line for each request, and must never wait for a reader.
        std::thread::spawn(move || {
            for line in printed.into_iter().flat_map(|printed| BufReader::new(printed).lines().map_while(Result::ok)) {
                if line.contains(LISTENING) {
                    // Nobody listens any more when it took too long.
                    let _ = tell.send(());
                }
            }
        });
        told.recv_timeout(START_LIMIT).map_err(|error| format!("`moto_server` never said `{LISTENING}`: {error}"))?;
        Ok(Ok(moto))
    }

    /// Where it answers.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // They fail only when the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
