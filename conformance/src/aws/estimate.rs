//! What a run would call and cost, by a dry run on the reference under the same rules.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use redeliver_model::Service;
use redeliver_spec::Case;
use redeliver_spec::step::show_duration;

use super::Usage;
use super::price::{PRICES, PRICES_IN, PRICES_OF, SOURCES, dollars};
use crate::exec::{Cancel, run_case};
use crate::finding::Finding;
use crate::target::Target;

/// What a run would call and cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Estimate {
    /// Cases that would run.
    pub cases: usize,
    /// Cases that the rules leave out.
    pub left_out: usize,
    /// What is used.
    pub usage: Usage,
    /// How long all cases take one after the other.
    pub elapsed: Duration,
}

/// Runs these cases on the reference under the rules of this target, and counts. Nothing is called on AWS. When `cancel` is cancelled the
/// rest is not counted. `None` for a target that is not AWS.
pub fn estimate(target: &Target, cases: &[&Case], cancel: &Cancel) -> Option<Estimate> {
    let dry = target.dry()?;
    let next = AtomicUsize::new(0);
    let sum = Mutex::new(Estimate::default());
    let jobs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let run = run_case(&dry, case, cancel);
                    let usage = Usage::of(&run.history);
                    let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
                    if matches!(run.finding, Finding::Skipped { .. }) {
                        sum.left_out += 1;
                    } else {
                        sum.cases += 1;
                    }
                    // What a case does before it is left out is done there too.
                    sum.usage.join(&usage);
                    sum.elapsed += run.elapsed;
                }
            });
        }
    });
    Some(sum.into_inner().unwrap_or_else(PoisonError::into_inner))
}

impl Estimate {
    /// What it costs, in billionths of a dollar.
    pub fn nanos(&self) -> u64 {
        self.usage.nanos()
    }

    /// For people, some lines.
    pub fn text(&self, target: &Target, jobs: usize) -> String {
        let manifest = target.manifest();
        let names = target.rules().map(|rules| rules.run().prefix()).unwrap_or_default();
        let mut text =
            format!("AWS, account {}, region {}; names begin with `{names}`\n", manifest.account, manifest.region);
        let left_out = match self.left_out {
            0 => String::new(),
            count => format!(", {count} more are left out by the rules for AWS"),
        };
        let _ = writeln!(text, "  {} cases{left_out}", self.cases);
        let [sqs, sns, kinesis] = Service::ALL.map(|service| self.usage.calls(service));
        let messages = self.usage.messages();
        let _ = writeln!(text, "  about {sqs} calls of SQS, {sns} of SNS, {kinesis} of Kinesis; {messages} messages");
        for price in PRICES.iter().filter(|price| self.usage.used(price.item) > 0) {
            let used = self.usage.used(price.item);
            let _ = writeln!(text, "  {used:>9} {:<30} {:>10}", price.name, dollars(used * price.nanos));
        }
        let seconds = self.elapsed.as_secs() / u64::try_from(jobs.max(1)).unwrap_or(1);
        let least = show_duration(Duration::from_secs(seconds.max(1)));
        let where_from = if PRICES_IN.contains(&manifest.region.as_str()) {
            String::new()
        } else {
            format!(" of {}, where it is cheaper", PRICES_IN[0])
        };
        let _ = writeln!(
            text,
            "  about {} at prices of {PRICES_OF}{where_from}, and at least {least}",
            dollars(self.nanos())
        );
        let _ = writeln!(text, "  without the free tier and what keys of KMS cost; {SOURCES}");
        text
    }
}
