//! Rows of all services together.

use indexmap::IndexMap;

use super::join::guarantee_rank;
use super::{Comparison, Counts};

/// A line of a table: its name, and a cell for each target.
pub(super) type Line<'a> = (&'a str, Vec<Counts>);

impl Comparison {
    /// A line for each guarantee, of all services together.
    pub(super) fn by_guarantee(&self) -> Vec<Line<'_>> {
        let mut lines = self.grouped(|row| &row.guarantee);
        lines.sort_by_key(|(guarantee, _)| guarantee_rank(guarantee));
        lines
    }

    /// A line for each service, of all guarantees together.
    pub(super) fn by_service(&self) -> Vec<Line<'_>> {
        self.grouped(|row| &row.service)
    }

    fn grouped<'a>(&'a self, name: impl Fn(&'a super::Row) -> &'a str) -> Vec<Line<'a>> {
        let mut lines: IndexMap<&str, Vec<Counts>> = IndexMap::new();
        for row in &self.rows {
            let cells = lines.entry(name(row)).or_insert_with(|| vec![Counts::default(); self.targets.len()]);
            for (sum, cell) in cells.iter_mut().zip(&row.cells) {
                *sum = sum.plus(*cell);
            }
        }
        lines.into_iter().collect()
    }
}

/// The name of a service as people write it.
pub(super) fn service_name(service: &str) -> &str {
    match service {
        "sqs" => "SQS",
        "sns" => "SNS",
        "kinesis" => "Kinesis",
        "flows" => "across services",
        other => other,
    }
}
