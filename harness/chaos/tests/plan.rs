//! Plans are read whole, and what is wrong with one is told all at once, with places and remedies.

#![expect(clippy::unwrap_used, reason = "this whole file is a test")]

use std::time::Duration;

use redeliver_chaos::plan::{
    Chance, Kind, Known, Parameter, Phase, Place, Plan, PlannedSite, Preset, Problems, RuleBuilder, Swarm,
};
use redeliver_chaos::rules;

const KNOWN: [Known; 3] = [
    Known {
        name: "lost-reply",
        id: "S24",
        services: &["sqs"],
        operations: &["SendMessage", "DeleteMessage"],
        phases: &[Phase::AfterEffect],
        parameters: &[],
        refuses: &[],
    },
    Known {
        name: "hold",
        id: "S6",
        services: &["sqs"],
        operations: &["ReceiveMessage"],
        phases: &[Phase::InReply],
        parameters: &[Parameter {
            name: "for",
            kind: Kind::Duration(1000, 3_600_000),
            default: "5m",
            about: "how long the message is held",
        }],
        refuses: &[],
    },
    Known {
        name: "skew",
        id: "X5",
        services: &[],
        operations: &[],
        phases: &[Phase::BeforeEffect],
        parameters: &[Parameter { name: "jump", kind: Kind::Duration(1, 86_400_000), default: "", about: "how far" }],
        refuses: &[(Place::Proxy, "the clock of the caller is out of reach there")],
    },
];

fn load(text: &str) -> Result<Plan, Problems> {
    Plan::load("chaos.yaml", text, &KNOWN, Some(Place::Proxy))
}

fn messages(text: &str) -> Vec<String> {
    let problems = load(text).unwrap_err();
    problems.iter().map(|problem| format!("{}: {} | {}", problem.span.line, problem.message, problem.remedy)).collect()
}

#[test]
fn a_plan_is_read_whole() {
    let plan = load(
        r#"
plan: "1.0"
seed: 7
about: Replies get lost.
business_key: { pointer: /order/id }
swarm: 0.25
rules:
  - rule: lost-reply
    when:
      service: sqs
      operation: [sqs:SendMessage, DeleteMessage]
      queue: pay*
      key: order-3
      group: a
      attempt: 2
      nth: [1, 4]
      every: 3
      phase: after-effect
      between: [10s, 2m]
      consumer: 1
    probability: 0.1
    active: 0.5
  - rule: hold
    for: 90s
    places:
      - { call: sqs:ReceiveMessage, resource: orders, key: order-3, nth: 2 }
      - { key: order-4 }
"#,
    )
    .unwrap();
    insta::assert_debug_snapshot!(plan);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = r#"
plan: "1.0"
sede: 7
business_key: { pointer: order/id }
preset: paranoia
rules:
  - rule: lost-repl
    probability: 0.1
  - rule: S24
    probability: 0.1
  - rule: lost-reply
    probability: 1.2
    when: { service: kinesis, operation: SendMesage, phase: in-reply, between: [2m, 10s], attempt: 0, quue: x }
  - rule: lost-reply
    when: { operation: ReceiveMessage }
  - rule: hold
    for: 900h
    probability: 0.5
    places: [{ call: ReceiveMessage, nht: 1 }]
  - rule: hold
    fro: 10s
    for: 10
    probability: 1
  - rule: skew
    probability: 1
"#;
    insta::assert_snapshot!(load(text).unwrap_err().render(false));
}

#[test]
fn what_is_no_plan_is_told_in_a_word() {
    assert_eq!(messages(""), ["1: the file is empty | a plan starts with `plan: \"1.0\"`"]);
    assert_eq!(
        messages("- rule: hold\n"),
        ["1: a plan must be a map, this is a list | write keys with values, for example `operation: SendMessage`"]
    );
    assert_eq!(messages("plan: \"2.0\"\n"), ["1: unknown version of plans `2.0` | did you mean `1.0`?"]);
    assert_eq!(
        messages("plan: \"1.0\"\n"),
        ["1: the plan has no rules, so nothing would ever happen | add `rules:` or `preset: at_least_once`"]
    );
    assert_eq!(
        messages("rules: [{ rule: lost-reply, probability: 1 }]\n"),
        ["1: the version of the format is missing | begin with `plan: \"1.0\"`"]
    );
}

#[test]
fn the_version_may_be_written_as_a_number() {
    let plan = load("plan: 1.0\nrules: [{ rule: lost-reply, probability: 1 }]\n").unwrap();
    assert_eq!(plan.rules.len(), 1);
}

#[test]
fn a_builder_says_the_same_as_a_file() {
    let site = PlannedSite { call: Some("sqs:ReceiveMessage".to_owned()), nth: 2, ..PlannedSite::default() };
    let built = Plan::builder("Replies get lost: \"often\".")
        .seed(7)
        .swarm()
        .rule(
            RuleBuilder::new("lost-reply")
                .operation("SendMessage")
                .operation("DeleteMessage")
                .queue("pay*")
                .between(Duration::from_secs(10), Duration::from_mins(2))
                .probability(0.1),
        )
        .rule(RuleBuilder::new("hold").with_duration("for", Duration::from_secs(90)).at(&site))
        .build(&KNOWN, None)
        .unwrap();
    let text = r#"
plan: "1.0"
seed: 7
about: 'Replies get lost: "often".'
swarm: true
rules:
  - rule: lost-reply
    when: { operation: [SendMessage, DeleteMessage], queue: pay*, between: [10s, 2m] }
    probability: 0.1
  - rule: hold
    for: 90s
    places: [{ call: sqs:ReceiveMessage, nth: 2 }]
"#;
    assert_eq!(built, load(text).unwrap());
    let wrong = Plan::builder("").rule(RuleBuilder::new("hold").probability(1.5)).build(&KNOWN, None).unwrap_err();
    assert!(wrong.to_string().contains("`probability` must be a probability, this is `1.5`"), "{wrong}");
}

