//! The order in which cases are started.

use std::cmp::Reverse;

use redeliver_spec::Case;

use super::skip::shortest_wait;
use crate::target::{Manifest, Start};

/// On a real clock, cases that must wait longest come first, so that a run does not end with a few that all wait. Where time is virtual
/// the order stays.
pub fn in_order<'a>(manifest: &Manifest, cases: &[&'a Case]) -> Vec<&'a Case> {
    let mut cases = cases.to_vec();
    if manifest.start != Start::InProcess {
        cases.sort_by_key(|case| Reverse(shortest_wait(case)));
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::find;

    #[test]
    fn longest_waits_come_first_on_a_real_clock() {
        let case = |name: &str, step: &str| {
            format!(
                "  - name: {name}\n    evidence: {{ model: botocore 1.0 }}\n    steps: [ {step}, {{ call: sqs:ListQueues }} ]\n"
            )
        };
        let cases =
            [case("a", "{ wait: 1s }"), case("b", "{ call: sqs:ListQueues }"), case("c", "{ wait: 1m }")].concat();
        let text = format!("spec: \"1.0\"\nabout: Waits.\nguarantee: queue-lifecycle\ncases:\n{cases}");
        let suite =
            redeliver_spec::load([("sqs/queue/list.yaml", text)]).unwrap_or_else(|problems| panic!("{problems}"));
        let cases: Vec<_> = suite.cases().collect();
        let names = |target| {
            let ordered = in_order(&find(target).unwrap(), &cases);
            ordered.into_iter().map(|case| case.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names("http://localhost:1"), ["c", "a", "b"]);
        assert_eq!(names("reference"), ["a", "b", "c"]);
    }
}
