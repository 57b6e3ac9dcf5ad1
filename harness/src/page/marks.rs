//! The things in the lanes.

use std::fmt::Write as _;

use super::axis::Axis;
use super::escape::escape;
use super::layout::Layout;
use crate::story::read::{Kind, LeaseEnd, Moment, Reading};
use crate::story::slice::Slice;
use crate::story::words::moment;
use crate::story::wrong::Wrong;

/// Most moments that are drawn.
const MOMENTS_MAX: usize = 600;
/// Half the height of a bar, in pixels.
const HALF: f64 = 9.0;

/// What is needed to draw anything.
pub(super) struct Marks<'a> {
    pub(super) axis: &'a Axis,
    pub(super) layout: &'a Layout,
    pub(super) reading: &'a Reading,
}

impl Marks<'_> {
    /// A row for each message: its name, and a bar for each time that it was hidden.
    pub(super) fn messages(&self, svg: &mut String) {
        for (index, y) in self.layout.messages() {
            let message = self.reading.messages.get(index);
            let from = self.axis.x(message.since_ms);
            let end = message.gone_ms.map_or(self.axis.end(), |ms| self.axis.x(ms));
            let key = message.key.as_deref().map(|key| format!(", key {key}")).unwrap_or_default();
            let _ = writeln!(
                svg,
                "<g><title>{name}{} (id {})</title><line class=\"life\" x1=\"{from:.1}\" y1=\"{y:.1}\" x2=\"{end:.1}\" \
                 y2=\"{y:.1}\"/><text class=\"message\" x=\"{:.1}\" y=\"{:.1}\">{name}</text></g>",
                escape(&key),
                escape(&message.id),
                from - 6.0,
                y + 4.0,
                name = message.name,
            );
        }
        for lease in &self.reading.leases {
            let Some(y) = self.layout.message(lease.message) else { continue };
            let name = &self.reading.messages.get(lease.message).name;
            let who = lease.process.map_or("nobody: the reply was lost", |process| self.reading.roles.name(process));
            let end = match lease.end {
                LeaseEnd::Gone => "when it was deleted or moved",
                LeaseEnd::Expired => "when the lease ended",
                LeaseEnd::Open => "or later: the run ends before",
            };
            let (from, until) = (moment(lease.from_ms), moment(lease.until_ms));
            let title = if lease.copy {
                format!("a copy of {name} for {who} at {from}, of which the queue knows nothing")
            } else {
                format!("{name} hidden for {who}: from {from} to {until}, {end}")
            };
            // A copy hides nothing: it is drawn below the bar of the message itself.
            let (top, height) = if lease.copy { (y + 2.0, HALF) } else { (y - HALF, HALF * 2.0) };
            self.bar(
                svg,
                &format!("lease {}", self.layout.colour(lease.process)),
                (lease.from_ms, lease.until_ms),
                (top, height),
                &title,
            );
        }
    }

    /// A bar for each time that a worker was busy with a message of the slice.
    pub(super) fn handlings(&self, svg: &mut String, slice: &Slice<'_>) {
        for handling in &self.reading.handlings {
            let Some(y) = self.layout.handling(handling) else { continue };
            let name = &self.reading.messages.get(handling.message).name;
            let who = self.reading.roles.name(handling.process);
            let (from, until) = (moment(handling.from_ms), moment(handling.until_ms));
            let title = format!("{who} busy with {name}: from {from} to {until}, {:?}", handling.end);
            let class = format!("work {}", self.layout.colour(Some(handling.process)));
            self.bar(svg, &class, (handling.from_ms, handling.until_ms), (y - HALF, HALF * 2.0), &title.to_lowercase());
        }
        debug_assert!(slice.moments.is_sorted_by_key(|moment| moment.at_ms), "moments are drawn in order");
    }

    fn bar(&self, svg: &mut String, class: &str, (from, until): (u64, u64), (top, height): (f64, f64), title: &str) {
        let left = self.axis.x(from);
        let width = (self.axis.x(until) - left).max(4.0);
        let _ = writeln!(
            svg,
            "<g class=\"{class}\"><title>{}</title><rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             rx=\"3\"/></g>",
            escape(title),
        );
    }

    /// A mark for each moment, and a line to its message.
    pub(super) fn moments(&self, svg: &mut String, slice: &Slice<'_>) {
        let (mut label_end, mut label_row) = (0.0, 0.0);
        for (at, found) in slice.moments.iter().take(MOMENTS_MAX).enumerate() {
            let x = self.axis.x(found.at_ms);
            let wrong = slice.wrong == Wrong::At(at);
            let who = found.process.map_or("queue", |process| self.reading.roles.name(process));
            let faults =
                if found.faults.is_empty() { String::new() } else { format!(" [{}]", found.faults.join(", ")) };
            let title = escape(&format!("{} {who}: {}{faults}", moment(found.at_ms), found.text));
            let class = class(found, wrong);
            let _ = writeln!(svg, "<g class=\"{class}\"><title>{title}</title>");
            if let Some(fault) = found.faults.first() {
                label_row = if x < label_end { 14.0 - label_row } else { 0.0 };
                label_end = x + 110.0;
                let _ = writeln!(
                    svg,
                    "<line class=\"struck\" x1=\"{x:.1}\" y1=\"44\" x2=\"{x:.1}\" y2=\"{:.0}\"/><text class=\"struck\" x=\"{:.1}\" \
                     y=\"{:.0}\">{}</text>",
                    self.layout.bottom,
                    x + 3.0,
                    28.0 + label_row,
                    escape(fault),
                );
            }
            self.connect(svg, found, x);
            self.sign(svg, found, x);
            svg.push_str("</g>\n");
        }
    }

    fn place(&self, found: &Moment) -> Option<f64> {
        match (found.process, found.message) {
            (Some(process), _) => self.layout.process(process),
            (None, Some(message)) => self.layout.message(message),
            (None, None) => None,
        }
    }

    /// From who acts to the message that it is about.
    fn connect(&self, svg: &mut String, found: &Moment, x: f64) {
        let crosses = matches!(found.kind, Kind::Send | Kind::Receive | Kind::Delete | Kind::Change);
        let message = found.message.and_then(|message| self.layout.message(message));
        if let (true, Some(from), Some(to)) = (crosses, self.place(found), message) {
            let _ = writeln!(svg, "<line class=\"way\" x1=\"{x:.1}\" y1=\"{from:.1}\" x2=\"{x:.1}\" y2=\"{to:.1}\"/>");
        }
    }

    fn sign(&self, svg: &mut String, found: &Moment, x: f64) {
        let Some(y) = self.place(found) else { return };
        let path = match found.kind {
            Kind::Send | Kind::Call => {
                let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\"/>");
                return;
            }
            Kind::Effect => "m0 -9 l8 9 l-8 9 l-8 -9 z",
            Kind::Life if found.trouble => "m-7 -7 l14 14 m-14 0 l14 -14",
            Kind::Life => "m-4 -6 l10 6 l-10 6 z",
            Kind::Fault => "m0 -8 l7 13 l-14 0 z",
            Kind::Delete => "m-4 -4 l8 8 m-8 0 l8 -8",
            Kind::Receive => "m-4 -3 l8 0 l-4 7 z",
            Kind::LeaseEnd | Kind::Lost | Kind::Event => "m0 -11 l0 22",
            Kind::Change | Kind::Handler | Kind::Place => "m0 -6 l0 12",
        };
        let _ = writeln!(svg, "<path d=\"M{x:.1} {y:.1} {path}\"/>");
    }
}

fn class(found: &Moment, wrong: bool) -> &'static str {
    match (wrong, found.trouble, found.kind) {
        (true, ..) => "mark bad",
        (_, true, _) => "mark odd",
        (_, _, Kind::Effect) => "mark effect",
        _ => "mark",
    }
}
