//! `serve` or `proxy` as a process beside this one, and its control API.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use redeliver_chaos::Schedule;
use redeliver_check::{Record, What, jsonl};
use serde::Deserialize;
use serde_json::{Value, json};

use super::command::end_group;
use super::effects;
use crate::client::control::ask;
use crate::target::{Endpoint, Noted, note};

/// An endpoint with faults; its process ends when this is dropped.
#[derive(Debug)]
pub struct Place {
    process: Child,
    endpoint: Endpoint,
    upstream: Option<String>,
    _noted: Noted,
}

/// What the control API says of the faults; nothing of both where there never were any.
#[derive(Debug, Deserialize)]
pub struct Faults {
    /// Those that fired.
    #[serde(default = "none")]
    pub fired: Schedule,
    /// Messages that are withheld and have not come yet.
    #[serde(default, alias = "withheld")]
    pub owed: usize,
}

fn none() -> Schedule {
    Schedule::new(0, Vec::new())
}

impl Place {
    /// Starts the reference, or a proxy before `upstream`, on a free port of this machine.
    ///
    /// # Errors
    ///
    /// Says what it printed instead of its address.
    pub fn start(upstream: Option<&str>, seed: u64) -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| format!("this program cannot be found: {error}"))?;
        let mut command = Command::new(program);
        command.arg(if upstream.is_some() { "proxy" } else { "serve" }).args(["--port", "0"]);
        command.args(["--seed", &seed.to_string()]);
        if let Some(upstream) = upstream {
            command.args(["--upstream", upstream]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl-C is for this process alone, which ends that one.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command.spawn().map_err(|error| format!("the endpoint could not be started: {error}"))?;
        let id = process.id();
        let noted = note(move || end_group(id));
        let mut line = String::new();
        if let Some(out) = process.stdout.take() {
            let _ = BufReader::new(out).read_line(&mut line);
        }
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        match Endpoint::parse(&url) {
            Ok(endpoint) if line.contains("listening") => {
                Ok(Self { process, endpoint, upstream: upstream.map(str::to_owned), _noted: noted })
            }
            _ => {
                let _ = process.kill();
                let printed =
                    process.wait_with_output().map(|ended| String::from_utf8_lossy(&ended.stderr).into_owned());
                Err(format!("the endpoint did not start: {}", printed.unwrap_or_default().trim()))
            }
        }
    }

    /// Where consumers send their calls.
    pub fn url(&self) -> String {
        self.endpoint.to_string()
    }

    /// Where calls go past the faults; only a proxy has such a place.
    pub fn upstream(&self) -> Option<&str> {
        self.upstream.as_deref()
    }

    /// Where consumers tell their effects over HTTP.
    pub fn effects_url(&self) -> String {
        format!("{}/_redeliver/effects", self.url().trim_end_matches('/'))
    }

    /// Takes effects into the history, at this moment.
    ///
    /// # Errors
    ///
    /// When the endpoint is gone.
    pub fn tell(&self, effects: &[What]) -> Result<(), String> {
        if effects.is_empty() {
            return Ok(());
        }
        ask(&self.endpoint, "POST", "/_redeliver/effects", &effects::told(effects)).map(drop)
    }

    /// Business keys of the effects that were told.
    ///
    /// # Errors
    ///
    /// When the endpoint is gone.
    pub fn effects(&self) -> Result<BTreeSet<String>, String> {
        let told: Value = serde_json::from_str(&ask(&self.endpoint, "GET", "/_redeliver/effects", "")?)
            .map_err(|error| error.to_string())?;
        let effects = told["effects"].as_array().into_iter().flatten();
        Ok(effects.filter_map(|effect| effect["key"].as_str().map(str::to_owned)).collect())
    }

    /// Begins to draw faults.
    ///
    /// # Errors
    ///
    /// Says what the endpoint says of the plan.
    pub fn draw(&self, plan: &str, seed: u64) -> Result<(), String> {
        ask(&self.endpoint, "PUT", "/_redeliver/chaos", &json!({ "plan": plan, "seed": seed }).to_string()).map(drop)
    }

    /// Begins with exactly these faults.
    ///
    /// # Errors
    ///
    /// Says what the endpoint says of the schedule.
    pub fn replay(&self, schedule: &Schedule) -> Result<(), String> {
        ask(&self.endpoint, "PUT", "/_redeliver/chaos", &json!({ "schedule": schedule }).to_string()).map(drop)
    }

    /// No more faults; what is withheld comes.
    ///
    /// # Errors
    ///
    /// When the endpoint is gone.
    pub fn heal(&self) -> Result<(), String> {
        ask(&self.endpoint, "DELETE", "/_redeliver/chaos", "").map(drop)
    }

    /// The faults that fired.
    ///
    /// # Errors
    ///
    /// When the endpoint is gone, or answers something else.
    pub fn faults(&self) -> Result<Faults, String> {
        let told = ask(&self.endpoint, "GET", "/_redeliver/chaos", "")?;
        serde_json::from_str(&told)
            .map_err(|error| format!("`{}` tells its faults in another form: {error}", self.url()))
    }

    /// Messages in a queue of the reference, whatever their state.
    ///
    /// # Errors
    ///
    /// When the endpoint is gone.
    pub fn messages(&self, queue: &str) -> Result<u64, String> {
        let state: Value = serde_json::from_str(&ask(&self.endpoint, "GET", "/_redeliver/state?messages=0", "")?)
            .map_err(|error| error.to_string())?;
        let queues = state["queues"].as_array().into_iter().flatten();
        let counters = queues.filter(|found| found["name"] == queue).map(|found| &found["counters"]);
        let counted =
            counters.flat_map(|counters| ["visible", "in_flight", "delayed"].map(|name| counters[name].as_u64()));
        Ok(counted.flatten().sum())
    }

    /// All that happened.
    ///
    /// # Errors
    ///
    /// When the endpoint is gone.
    pub fn history(&self) -> Result<Vec<Record>, String> {
        let text = ask(&self.endpoint, "GET", "/_redeliver/history", "")?;
        let (_, lines) = jsonl::read(&text).map_err(|error| error.to_string())?;
        Ok(lines.into_iter().map(|line| line.record).collect())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
