//! Rules on subscriptions to shards.

use redeliver_chaos::Cut;
use redeliver_chaos::plan::RuleBuilder;
use serde_json::json;

use crate::backend::Got;
use crate::streams::{SHARD, STREAM, Streams};

/// A stream with a consumer, and what subscribes it.
fn given(rule: RuleBuilder) -> (Streams, serde_json::Value) {
    let mut streams = Streams::with(&[rule], 1);
    let stream = streams.direct("DescribeStreamSummary", &json!({ "StreamName": STREAM })).result();
    let arn = &stream["StreamDescriptionSummary"]["StreamARN"];
    let consumer = streams.direct("RegisterStreamConsumer", &json!({ "StreamARN": arn, "ConsumerName": "c" })).result();
    streams.pass(std::time::Duration::from_mins(1));
    let from = json!({ "Type": "TRIM_HORIZON" });
    let arn = &consumer["Consumer"]["ConsumerARN"];
    (streams, json!({ "ConsumerARN": arn, "ShardId": SHARD, "StartingPosition": from }))
}

/// What a stream of events comes to.
fn stream(cut: Option<Cut>) -> Got {
    Got::Stream(cut)
}

#[test]
fn subscriptions_end_after_some_events_or_break_off_within_one() {
    let cases = [
        (RuleBuilder::new("subscription-ends").nth(1), Cut { frames: 3, is_torn: false }),
        (RuleBuilder::new("subscription-ends").with("after", 0).nth(1), Cut { frames: 1, is_torn: false }),
        (RuleBuilder::new("subscription-cut").nth(1), Cut { frames: 2, is_torn: true }),
    ];
    for (rule, cut) in cases {
        let (mut streams, subscribe) = given(rule);
        assert_eq!(streams.call("SubscribeToShard", &subscribe), stream(Some(cut)));
        streams.pass(std::time::Duration::from_secs(6));
        assert_eq!(streams.call("SubscribeToShard", &subscribe), stream(None));
        assert_eq!(streams.fired().faults[0].at.to_string(), format!("SubscribeToShard({STREAM}/{SHARD})#1"));
    }
}

#[test]
fn subscription_refused_is_for_consumers_that_have_subscribed_before() {
    let (mut streams, subscribe) = given(RuleBuilder::new("subscription-refused").nth(1));
    assert_eq!(streams.call("SubscribeToShard", &subscribe), stream(None));
    streams.pass(std::time::Duration::from_secs(6));
    assert_eq!(streams.call("SubscribeToShard", &subscribe), Got::error("ResourceInUseException", 400));
    assert_eq!(streams.call("SubscribeToShard", &subscribe), stream(None));
    assert_eq!(streams.fired().faults.len(), 1);
}
