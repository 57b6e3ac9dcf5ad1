//! Rules on consumers are decisions that the runner carries out.

use std::time::Duration;

use redeliver_chaos::plan::{Parameters, Phase, Place, Plan, RuleBuilder};
use redeliver_chaos::{At, Chaos, Mode, Moment, Stage, Strike, rules};

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
fn rules_on_consumers_deliveries_and_tables_decide_and_say_why_they_do_not_work_at_a_distance() {
    for rule in rules::ALL {
        let known = rule.known();
        let is_consumers = known.phases == [Phase::Consumer];
        assert_eq!(rule.stage() == Stage::Consumer, is_consumers, "{}", known.name);
        assert_eq!(rule.strike(&Parameters::default()).is_some(), is_consumers, "{}", known.name);
        let is_deliverys = matches!(rule.stage(), Stage::Delivery(_));
        assert_eq!(rule.turn(&Parameters::default()).is_some(), is_deliverys, "{}", known.name);
        let is_tables = rule.stage() == Stage::Table;
        assert_eq!(rule.turn_table(&Parameters::default()).is_some(), is_tables, "{}", known.name);
        let refused: Vec<_> = known.refuses.iter().map(|(place, _)| *place).collect();
        let needs_days = known.name == "records-trimmed";
        let is_near = is_consumers || is_deliverys || is_tables || needs_days;
        assert_eq!(refused.contains(&Place::Proxy), is_near, "{}", known.name);
        assert_eq!(refused.contains(&Place::InProcess), known.name == "envelope-again", "{}", known.name);
    }
}

/// Polls before which a consumer is struck, of six polls of each of two, in turns, a second apart.
fn struck(rule: RuleBuilder, mode: Mode) -> Vec<(String, u64)> {
    let plan = Plan::builder("One.").rule(rule).build(&rules::known(), Some(Place::InProcess)).unwrap();
    let mut chaos = Chaos::new(&plan, 1, mode);
    for poll in 1..=6 {
        for consumer in ["worker-1", "worker-2"] {
            chaos.strike(consumer, poll, Duration::from_secs(poll));
        }
    }
    let faults = [chaos.fired().faults, chaos.moments().to_vec()].concat();
    let moment = |fault: redeliver_chaos::Fault| match fault.at {
        At::Consumer(Moment { consumer, poll }) => (consumer, poll),
        At::Call(site) => panic!("{site} is no moment of a consumer"),
    };
    faults.into_iter().map(moment).collect()
}

#[test]
fn rules_on_consumers_strike_where_the_plan_says() {
    let crash = || RuleBuilder::new("crash");
    let cases = [
        (crash().nth(3), vec![("worker-1", 2)]),
        (crash().nth(3).consumer("worker-2"), vec![("worker-2", 3)]),
        (crash().every(5), vec![("worker-1", 3), ("worker-2", 5)]),
        (crash().nth(2).between(Duration::from_secs(3), Duration::from_secs(4)), vec![("worker-2", 3)]),
    ];
    for (rule, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(|(consumer, poll)| (consumer.to_owned(), poll)).collect();
        assert_eq!(struck(rule.clone(), Mode::Draw), expected);
        // What a calm run notes is what an exhaustive search tries.
        assert_eq!(struck(rule, Mode::Calm), expected);
    }
}
