//! What a process is called.

use std::collections::BTreeMap;

use redeliver_check::{Record, What};

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The test itself: it neither sends nor receives.
    Test,
    /// It sends.
    Producer,
    /// It receives, and may send too.
    Worker,
}

/// Calls that workers of streams make.
const READS: [&str; 3] = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:SubscribeToShard"];

/// Calls that one process has in the air at the same time are noted under numbers of their own that lie so far apart.
const LANE: u32 = 1000;

/// Roles and names of all processes.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    by_process: BTreeMap<u32, (Role, String)>,
}

impl Roles {
    /// From what they do; `names` has the last word on names.
    pub(crate) fn of(history: &[Record], names: &BTreeMap<u32, String>) -> Self {
        let mut roles: BTreeMap<u32, Role> = BTreeMap::new();
        for record in history {
            let role = match &record.what {
                // The test itself may look into a dead-letter queue.
                What::Invoke { call, .. } if call.starts_with("sqs:ReceiveMessage") && record.process > 0 => {
                    Role::Worker
                }
                What::Invoke { call, .. } if READS.contains(&call.as_str()) && record.process > 0 => Role::Worker,
                What::Lease { .. } | What::Checkpoint { .. } if record.process > 0 => Role::Worker,
                What::Handler { .. } | What::Crash { .. } | What::Restart | What::Shutdown => Role::Worker,
                What::Invoke { call, .. }
                    if call.starts_with("sqs:SendMessage") || call.starts_with("kinesis:PutRecord") =>
                {
                    Role::Producer
                }
                What::Event { .. } => continue,
                _ => Role::Test,
            };
            let known = roles.entry(whose(record.process, names)).or_insert(role);
            *known = (*known).max(role);
        }
        let producers = roles.values().filter(|role| **role == Role::Producer).count();
        let mut numbers = [0_u32; 2];
        let by_process = roles.into_iter().map(|(process, role)| {
            let mut number = |of: usize| {
                numbers[of] += 1;
                numbers[of] - 1
            };
            let usual = match role {
                Role::Test if process == 0 => "test".to_owned(),
                Role::Test => format!("process-{process}"),
                Role::Producer if producers == 1 => "producer".to_owned(),
                Role::Producer => format!("producer-{}", number(0)),
                Role::Worker => format!("worker-{}", number(1)),
            };
            (process, (role, names.get(&process).cloned().unwrap_or(usual)))
        });
        Self { by_process: by_process.collect() }
    }

    /// All processes with roles and names, by number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, Role, &str)> {
        self.by_process.iter().map(|(process, (role, name))| (*process, *role, name.as_str()))
    }

    /// The process that a number stands for: its own, or that of one of its calls side by side.
    pub(crate) fn whose(&self, process: u32) -> u32 {
        if self.by_process.contains_key(&process) { process } else { process % LANE }
    }

    /// What a process is called.
    pub(crate) fn name(&self, process: u32) -> &str {
        self.by_process.get(&process).map_or("queue", |(_, name)| name)
    }
}

fn whose(process: u32, names: &BTreeMap<u32, String>) -> u32 {
    let lane = process >= LANE && names.contains_key(&(process % LANE));
    if lane { process % LANE } else { process }
}
