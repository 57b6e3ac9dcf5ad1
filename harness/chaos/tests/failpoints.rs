//! Fail points return when they are armed, in a binary of its own, since their registry belongs to the process.

use redeliver_chaos::failpoints::{ALL, hit};

#[cfg(not(feature = "failpoints"))]
#[test]
fn fail_points_are_compiled_to_nothing() {
    assert_eq!(ALL.map(hit), [false; 6]);
}

#[cfg(feature = "failpoints")]
#[test]
fn an_armed_point_returns_as_often_as_it_was_told() {
    let scenario = fail::FailScenario::setup();
    for name in ALL {
        fail::cfg(name, "1*return").unwrap();
        assert_eq!([hit(name), hit(name)], [true, false], "{name}");
    }
    scenario.teardown();
    assert_eq!(ALL.map(hit), [false; 6]);
}
