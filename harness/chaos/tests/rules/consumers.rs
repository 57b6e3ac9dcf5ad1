//! Rules on consumers are decisions that the runner carries out.

use std::time::Duration;

use redeliver_chaos::plan::{Parameters, Phase, Place};
use redeliver_chaos::{Stage, Strike, rules};

use crate::backend::rule;

#[test]
fn consumers_stall_and_stop() {
    let strike = |name: &str, parameters: &Parameters| rule(name).strike(parameters);
    let two_minutes = Parameters::default().with("for", "2m");
    assert_eq!(strike("stalled-replica", &two_minutes), Some(Strike::Stall(Duration::from_mins(2))));
    assert_eq!(strike("stall", &two_minutes), Some(Strike::Stall(Duration::from_mins(2))));
    assert_eq!(strike("shutdown", &Parameters::default()), Some(Strike::Shutdown));
    assert_eq!(strike("crash", &Parameters::default()), Some(Strike::Crash));
}

#[test]
fn rules_on_consumers_decide_and_say_why_they_work_in_process_only() {
    for rule in rules::ALL {
        let known = rule.known();
        let is_consumers = known.phases == [Phase::Consumer];
        assert_eq!(rule.stage() == Stage::Consumer, is_consumers, "{}", known.name);
        assert_eq!(rule.strike(&Parameters::default()).is_some(), is_consumers, "{}", known.name);
        let refused: Vec<_> = known.refuses.iter().map(|(place, _)| *place).collect();
        assert_eq!(refused.contains(&Place::Proxy), is_consumers, "{}", known.name);
        assert!(!refused.contains(&Place::InProcess), "{}", known.name);
    }
}
