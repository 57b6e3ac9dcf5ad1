//! What a program took of this machine.

use std::time::Duration;

/// What a program and those that it started took of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// The most memory that was resident, in bytes: of each process its own most, added up.
    pub peak_memory: u64,
    /// Time on processors, user and system.
    pub cpu: Duration,
}

impl Usage {
    /// That of all processes of a group, as long as they live; `None` where the system does not tell, or none is left.
    #[cfg(target_os = "linux")]
    pub(super) fn of_group(group: u32) -> Option<Self> {
        let processes = std::fs::read_dir("/proc").ok()?;
        let folders = processes.filter_map(|entry| Some(entry.ok()?.path()));
        let used = folders.filter_map(|folder| {
            let read = |file: &str| std::fs::read_to_string(folder.join(file)).ok();
            let cpu = cpu_in_group(&read("stat")?, group)?;
            Some(Self { peak_memory: peak_memory(&read("status")?)?, cpu })
        });
        used.reduce(|one, other| Self { peak_memory: one.peak_memory + other.peak_memory, cpu: one.cpu + other.cpu })
    }

    /// Other systems do not tell it in a file.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn of_group(_: u32) -> Option<Self> {
        None
    }
}

/// How long a process of this group was on a processor, with those of its children that have ended, from `/proc/PID/stat`.
#[cfg(target_os = "linux")]
fn cpu_in_group(stat: &str, group: u32) -> Option<Duration> {
    /// The unit of these figures is 1/100 s on every architecture that Rust's standard library knows Linux on.
    const TICK: Duration = Duration::from_millis(10);
    // The name of the program stands in parentheses and may hold anything, parentheses too.
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    // From the third field on: state, parent, group; the eleventh from there is the first of four times.
    if fields.get(2)?.parse() != Ok(group) {
        return None;
    }
    let ticks: u32 = fields.get(11..15)?.iter().map(|field| field.parse::<u32>().unwrap_or_default()).sum();
    Some(TICK * ticks)
}

/// The most memory that was resident, from `/proc/PID/status`.
#[cfg(target_os = "linux")]
fn peak_memory(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_of_a_process_with_any_name() {
        let stat = "7 (a) S 1) S 1 42 42 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 5 0 100 200 300";
        assert_eq!(cpu_in_group(stat, 42), Some(Duration::from_secs(1)));
        assert_eq!(cpu_in_group(stat, 43), None);
        assert_eq!(peak_memory("Name:\ta\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n"), Some(2 * 1024 * 1024));
        assert_eq!(peak_memory("Name:\ta zombie\n"), None);
    }

    #[test]
    fn a_group_that_is_gone_has_none() {
        assert_eq!(Usage::of_group(u32::MAX), None);
    }
}
