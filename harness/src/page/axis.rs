//! Virtual time as a place on the page: the longer nothing happens, the more it is shortened.

/// Pixels of the narrowest and the widest gap between two moments.
const GAP_MIN: f64 = 14.0;
const GAP_MAX: f64 = 120.0;
/// Pixels that a gap of ten times the length has more.
const GAP_DECADE: f64 = 18.0;
/// Widest axis in pixels, unless there are so many moments that each would have less than three pixels.
const WIDTH_MAX: f64 = 5_000.0;
/// Milliseconds from which on the shortening is marked.
const BREAK_MS: u64 = 1_000;

/// An axis through all moments of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    /// Milliseconds and pixels, both rising.
    stops: Vec<(u64, f64)>,
}

impl Axis {
    /// From the milliseconds at which something happens, in any order, and the pixel at which it begins.
    pub(super) fn of(mut times: Vec<u64>, begin: f64) -> Self {
        times.push(0);
        times.sort_unstable();
        times.dedup();
        let gaps: Vec<f64> = times.windows(2).map(|pair| gap(pair[1] - pair[0])).collect();
        let scale = (WIDTH_MAX / gaps.iter().sum::<f64>()).min(1.0);
        let mut x = begin;
        let mut stops = vec![(times[0], x)];
        for (time, gap) in times.iter().skip(1).zip(&gaps) {
            x += gap * scale;
            stops.push((*time, x));
        }
        Self { stops }
    }

    /// The pixel of a millisecond; what is later than all moments is at the end.
    pub(super) fn x(&self, ms: u64) -> f64 {
        let after = self.stops.partition_point(|(time, _)| *time < ms);
        match (after.checked_sub(1).map(|at| self.stops[at]), self.stops.get(after)) {
            (_, Some((time, x))) if *time == ms => *x,
            (Some((from, left)), Some((to, right))) => left + (right - left) * share(ms - from, to - from),
            (Some((_, x)), None) => x,
            (None, _) => self.stops[0].1,
        }
    }

    /// The last pixel.
    pub(super) fn end(&self) -> f64 {
        self.stops.last().map_or(0.0, |(_, x)| *x)
    }

    /// Moments that have room for a label of this width.
    pub(super) fn ticks(&self, room: f64) -> Vec<(u64, f64)> {
        let mut ticks: Vec<(u64, f64)> = Vec::new();
        for stop in &self.stops {
            if ticks.last().is_none_or(|(_, x)| stop.1 - x >= room) {
                ticks.push(*stop);
            }
        }
        ticks
    }

    /// Gaps that are much shorter than they seem: their middle, and how long they are.
    pub(super) fn breaks(&self) -> Vec<(f64, u64)> {
        let long = self.stops.windows(2).filter(|pair| pair[1].0 - pair[0].0 >= BREAK_MS);
        long.map(|pair| (f64::midpoint(pair[0].1, pair[1].1), pair[1].0 - pair[0].0)).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "pixels need no more than 52 bits")]
fn gap(ms: u64) -> f64 {
    (GAP_MIN + GAP_DECADE * (ms as f64).log10().max(0.0)).min(GAP_MAX)
}

#[expect(clippy::cast_precision_loss, reason = "pixels need no more than 52 bits")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::{Axis, WIDTH_MAX};

    #[test]
    fn later_is_never_further_left() {
        let axis = Axis::of(vec![30_000, 5, 6, 345_600_000], 100.0);
        let places: Vec<_> = [0, 5, 6, 29_999, 30_000, 345_600_000, u64::MAX].map(|ms| axis.x(ms)).into();
        assert!(places.is_sorted(), "{places:?}");
        assert!((places[0] - 100.0).abs() < f64::EPSILON && (places[6] - axis.end()).abs() < f64::EPSILON);
    }

    #[test]
    fn four_days_take_no_more_than_their_share() {
        let axis = Axis::of(vec![10, 345_600_000], 0.0);
        assert!(axis.end() < 300.0, "{}", axis.end());
        assert_eq!(axis.breaks().len(), 1);
    }

    #[test]
    fn axis_of_many_moments_stays_bounded() {
        assert!(Axis::of((0..100_000).collect(), 0.0).end() <= WIDTH_MAX + 1.0);
    }
}