#[test]
fn a_seed_switches_on_the_same_rules_every_time_and_never_none() {
    let planned = "  - { rule: lost-reply, probability: 1 }\n  - { rule: hold, probability: 1 }\n";
    let plan = |swarm: &str, count| {
        load(&format!("plan: \"1.0\"\nswarm: {swarm}\nrules:\n{}", planned.repeat(count))).unwrap()
    };
    let (on, off) = (plan("0.2", 2), plan("false", 2));
    let mut shares = [0; 5];
    for seed in 0..500 {
        let active = on.activate(seed);
        assert_eq!(active, on.activate(seed));
        assert_eq!(off.activate(seed), [true; 4]);
        shares[active.iter().filter(|active| **active).count()] += 1;
    }
    assert_eq!(shares[0], 0);
    assert!(shares[1] > 300 && shares[2] > 50 && shares[4] < 10, "{shares:?}");
    // A rule that is added does not change what the others draw, but for the one that is kept so that there is never none.
    let draws = |plan: &Plan| (0..200).map(|seed| plan.activate(seed)[..4].to_vec()).collect::<Vec<_>>();
    let longer = Plan { swarm: Swarm::On(0.2), ..plan("0.2", 3) };
    let same = draws(&on).iter().zip(draws(&longer)).filter(|(a, b)| *a == b).count();
    assert!(same > 130, "{same} of 200");
}

#[test]
fn a_rule_that_is_rarely_active_is_absent_from_most_runs() {
    let text = "plan: \"1.0\"\nrules: [{ rule: lost-reply, probability: 1, active: 0.25 }]\n";
    let plan = load(text).unwrap();
    let active = (0..1000).filter(|seed| plan.activate(*seed)[0]).count();
    assert!((200..300).contains(&active), "{active} of 1000");
    assert_eq!(plan.rules[0].chance, Chance::Probability(1.0));
}

#[test]
fn presets_load_and_hold_only_what_aws_grants() {
    let known = rules::known();
    for preset in Preset::ALL {
        let text = preset.text();
        let plan = Plan::load(preset.as_str(), text, &known, None).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(!plan.about.is_empty() && !plan.rules.is_empty(), "{}", preset.as_str());
        for planned in &plan.rules {
            let legality = rules::by_name(&planned.rule).unwrap().legality();
            assert!(!legality.breaks_contract, "{} in {}", planned.rule, preset.as_str());
        }
    }
}

#[test]
fn a_preset_means_what_a_place_can_do() {
    let known = rules::known();
    let load = |place| {
        let text = "plan: \"1.0\"\npreset: [deploy, standard_order]\nrules: [{ rule: outage, probability: 1 }]\n";
        let plan = Plan::load("chaos.yaml", text, &known, Some(place)).unwrap();
        plan.rules.into_iter().map(|planned| (planned.rule, planned.preset)).collect::<Vec<_>>()
    };
    let row = |rule: &str, preset| (rule.to_owned(), preset);
    let order = Some(Preset::StandardOrder);
    let everywhere = [
        row("late-receive", Some(Preset::Deploy)),
        row("reordered", order),
        row("late-delivery", order),
        row("late-delivery", order),
        row("outage", None),
    ];
    assert_eq!(load(Place::Proxy), everywhere);
    // Consumers are struck, and topics deliver, only there.
    assert_eq!(load(Place::InProcess).len(), everywhere.len() + 4 + 2);
}

#[test]
fn every_preset_has_something_for_every_place_and_leaves_out_the_rest() {
    let known = rules::known();
    for preset in Preset::ALL {
        let all = preset.rules(&known, None).len();
        for place in Place::ALL {
            let plan = Plan::builder("A preset.").preset(*preset).build(&known, Some(place)).unwrap();
            let acts = |rule: &str| {
                let known = rules::by_name(rule).unwrap().known();
                known.refuses.iter().all(|(refused, _)| *refused != place)
            };
            let possible = preset.rules(&known, None).iter().filter(|planned| acts(&planned.rule)).count();
            assert!((1..=all).contains(&possible), "{} {place}", preset.as_str());
            assert_eq!(plan.rules.len(), possible, "{} {place}", preset.as_str());
        }
    }
}

#[test]
fn rules_on_consumers_are_not_given_calls() {
    let of = |line: &str| {
        let text = format!("plan: \"1.0\"\nabout: a\nrules:\n  - rule: crash\n{line}\n");
        let problems = Plan::load("chaos.yaml", &text, &rules::known(), None).err();
        problems
            .iter()
            .flat_map(Problems::iter)
            .map(|problem| (problem.span.line, format!("{} {}", problem.message, problem.remedy)))
            .collect::<Vec<_>>()
    };
    for key in ["service: sqs", "operation: SendMessage", "queue: a", "key: a", "group: a", "attempt: 1"] {
        let told = of(&format!("    probability: 1\n    when: {{ {key} }}"));
        let [(line, told)] = told.as_slice() else { panic!("{key}: {told:?}") };
        let name = key.split(':').next().unwrap();
        assert!(*line == 6 && told.contains(&format!("it has no `{name}`")) && told.contains("`between`"), "{told}");
    }
    let told = of("    places: [{ nth: 2 }]");
    let [(line, told)] = told.as_slice() else { panic!("{told:?}") };
    assert!(*line == 5 && told.contains("it has no `places`") && told.contains("`nth`"), "{told}");
    assert_eq!(of("    when: { consumer: worker-1, nth: 2, every: 2, between: [1s, 2s] }"), []);
}
