//! Lanes over time, as SVG.

use std::fmt::Write as _;

use super::axis::Axis;
use super::escape::escape;
use super::layout::{Layout, ROW, TOP};
use super::marks::Marks;
use crate::story::Told;
use crate::story::read::Reading;
use crate::story::slice::Slice;
use crate::story::words::{moment, stretch};
use crate::story::wrong::Wrong;

/// Pixels at which time begins, and that are free at the end.
const LEFT: f64 = 120.0;
const RIGHT: f64 = 60.0;
/// Pixels that the label of a time takes.
const TICK: f64 = 66.0;

/// Draws a slice.
pub(super) fn chart(told: &Told, slice: &Slice<'_>, reading: &Reading) -> String {
    let layout = Layout::of(slice, reading);
    let axis = Axis::of(times(slice, reading, &layout), LEFT);
    let (width, height) = (axis.end() + RIGHT, layout.bottom + 24.0);
    let mut svg = String::new();
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"chart-title chart-text\" width=\"{width:.0}\" \
         height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\">\n<title id=\"chart-title\">{}</title>\n<desc \
         id=\"chart-text\">Lanes of producers, messages and workers over {} time. The story in words tells the same.</desc>",
        escape(&format!("{}: {}", told.property, told.headline)),
        told.time.as_str(),
    );
    lanes(&mut svg, &layout, width);
    time(&mut svg, &axis, layout.bottom);
    let marks = Marks { axis: &axis, layout: &layout, reading };
    marks.messages(&mut svg);
    marks.handlings(&mut svg, slice);
    marks.moments(&mut svg, slice);
    wrong(&mut svg, told, slice, reading, &axis, layout.bottom);
    if layout.left_out > 0 {
        let _ =
            writeln!(svg, "<text class=\"quiet\" x=\"4\" y=\"{height:.0}\">{} more messages</text>", layout.left_out);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Milliseconds at which something is drawn.
fn times(slice: &Slice<'_>, reading: &Reading, layout: &Layout) -> Vec<u64> {
    let mut times: Vec<u64> = slice.moments.iter().map(|moment| moment.at_ms).collect();
    for handling in reading.handlings.iter().filter(|handling| layout.handling(handling).is_some()) {
        times.extend([handling.from_ms, handling.until_ms]);
    }
    for lease in reading.leases.iter().filter(|lease| layout.message(lease.message).is_some()) {
        times.extend([lease.from_ms, lease.until_ms.min(reading.end_ms)]);
    }
    times.push(reading.end_ms);
    times
}

fn lanes(svg: &mut String, layout: &Layout, width: f64) {
    for lane in &layout.lanes {
        let middle = lane.top + ROW / 2.0 + 4.0;
        let _ = writeln!(
            svg,
            "<rect class=\"lane\" x=\"0\" y=\"{:.0}\" width=\"{width:.0}\" height=\"{:.0}\"/>\n<text class=\"name\" x=\"6\" \
             y=\"{middle:.0}\">{}</text>",
            lane.top - 4.0,
            lane.height + 8.0,
            escape(&lane.name),
        );
    }
}

/// Times below the lanes, and marks where they are shortened much.
fn time(svg: &mut String, axis: &Axis, bottom: f64) {
    for (ms, x) in axis.ticks(TICK) {
        let _ = writeln!(
            svg,
            "<line class=\"tick\" x1=\"{x:.1}\" y1=\"{TOP:.0}\" x2=\"{x:.1}\" y2=\"{bottom:.0}\"/>\n<text class=\"time\" \
             x=\"{x:.1}\" y=\"{:.0}\">{}</text>",
            bottom + 14.0,
            moment(ms),
        );
    }
    for (x, ms) in axis.breaks() {
        let _ = writeln!(
            svg,
            "<g class=\"break\"><title>{long} pass</title><text x=\"{x:.1}\" y=\"{:.0}\">~ {long} ~</text></g>",
            TOP - 10.0,
            long = stretch(ms),
        );
    }
}

/// The first wrong event.
fn wrong(svg: &mut String, told: &Told, slice: &Slice<'_>, reading: &Reading, axis: &Axis, bottom: f64) {
    let (ms, text) = match &slice.wrong {
        Wrong::At(at) => (slice.moments[*at].at_ms, slice.moments[*at].text.clone()),
        Wrong::Missing(text) => (reading.end_ms, text.clone()),
        Wrong::Nothing => return,
    };
    let (x, anchor) = (axis.x(ms), if axis.x(ms) > axis.end() / 2.0 { "end" } else { "start" });
    let _ = writeln!(
        svg,
        "<g class=\"wrong\"><title>{} {}</title><line x1=\"{x:.1}\" y1=\"16\" x2=\"{x:.1}\" y2=\"{bottom:.0}\"/><text x=\"{x:.1}\" \
         y=\"12\" text-anchor=\"{anchor}\">violates {}</text></g>",
        moment(ms),
        escape(&text),
        escape(&told.property),
    );
}
