//! Report files, whole.

use crate::program::Place;

#[test]
fn json_report_has_totals_and_every_case() {
    let place = Place::new();
    place.run("sqs/queue --seed 7 --report json=out.json");
    insta::assert_snapshot!(place.read("out.json"), @r#"
    {
      "version": 1,
      "redeliver": "0.1.0",
      "target": "reference",
      "target_version": "0.1.0",
      "again": "redeliver run '${id}' --specs specs --seed 7",
      "seed": 7,
      "profile": "calm",
      "interrupted": false,
      "totals": {
        "cases": 2,
        "passed": 1,
        "failed": 1,
        "known-deviation": 0,
        "unexpected-pass": 0,
        "flaky": 0,
        "known-flaky": 0,
        "vacuous": 0,
        "skipped": 0,
        "could-not-run": 0
      },
      "cases": [
        {
          "id": "sqs/queue/names::url-ends-with-the-name",
          "guarantee": "queue-lifecycle",
          "verdict": "passed",
          "duration_ms": 0,
          "detail": null
        },
        {
          "id": "sqs/queue/names::url-is-short",
          "guarantee": "queue-lifecycle",
          "verdict": "failed",
          "duration_ms": 0,
          "detail": "`sqs:CreateQueue` answered something else\n/QueueUrl: expected \"short\", seen \"https://sqs.us-east-1.amazonaws.com/123456789012/redeliver-d3c8484de8506b5e\"",
          "failure": {
            "title": "`sqs:CreateQueue` answered something else",
            "pointer": "/cases/1/steps/0/ok/QueueUrl",
            "call": "sqs:CreateQueue",
            "differences": [
              {
                "at": "/QueueUrl",
                "expected": "\"short\"",
                "seen": "\"https://sqs.us-east-1.amazonaws.com/123456789012/redeliver-d3c8484de8506b5e\""
              }
            ]
          },
          "evidence": [
            "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"
          ]
        }
      ]
    }
    "#);
}

#[test]
fn junit_report_has_a_suite_for_each_file() {
    let place = Place::new();
    place.run("sqs/queue --seed 7 --report junit=out.xml");
    insta::assert_snapshot!(place.read("out.xml"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="redeliver on reference" tests="2" failures="1" errors="0">
        <testsuite name="redeliver" tests="0" skipped="0" errors="0" failures="0">
            <properties>
                <property name="target" value="reference"/>
                <property name="seed" value="7"/>
                <property name="profile" value="calm"/>
                <property name="interrupted" value="false"/>
            </properties>
        </testsuite>
        <testsuite name="sqs/queue/names" tests="2" skipped="0" errors="0" failures="1">
            <properties>
                <property name="guarantee" value="queue-lifecycle"/>
            </properties>
            <testcase name="url-ends-with-the-name" classname="sqs/queue/names" time="0.000"/>
            <testcase name="url-is-short" classname="sqs/queue/names" time="0.000">
                <failure message="`sqs:CreateQueue` answered something else" type="failed">`sqs:CreateQueue` answered something else
    /QueueUrl: expected &quot;short&quot;, seen &quot;https://sqs.us-east-1.amazonaws.com/123456789012/redeliver-d3c8484de8506b5e&quot;</failure>
            </testcase>
        </testsuite>
    </testsuites>
    "#);
}
