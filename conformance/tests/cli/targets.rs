//! Targets that are started, emptied, kept apart and avoided as their manifests say.

use crate::backend::nobody;
use crate::program::{Place, verdicts};

const SERVED: &str = r#"name: own
about: The reference behind a socket.
command:
  program: ${redeliver}
  args: [serve, --port, "${port}", --seed, "${seed}"]
  environment: { RUST_LOG: error }
  files: { note: "port ${port}" }
  ready: { http: /_redeliver/health }
features: [sqs.standard]
clock: redeliver
account: "000000000000"
"#;

#[test]
fn a_target_is_emptied_before_each_case() {
    let place = Place::new();
    let works = format!("{SERVED}reset: {{ path: /_redeliver/reset }}\n");
    place.write("own.yaml", &works);
    let ended = place.run("--target own.yaml sqs/message --report json=out.json");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    place.write("own.yaml", &works.replace("/_redeliver/reset", "/_redeliver/nothing"));
    let ended = place.run("--target own.yaml sqs/message --report json=out.json");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let report = place.json("out.json");
    assert_eq!(verdicts(&report)[0].1, "could-not-run");
    let detail = report["cases"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("the target was not reset"), "{detail}");
}

#[test]
fn a_service_may_answer_elsewhere() {
    let place = Place::new();
    let elsewhere = |service: &str| format!("{SERVED}endpoints: {{ {service}: \"{}\" }}\n", nobody());
    place.write("own.yaml", &elsewhere("sns"));
    let ended = place.run("--target own.yaml sqs/message");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    place.write("own.yaml", &elsewhere("sqs"));
    let ended = place.run("--target own.yaml sqs/message");
    assert_eq!(ended.code, Some(4), "{ended:?}");
}

#[test]
fn an_avoided_case_is_skipped_with_its_reason() {
    let place = Place::new();
    place.write("own.yaml", &format!("{SERVED}avoid: [{{ pattern: 'sqs/queue/**', reason: it hangs }}]\n"));
    let ended = place.run("--target own.yaml sqs/** --report json=out.json");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let verdicts = verdicts(&place.json("out.json")).iter().map(|(_, verdict)| verdict.to_string()).collect::<Vec<_>>();
    assert_eq!(verdicts, ["passed", "skipped", "skipped"]);
}

#[test]
fn readiness_that_is_never_reached_is_no_failure_of_cases() {
    let place = Place::new();
    let never = SERVED.replace("ready: { http: /_redeliver/health }", "ready: { log: never printed, within: 1s }");
    place.write("own.yaml", &never);
    let ended = place.run("--target own.yaml sqs/message --report json=out.json");
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.stderr.contains("it has not printed `never printed`"), "{}", ended.stderr);
    assert_eq!(verdicts(&place.json("out.json"))[0].1, "could-not-run");
}
