//! What a setting was at which time.

/// The milliseconds within which something came into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Since {
    /// No earlier than this.
    pub(crate) begin_ms: u64,
    /// No later than this.
    pub(crate) end_ms: u64,
}

impl Since {
    /// What came into force at this moment.
    pub(crate) fn at(ms: u64) -> Self {
        Self { begin_ms: ms, end_ms: ms }
    }
}

/// The values of a setting, in the order in which they came into force.
#[derive(Debug, Clone)]
pub(crate) struct Timeline<T>(Vec<(Since, T)>);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Timeline<T> {
    /// The setting has a new value.
    pub(crate) fn add(&mut self, since: Since, value: T) {
        self.0.push((since, value));
    }

    /// Whether it may have had no value yet.
    pub(crate) fn is_empty_at(&self, ms: u64) -> bool {
        self.0.first().is_none_or(|(since, _)| ms <= since.end_ms)
    }

    /// Every value that it ever had.
    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values that may have been in force at some time between two milliseconds.
    pub(crate) fn during(&self, from_ms: u64, to_ms: u64) -> impl Iterator<Item = &T> {
        let ends = self.0.iter().skip(1).map(|(next, _)| next.end_ms).chain([u64::MAX]);
        let own = self.0.iter().zip(ends);
        own.filter(move |((since, _), end_ms)| since.begin_ms <= to_ms && *end_ms >= from_ms)
            .map(|((_, value), _)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Since, Timeline};

    #[test]
    fn value_counts_from_the_first_moment_it_may_be_in_force_to_the_last() {
        let mut timeline = Timeline::default();
        timeline.add(Since::at(10), 'a');
        timeline.add(Since { begin_ms: 20, end_ms: 30 }, 'b');
        let during = |from, to| timeline.during(from, to).collect::<String>();
        assert_eq!(during(0, 9), "");
        assert_eq!([during(10, 19), during(20, 20), during(30, 30), during(31, 99)], ["a", "ab", "ab", "b"]);
        assert_eq!(timeline.all().collect::<String>(), "ab");
        assert_eq!([0, 10, 11].map(|at| timeline.is_empty_at(at)), [true, true, false]);
    }
}
