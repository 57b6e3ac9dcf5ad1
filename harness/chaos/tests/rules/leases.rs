//! Rules on tables of leases say what becomes of a call to one; who has the table carries it out.

use std::time::Duration;

use redeliver_chaos::plan::{Parameters, Place, Plan, RuleBuilder};
use redeliver_chaos::{At, Chaos, Fate, Fault, Mode, Site, TableCall, TableOperation, Turned, rules};

const OPERATIONS: [TableOperation; 3] = [TableOperation::Take, TableOperation::Renew, TableOperation::Checkpoint];

/// What becomes of each operation on one lease, and the faults that fired.
fn turned(plan: &Plan, mode: Mode) -> (Vec<Turned>, Chaos) {
    let mut chaos = Chaos::new(plan, 1, mode);
    let turned = OPERATIONS.map(|operation| {
        let call = TableCall { operation, shard: "shardId-000000000000", worker: "worker-1" };
        chaos.table(&call, Duration::from_secs(1))
    });
    (turned.to_vec(), chaos)
}

fn always(names: &[&str]) -> Plan {
    let plan =
        names.iter().fold(Plan::builder("Leases."), |plan, rule| plan.rule(RuleBuilder::new(rule).probability(1.0)));
    plan.build(&rules::known(), Some(Place::InProcess)).unwrap()
}

fn fates(names: &[&str]) -> Vec<Fate> {
    turned(&always(names), Mode::Draw).0.into_iter().map(|turned| turned.fate).collect()
}

#[test]
fn calls_to_tables_of_leases_meet_the_fate_of_their_rule() {
    assert_eq!(fates(&["lease-stolen"]), [Fate::Served, Fate::Stolen, Fate::Stolen]);
    assert_eq!(fates(&["checkpoint-fails"]), [Fate::Served, Fate::Served, Fate::Fails]);
    assert_eq!(fates(&["checkpoint-reply-lost"]), [Fate::Served, Fate::Served, Fate::ReplyLost]);
    // A call has one fate, that of the earlier rule, and may be late besides.
    assert_eq!(fates(&["checkpoint-fails", "lease-stolen"]), [Fate::Served, Fate::Stolen, Fate::Fails]);
    let (late, _) = turned(&always(&["lease-table-slow", "checkpoint-fails"]), Mode::Draw);
    let (late, by): (Vec<_>, Vec<_>) = late.into_iter().map(|turned| (turned.fate, turned.late)).unzip();
    assert_eq!((late, by), (vec![Fate::Served, Fate::Served, Fate::Fails], vec![Duration::from_secs(15); 3]));
}

#[test]
fn faults_of_leases_are_known_by_operation_and_shard() {
    let site = |operation: &str| {
        let resource = Some("shardId-000000000000".to_owned());
        Site { call: format!("leases:{operation}"), resource, key: None, nth: 1 }
    };
    let fault = |operation| {
        let at = At::Call(site(operation));
        Fault { rule: "lease-stolen".into(), at, parameters: Parameters::default() }
    };
    let (_, noted) = turned(&always(&["lease-stolen"]), Mode::Calm);
    assert_eq!(noted.candidates(), [fault("Renew"), fault("Checkpoint")]);
    let (replayed, mut chaos) = turned(&Plan::default(), Mode::Replay(vec![fault("Checkpoint")]));
    assert_eq!(replayed.last(), Some(&Turned { fate: Fate::Stolen, ..Turned::default() }));
    assert_eq!((chaos.fired().faults, chaos.missed()), (vec![fault("Checkpoint")], vec![]));
    let told = chaos.take_told();
    assert_eq!((told.len(), told[0].id, told[0].consumer.as_str()), (1, "K15", "worker-1"));
    chaos.heal();
    let call = TableCall { operation: TableOperation::Checkpoint, shard: "shardId-000000000000", worker: "worker-1" };
    assert_eq!(chaos.table(&call, Duration::ZERO), Turned::default());
}
