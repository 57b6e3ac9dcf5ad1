//! Effects that consumers tell over HTTP.

use redeliver::server::Settings;
use redeliver_check::What;
use serde_json::{Value, json};

use super::served::{Served, settings};

#[tokio::test]
async fn effects_stand_in_the_history_where_they_were_told() {
    let served = Served::start().await;
    let url = served.queue("q").await;
    let one = r#"{"key":"order-3","value":{"cents":5},"message":"m"}"#;
    assert_eq!(served.control("POST", "/effects", one).await, (200, json!({ "taken": 1 })));
    served.call("SendMessage", json!({ "QueueUrl": url, "MessageBody": "m" }).to_string()).await;
    let lines = "{\"key\":4}\n\n{\"key\":\"order-5\",\"value\":5}\n";
    assert_eq!(served.control("POST", "/effects", lines).await, (200, json!({ "taken": 2 })));
    let told: Vec<_> = served.history().await.iter().map(kind).collect();
    let expected = [
        "sqs:CreateQueue",
        "event",
        "ok",
        r#"order-3 {"cents":5} Some("m")"#,
        "sqs:SendMessage",
        "event",
        "ok",
        "4 null None",
        "order-5 5 None",
    ];
    assert_eq!(told, expected);
    let (_, mut read) = served.control("GET", "/effects", "").await;
    for effect in read["effects"].as_array_mut().unwrap() {
        assert!(effect.as_object_mut().unwrap().shift_remove("at_ms").unwrap().is_u64());
    }
    let all = json!([
        { "key": "order-3", "value": { "cents": 5 }, "message": "m" },
        { "key": "4", "value": null, "message": null },
        { "key": "order-5", "value": 5, "message": null },
    ]);
    assert_eq!(read, json!({ "effects": all }));
}

#[tokio::test]
async fn a_body_that_is_no_effect_is_refused_whole_with_the_remedy() {
    let served = Served::start().await;
    let refused = [
        ("", "there is no effect: "),
        ("[]", "effect 1 is none: "),
        ("{\"key\":\"a\"}\n{\"value\":5}", "effect 2 is none: missing field `key`"),
        ("{\"key\":\"a\",\"valu\":5}", "effect 1 is none: unknown field `valu`"),
    ];
    for (body, told) in refused {
        let (status, answer) = served.control("POST", "/effects", body).await;
        assert_eq!((status, &answer["error"]["code"]), (400, &json!("bad-request")), "{body}");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(told) && message.contains(r#"`{"key":"order-3","value":5}`"#), "{message}");
    }
    assert_eq!(served.control("GET", "/effects", "").await.1, json!({ "effects": [] }));
    assert_eq!(served.control("DELETE", "/effects", "").await.0, 405);
}

#[tokio::test]
async fn effects_are_not_taken_without_a_history_and_forgotten_with_it() {
    let without = Served::with(Settings { history_bytes: 0, ..settings() }).await;
    let (status, answer) = without.control("POST", "/effects", r#"{"key":"a"}"#).await;
    assert_eq!((status, &answer["error"]["code"]), (404, &json!("not-found")));
    let served = Served::start().await;
    served.control("POST", "/effects", r#"{"key":"a"}"#).await;
    served.control("POST", "/reset", "").await;
    assert_eq!(served.control("GET", "/effects", "").await.1, json!({ "effects": [] }));
}

fn kind(what: &What) -> String {
    match what {
        What::Invoke { call, .. } => call.clone(),
        What::Ok { .. } => "ok".to_owned(),
        What::Effect { key, value, message } => format!("{key} {value} {message:?}"),
        other => match serde_json::to_value(other).unwrap() {
            Value::Object(what) => what.into_iter().next().unwrap().0,
            other => panic!("{other}"),
        },
    }
}
