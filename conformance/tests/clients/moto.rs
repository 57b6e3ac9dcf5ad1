//! A moto server.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::client::is_required;
use crate::command::runtime;

const START_LIMIT: Duration = Duration::from_mins(1);

/// Pause between two looks whether it is there.
const PAUSE: Duration = Duration::from_millis(50);

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
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = match command.spawn() {
            Ok(process) => process,
            Err(error) => {
                let reason = format!("`moto_server` is missing: {error}");
                return if is_required()? { Err(reason) } else { Ok(Err(reason)) };
            }
        };
        let mut moto = Self { url: format!("http://{address}"), process };
        runtime()?.block_on(async {
            let ready = async {
                while TcpStream::connect(address).is_err() {
                    if let Ok(Some(status)) = moto.process.try_wait() {
                        return Err(format!("`moto_server` ended with {status}"));
                    }
                    tokio::time::sleep(PAUSE).await;
                }
                Ok(())
            };
            tokio::time::timeout(START_LIMIT, ready).await.map_err(|_| "moto never listens".to_owned())?
        })?;
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
