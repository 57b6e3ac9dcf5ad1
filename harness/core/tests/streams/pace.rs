//! How often operations may be called, and sizes that nobody has.

use redeliver_core::kinesis::{ControlFault, Error};
use redeliver_core::{Calm, Limits};
use redeliver_model::kinesis::{self as model, Command, DescribeLimitsInput, StreamMode, StreamModeDetails};

use crate::driver::{ACCOUNT, Driver};

fn strict() -> Driver {
    Driver::with(Limits::default(), Calm)
}

fn too_fast(operation: &'static str) -> Error {
    ControlFault::CallRate { operation, account: ACCOUNT.into() }.into()
}

#[test]
fn limits_are_described_once_a_second_in_each_account_and_region() {
    let mut driver = strict();
    let describe =
        |driver: &mut Driver| driver.call(Command::DescribeLimits(DescribeLimitsInput::default())).map(|_| ());
    assert_eq!(describe(&mut driver), Ok(()));
    assert_eq!(describe(&mut driver), Err(too_fast("DescribeLimits")));
    driver.region = "eu-west-1";
    assert_eq!(describe(&mut driver), Ok(()));
    driver.account = "111111111111";
    assert_eq!(describe(&mut driver), Ok(()));
    (driver.region, driver.account) = ("us-east-1", ACCOUNT);
    driver.wait(999);
    assert_eq!(describe(&mut driver), Err(too_fast("DescribeLimits")));
    driver.wait(1);
    assert_eq!(describe(&mut driver), Ok(()));
}

#[test]
fn calls_that_are_refused_count_as_well() {
    let mut driver = strict();
    let refused: Vec<_> = (0..6).map(|_| driver.call(delete("nothing")).unwrap_err()).collect();
    let missing = Error::StreamNotFound { stream: "nothing".to_owned(), account: ACCOUNT.into() };
    assert!(refused[..5].iter().all(|error| *error == missing), "{refused:?}");
    assert_eq!(refused[5], too_fast("DeleteStream"));
}

fn delete(name: &str) -> Command {
    Command::DeleteStream(model::DeleteStreamInput { stream_name: Some(name.to_owned()), ..Default::default() })
}

#[test]
fn records_are_written_and_read_as_fast_as_shards_let_them() {
    let mut driver = strict();
    driver.stream("s", 1);
    for _ in 0..100 {
        driver.put("s", "k", "x").unwrap();
    }
}

/// A number of shards that would fill the memory of any machine is refused before anything is made for it.
#[test]
fn absurd_sizes_are_refused_at_once() {
    let mut driver = Driver::new();
    for count in [i32::MAX, 2_000_000_000, 20_001] {
        let refused = driver.create("s", count).unwrap_err();
        assert!(
            matches!(refused, Error::TooManyShards { more, .. } if more == u64::from(count.unsigned_abs())),
            "{refused}"
        );
    }
    for count in [0, -1, i32::MIN] {
        assert!(matches!(driver.create("s", count).unwrap_err(), Error::OutOfRange { .. }));
    }
    driver.stream("s", 2);
    for target in [i32::MAX, 1_000_000_000, 0, -5] {
        let input = model::UpdateShardCountInput {
            stream_name: Some("s".to_owned()),
            target_shard_count: Some(target),
            scaling_type: Some(model::ScalingType::UniformScaling),
            ..Default::default()
        };
        assert!(driver.call(Command::UpdateShardCount(input)).is_err(), "{target}");
    }
    let warm = model::CreateStreamInput {
        stream_name: Some("w".to_owned()),
        stream_mode_details: Some(StreamModeDetails { stream_mode: Some(StreamMode::OnDemand) }),
        warm_throughput_mi_bps: Some(i32::MAX),
        ..Default::default()
    };
    assert!(matches!(driver.call(Command::CreateStream(warm)).unwrap_err(), Error::OutOfRange { .. }));
    assert!(driver.status("w").is_err());
}
