//! Which lane and row each thing has.

use std::collections::{BTreeMap, BTreeSet};

use crate::story::read::{Handling, Reading, Role};
use crate::story::slice::Slice;

/// Heights in pixels: of what is above the lanes, of a row, and of the space between two lanes.
pub(super) const TOP: f64 = 64.0;
pub(super) const ROW: f64 = 26.0;
const BETWEEN: f64 = 22.0;
/// Most messages and most rows of a worker that are drawn.
const MESSAGES_MAX: usize = 24;
const ROWS_MAX: usize = 8;

/// One lane.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lane {
    pub(super) name: String,
    pub(super) top: f64,
    pub(super) height: f64,
}

/// Where everything is, from top to bottom: who sends, the messages, who receives.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) lanes: Vec<Lane>,
    /// Middle of a message's row.
    messages: BTreeMap<usize, f64>,
    /// Middle of a process's first row.
    processes: BTreeMap<u32, f64>,
    /// Number of a worker, for its colour.
    workers: BTreeMap<u32, usize>,
    /// Row of a handling below the first, by the record that began it.
    rows: BTreeMap<usize, usize>,
    pub(super) bottom: f64,
    /// Messages for which there was no room.
    pub(super) left_out: usize,
}

impl Layout {
    /// Of a slice.
    pub(super) fn of(slice: &Slice<'_>, reading: &Reading) -> Self {
        let active: BTreeSet<u32> = slice.moments.iter().filter_map(|moment| moment.process).collect();
        let mut about: BTreeSet<usize> = slice.messages.clone();
        about.extend(slice.moments.iter().filter_map(|moment| moment.message));
        let (rows, heights) = stack(reading, &about);
        let mut layout = Self {
            lanes: Vec::new(),
            messages: BTreeMap::new(),
            processes: BTreeMap::new(),
            workers: BTreeMap::new(),
            rows,
            bottom: TOP,
            left_out: about.len().saturating_sub(MESSAGES_MAX),
        };
        let of_role = |worker: bool| reading.roles.iter().filter(move |(_, role, _)| (*role == Role::Worker) == worker);
        for (process, _, name) in of_role(false).filter(|(process, ..)| active.contains(process)) {
            let middle = layout.add(name, 1);
            layout.processes.insert(process, middle);
        }
        let shown: Vec<usize> = about.into_iter().take(MESSAGES_MAX).collect();
        let first = layout.add("queue", shown.len().max(1));
        let mut middle = first;
        for message in shown {
            layout.messages.insert(message, middle);
            middle += ROW;
        }
        for (number, (process, _, name)) in of_role(true).enumerate() {
            layout.workers.insert(process, number);
            if active.contains(&process) {
                let middle = layout.add(name, heights.get(&process).copied().unwrap_or(1));
                layout.processes.insert(process, middle);
            }
        }
        layout
    }

    /// Adds a lane and gives the middle of its first row.
    fn add(&mut self, name: &str, rows: usize) -> f64 {
        let height = ROW * f64::from(u32::try_from(rows).unwrap_or(u32::MAX));
        self.lanes.push(Lane { name: name.to_owned(), top: self.bottom, height });
        let middle = self.bottom + ROW / 2.0;
        self.bottom += height + BETWEEN;
        middle
    }

    /// Middle of a message's row, if it is drawn.
    pub(super) fn message(&self, message: usize) -> Option<f64> {
        self.messages.get(&message).copied()
    }

    /// All drawn messages with the middle of their rows.
    pub(super) fn messages(&self) -> impl Iterator<Item = (usize, f64)> {
        self.messages.iter().map(|(message, y)| (*message, *y))
    }

    /// Middle of a process's first row, if it is drawn.
    pub(super) fn process(&self, process: u32) -> Option<f64> {
        self.processes.get(&process).copied()
    }

    /// Middle of a handling's row, if it is drawn.
    pub(super) fn handling(&self, handling: &Handling) -> Option<f64> {
        let row = *self.rows.get(&handling.record)?;
        Some(self.process(handling.process)? + ROW * f64::from(u32::try_from(row).ok()?))
    }

    /// Class of a worker's colour.
    pub(super) fn colour(&self, process: Option<u32>) -> String {
        match process.and_then(|process| self.workers.get(&process)) {
            Some(number) => format!("w{}", number % 5),
            None => "nobody".to_owned(),
        }
    }
}

/// Puts what a worker does at the same time into rows below each other: the row of each handling, and how many rows each worker has.
fn stack(reading: &Reading, about: &BTreeSet<usize>) -> (BTreeMap<usize, usize>, BTreeMap<u32, usize>) {
    let (mut rows, mut heights) = (BTreeMap::new(), BTreeMap::new());
    let mut ends: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
    for handling in reading.handlings.iter().filter(|handling| about.contains(&handling.message)) {
        let ends = ends.entry(handling.process).or_default();
        let row = ends.iter().position(|end| *end < handling.from_ms).unwrap_or(ends.len());
        if row >= ROWS_MAX {
            continue;
        }
        if row == ends.len() {
            ends.push(handling.until_ms);
        } else {
            ends[row] = handling.until_ms;
        }
        rows.insert(handling.record, row);
        heights.insert(handling.process, ends.len());
    }
    (rows, heights)
}
