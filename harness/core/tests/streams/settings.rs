//! Retention, modes, sizes.

use redeliver_core::kinesis::Error;
use redeliver_model::kinesis::{
    self as model, Command, DecreaseStreamRetentionPeriodInput, IncreaseStreamRetentionPeriodInput, Reply,
    ShardIteratorType, StreamMode, StreamModeDetails, StreamStatus,
};

use crate::driver::{Driver, texts};

const HOUR: u64 = 3_600_000;

fn increase(driver: &mut Driver, hours: i32) -> Result<(), Error> {
    let (stream_name, retention_period_hours) = (Some("s".to_owned()), Some(hours));
    let input = IncreaseStreamRetentionPeriodInput { stream_name, retention_period_hours, ..Default::default() };
    driver.call(Command::IncreaseStreamRetentionPeriod(input)).map(|_| ())
}

fn decrease(driver: &mut Driver, hours: i32) -> Result<(), Error> {
    let (stream_name, retention_period_hours) = (Some("s".to_owned()), Some(hours));
    let input = DecreaseStreamRetentionPeriodInput { stream_name, retention_period_hours, ..Default::default() };
    driver.call(Command::DecreaseStreamRetentionPeriod(input)).map(|_| ())
}

fn set_mode(driver: &mut Driver, mode: StreamMode) -> Result<(), Error> {
    let stream_mode_details = Some(StreamModeDetails { stream_mode: Some(mode) });
    let stream_arn = Some(driver.arn("s"));
    let input = model::UpdateStreamModeInput { stream_arn, stream_mode_details, ..Default::default() };
    driver.call(Command::UpdateStreamMode(input)).map(|_| ())
}

#[test]
fn retention_goes_from_a_day_to_a_year_and_only_in_the_direction_of_its_operation() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    increase(&mut driver, 24).unwrap();
    increase(&mut driver, 8_760).unwrap();
    assert_eq!(driver.summary("s").unwrap().retention_period_hours, Some(8_760));
    let text = |result: Result<(), Error>| result.unwrap_err().to_string();
    assert_eq!(
        text(increase(&mut driver, 24)),
        "Requested retention period (24 hours) for stream s can not be shorter than existing retention period (8760 hours). Use \
         DecreaseRetentionPeriod API."
    );
    decrease(&mut driver, 48).unwrap();
    assert_eq!(
        text(decrease(&mut driver, 49)),
        "Requested retention period (49 hours) for stream s can not be longer than existing retention period (48 hours). Use \
         IncreaseRetentionPeriod API."
    );
    assert_eq!(
        text(decrease(&mut driver, 23)),
        "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short."
    );
    assert_eq!(increase(&mut driver, 8_761), Err(Error::RetentionTooLong { hours: 8_761 }));
}

#[test]
fn longer_retention_keeps_what_is_there_but_brings_nothing_back() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    driver.put("s", "k", "old").unwrap();
    driver.wait(12 * HOUR);
    driver.put("s", "k", "young").unwrap();
    driver.wait(12 * HOUR);
    increase(&mut driver, 48).unwrap();
    driver.wait(24 * HOUR - 1);
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    assert_eq!(texts(&driver.get(&iterator).unwrap()), ["young"]);
}

#[test]
fn shorter_retention_lets_go_at_once() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    increase(&mut driver, 48).unwrap();
    driver.put("s", "k", "old").unwrap();
    driver.wait(30 * HOUR);
    driver.put("s", "k", "young").unwrap();
    decrease(&mut driver, 24).unwrap();
    let iterator = driver.iterator("s", 0, ShardIteratorType::TrimHorizon);
    assert_eq!(texts(&driver.get(&iterator).unwrap()), ["young"]);
}

#[test]
fn mode_changes_twice_a_day_and_keeps_the_shards() {
    let mut driver = Driver::new();
    driver.stream("s", 3);
    set_mode(&mut driver, StreamMode::OnDemand).unwrap();
    assert_eq!(driver.status("s"), Ok(StreamStatus::Updating));
    driver.wait(1_000);
    let summary = driver.summary("s").unwrap();
    let mode = Some(StreamModeDetails { stream_mode: Some(StreamMode::OnDemand) });
    assert_eq!((summary.stream_mode_details, summary.open_shard_count), (mode, Some(3)));
    set_mode(&mut driver, StreamMode::Provisioned).unwrap();
    driver.wait(1_000);
    let refused = set_mode(&mut driver, StreamMode::OnDemand);
    assert_eq!(refused, Err(Error::TooOften { operation: "UpdateStreamMode", limit: 2 }));
    driver.wait(24 * HOUR);
    set_mode(&mut driver, StreamMode::OnDemand).unwrap();
}

#[test]
fn warm_throughput_is_of_on_demand_streams_and_takes_a_while() {
    let mut driver = Driver::new();
    driver.on_demand("s");
    let warm = |driver: &mut Driver, name: &str, mib| {
        let (stream_name, warm_throughput_mi_bps) = (Some(name.to_owned()), Some(mib));
        let input =
            model::UpdateStreamWarmThroughputInput { stream_name, warm_throughput_mi_bps, ..Default::default() };
        match driver.call(Command::UpdateStreamWarmThroughput(input))? {
            Reply::UpdateStreamWarmThroughput(output) => Ok(output.warm_throughput.unwrap()),
            other => panic!("{other:?}"),
        }
    };
    let told = |current: i32, target: i32| model::WarmThroughputObject {
        current_mi_bps: Some(current),
        target_mi_bps: Some(target),
    };
    assert_eq!(driver.summary("s").unwrap().warm_throughput, None);
    assert_eq!(warm(&mut driver, "s", 10), Ok(told(0, 10)));
    assert_eq!(driver.summary("s").unwrap().warm_throughput, Some(told(0, 10)));
    driver.wait(1_000);
    let summary = driver.summary("s").unwrap();
    assert_eq!((summary.warm_throughput, summary.open_shard_count), (Some(told(10, 10)), Some(10)));
    assert!(matches!(warm(&mut driver, "s", 10_241), Err(Error::OutOfRange { value: 10_241, .. })));
    driver.stream("p", 1);
    assert_eq!(warm(&mut driver, "p", 1), Err(Error::NoWarmThroughput));
}
